"""Two rows with one key: the first stands, the others are refused and name it."""

from __future__ import annotations

from evenrise.records.checks.bench import KEPT, Bench
from evenrise.records.checks.cells import literal, quoted
from evenrise.records.contracts import CONTRACTS, Contract
from evenrise.records.files import Member


def repeats(contract: Contract, table: str, member: Member) -> str:
    """A query of the rows of one member's judged table that repeat a key.

    Yields `_file`, `_row`, `column`, `reason` for all but the first of each key; a
    blank part of a key equals a blank.
    """
    if not contract.key:
        return (
            "SELECT 0 AS _file, 0 AS _row, '' AS \"column\", '' AS reason WHERE false"
        )
    keys = ", ".join(quoted(name) for name in contract.key)
    what = literal(f"repeats the {', '.join(contract.key)} of line ")
    return (
        f'SELECT _file, _row, {literal(contract.key[0])} AS "column", '  # noqa: S608 - our own names
        f"{what} || (_first + {member.header_line}) || '.' AS reason FROM ("
        f"SELECT _file, _row, min(_row) OVER (PARTITION BY {keys}) AS _first "
        f"FROM {table} WHERE _slip IS NULL) WHERE _row > _first"
    )


def settle_duplicates(bench: Bench, table: str) -> None:
    """Refuse repeated keys among the gathered rows of a table.

    Within one source every repeat is refused by name. Where two sources tell of the
    same thing, the source that came first stands and the other's rows are left out
    without blame: that is how two systems are merged.
    """
    contract = CONTRACTS[table]
    if not contract.key:
        return
    con = bench.con
    keys = ", ".join(quoted(name) for name in contract.key)
    kept = f"{KEPT}{table}"
    found = con.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {kept} GROUP BY {keys} "  # noqa: S608 - our own names
        "HAVING count(*) > 1)"
    ).fetchall()[0][0]
    if not found:
        return
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT * FROM (SELECT _file, _row, "  # noqa: S608 - our own names
        f"_source, first(_file) OVER w AS first_file, first(_row) OVER w AS first_row, "
        f"first(_source) OVER w AS first_source, row_number() OVER w AS place, "
        f"rowid AS id FROM {kept} WINDOW w AS (PARTITION BY {keys} "
        "ORDER BY _file, _row)) WHERE place > 1"
    )
    names = " ".join(
        f"WHEN {place} THEN {literal(story.name)}"
        for place, story in enumerate(bench.ledger.stories)
    )
    above = " ".join(
        f"WHEN {place} THEN {story.header_line}"
        for place, story in enumerate(bench.ledger.stories)
    )
    what = literal(f"repeats the {', '.join(contract.key)} of line ")
    bench.ledger.refuse_rows(
        con,
        f'SELECT _file, _row, {literal(contract.key[0])} AS "column", {what} || '  # noqa: S608 - our own names
        f"(first_row + CASE first_file {above} END) || CASE WHEN first_file = _file "
        f"THEN '.' ELSE ' of ' || CASE first_file {names} END || '.' END AS reason "
        "FROM repeated WHERE _source = first_source",
    )
    con.execute(f"DELETE FROM {kept} WHERE rowid IN (SELECT id FROM repeated)")  # noqa: S608 - our own names
    con.execute("DROP TABLE repeated")
