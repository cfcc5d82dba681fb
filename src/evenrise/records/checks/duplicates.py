"""Two rows with one key: the first stands, the others are refused and name it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from evenrise.records.checks.bench import KEPT, Bench, Part, parquet_of
from evenrise.records.contracts import CONTRACTS, Contract
from evenrise.records.files import Member
from evenrise.records.sql import both, literal, quoted
from evenrise.vocabulary.text import Text


_NEIGHBOURS = 2  # parts in order meet the one before and the one after


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
    line = f"(_first + {member.header_line}) || '.'"
    what = _repeats(contract)
    reason = both(f"{what.en} || {line}", f"{what.es} || {line}")
    return (
        f'SELECT _file, _row, {literal(contract.key[0])} AS "column", '  # noqa: S608 - our own names
        f"{reason} AS reason FROM ("
        f"SELECT _file, _row, min(_row) OVER (PARTITION BY {keys}) AS _first "
        f"FROM {table} WHERE _slip IS NULL) WHERE _row > _first"
    )


def _repeats(contract: Contract) -> Text:
    """SQL for the words before the number of the line that came first."""
    key = ", ".join(contract.key)
    return Text(
        literal(f"repeats the {key} of line "),
        literal(f"repite {key} de la línea "),
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
    _refuse_repeated(bench, contract, "_source = first_source")
    con.execute(f"DELETE FROM {kept} WHERE rowid IN (SELECT id FROM repeated)")  # noqa: S608 - our own names
    con.execute("DROP TABLE repeated")


def _refuse_repeated(bench: Bench, contract: Contract, whom: str) -> None:
    """Refuse the rows of the table `repeated`, naming the line that came first."""
    stories = bench.ledger.stories
    names = " ".join(f"WHEN {n} THEN {literal(s.name)}" for n, s in enumerate(stories))
    above = " ".join(f"WHEN {n} THEN {s.header_line}" for n, s in enumerate(stories))
    what = _repeats(contract)
    line = f"(first_row + CASE first_file {above} END)"
    other = f"CASE first_file {names} END || '.'"
    reason = both(
        f"{what.en} || {line} || CASE WHEN first_file = _file THEN '.' "
        f"ELSE ' of ' || {other} END",
        f"{what.es} || {line} || CASE WHEN first_file = _file THEN '.' "
        f"ELSE ' de ' || {other} END",
    )
    bench.ledger.refuse_rows(
        bench.con,
        f'SELECT _file, _row, {literal(contract.key[0])} AS "column", {reason} '  # noqa: S608 - our own names
        "AS reason "
        f"FROM repeated WHERE {whom}",
    )


def settle_across(
    bench: Bench, contract: Contract, parts: Sequence[Part]
) -> list[Part]:
    """Refuse keys that repeat from one part of a long table to another.

    Two sources are merged as in `settle_duplicates`.
    Within a part keys were settled when it was written. Two parts can share a key only
    where the ranges of every key column overlap, and only rows inside the overlap can
    repeat: for a text in order of students that is one student, for one in order of
    days one day, for a file a year nothing at all.
    """
    if len(parts) < 2 or not contract.key:
        return list(parts)
    windows = _overlaps(bench, contract, parts)
    if not windows:
        return list(parts)
    inside = " UNION ALL ".join(
        f"({_shared(contract, parts[place], shared)})"
        for place, shared in windows.items()
    )
    # Few keys repeat, if any: their fingerprints tell which rows are worth ordering.
    mark = f"hash({_keys(contract)})"
    bench.con.execute(
        f"CREATE OR REPLACE TEMP TABLE repeated AS SELECT * FROM (SELECT _file, _row, "  # noqa: S608 - our own names
        "first(_file) OVER w AS first_file, first(_row) OVER w AS first_row, "
        f"row_number() OVER w AS place FROM ({inside}) WHERE {mark} IN (SELECT {mark} "
        f"FROM ({inside}) GROUP BY {mark} HAVING count(*) > 1) WINDOW w AS "
        f"(PARTITION BY {_keys(contract)} ORDER BY _file, _row)) WHERE place > 1"
    )
    found = bench.con.execute("SELECT count(*) FROM repeated").fetchall()[0][0]
    settled = list(parts)
    if found:
        _refuse_repeated(bench, contract, _of_one_source(bench))
        settled = [_without_repeated(bench, contract, part) for part in parts]
    bench.con.execute("DROP TABLE repeated")
    return settled


def _of_one_source(bench: Bench) -> str:
    """SQL over `repeated`: whether both rows came from one source."""
    stories = enumerate(bench.ledger.stories)
    sources = " ".join(f"WHEN {n} THEN {literal(s.source or '')}" for n, s in stories)
    return f"CASE first_file {sources} END = CASE _file {sources} END"


def _keys(contract: Contract) -> str:
    return ", ".join(quoted(name) for name in contract.key)


def _file(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"


def _shared(contract: Contract, part: Part, windows: Sequence[str]) -> str:
    """A query of a part's keys inside any of the windows, each row once.

    The engine skips row groups outside one window, not outside several: a part that
    meets only its neighbours is asked window by window, others are read whole.
    """
    rows = f"SELECT {_keys(contract)}, _file, _row FROM {_file(part.path)} WHERE "  # noqa: S608 - our own files
    if len(windows) <= _NEIGHBOURS:
        return " UNION ".join(f"{rows} {window}" for window in windows)
    return rows + " OR ".join(f"({window})" for window in windows)


def _overlaps(
    bench: Bench, contract: Contract, parts: Sequence[Part]
) -> dict[int, list[str]]:
    """By part whose keys overlap with another's: SQL for the rows in each overlap."""
    told = bench.con.execute(
        "SELECT file_name, path_in_schema, min(stats_min_value), "  # noqa: S608 - our own files
        "max(stats_max_value), bool_and(stats_min_value IS NOT NULL) FROM "
        f"parquet_metadata([{', '.join(literal(str(p.path)) for p in parts)}]) "
        "GROUP BY ALL"
    ).fetchall()
    ranges = {
        (name, column): (low, high) for name, column, low, high, known in told if known
    }
    found: dict[int, list[str]] = {}
    for one, other in combinations(range(len(parts)), 2):
        pair = str(parts[one].path), str(parts[other].path)
        sides = [[ranges.get((path, name)) for name in contract.key] for path in pair]
        window = _window(contract, sides)
        if window is not None:
            found.setdefault(one, []).append(window)
            found.setdefault(other, []).append(window)
    return found


def _window(
    contract: Contract, ranges: Sequence[Sequence[tuple[str, str] | None]]
) -> str | None:
    """SQL for the rows of two parts whose keys may meet; None when none can.

    `ranges` holds the smallest and largest value of each key column of both parts.
    """
    tests = ["true"]
    for name, one, other in zip(contract.key, *ranges, strict=True):
        if one is None or other is None:
            continue  # blank keys: the other columns must tell
        low, high = max(one[0], other[0]), min(one[1], other[1])
        if low > high:
            return None
        kind = contract.column(name).kind.sql
        tests.append(
            f"coalesce({quoted(name)} BETWEEN CAST({literal(low)} AS {kind}) "
            f"AND CAST({literal(high)} AS {kind}), true)"
        )
    return " AND ".join(tests)


def _without_repeated(bench: Bench, contract: Contract, part: Part) -> Part:
    """The part, written again when it holds rows that were refused."""
    inside = f"FROM {_file(part.path)} AS p SEMI JOIN repeated AS r USING (_file, _row)"
    found = bench.con.execute(f"SELECT count(*) {inside}").fetchall()[0][0]
    if not found:
        return part
    target = part.path.with_suffix(".settled")
    rows = bench.con.execute(
        f"COPY (SELECT p.* FROM {_file(part.path)} AS p ANTI JOIN repeated AS r "  # noqa: S608 - our own files
        f"USING (_file, _row)) TO {literal(str(target))} ({parquet_of(contract)})"
    ).fetchall()[0][0]
    target.replace(part.path)
    return Part(part.path, int(rows))
