"""From a text to rows in the engine: all VARCHAR, numbered, broken lines told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from evenrise.records.files import Member
from evenrise.records.files.limits import MAX_LINE
from evenrise.records.sql import literal, quoted
from evenrise.vocabulary.text import Text


OUTER = r"' ' || chr(9) || chr(160)"  # what is stripped from a cell's edges


@dataclass(frozen=True, slots=True)
class Broken:
    """A line the engine could not split: its record number and what was wrong."""

    row: int
    reason: Text


def reader(member: Member, path: Path, skip: int, rejects: str) -> str:
    """A `read_csv` call: every column VARCHAR, named as folded; bad lines set aside."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in member.folded)
    return (
        f"read_csv({literal(str(path))}, auto_detect=false, header=false, "
        f"columns={{{columns}}}, skip={skip}, delim={literal(member.delimiter)}, "
        f"quote='\"', escape='\"', nullstr='', max_line_size={MAX_LINE}, "
        f"store_rejects=true, rejects_table='{rejects}', "
        f"rejects_scan='{rejects}_scan', rejects_limit=1000000)"
    )


def stripped(name: str, member: Member) -> str:
    """A raw cell without outer spaces, NULL when nothing is left.

    Stripping costs; where the opening saw no outer space it is left out.
    """
    column = quoted(name)
    return f"nullif(trim({column}, {OUTER}), '')" if member.spaced else column


def load(
    con: duckdb.DuckDBPyConnection, member: Member, file: int, table: str
) -> tuple[int, list[Broken]]:
    """Make `table` of a member: its folded columns stripped, `_file`, `_row`.

    Returns:
        How many records were read (broken ones too), and the broken ones.
    """
    rejects = f"{table}_rejects"
    cells = ", ".join(
        f"{stripped(name, member)} AS {quoted(name)}" for name in member.folded
    )
    source = reader(member, member.path, member.header_line, rejects)
    con.execute(
        f"CREATE TEMP TABLE {table} AS SELECT {cells}, CAST({file} AS INTEGER) AS "  # noqa: S608 - quoted above
        f"_file, row_number() OVER () AS _row FROM {source}"
    )
    broken = broken_lines(con, rejects, member.header_line, len(member.header))
    kept = count(con, table)
    _renumber(con, member, table, kept, broken)
    return kept + len(broken), broken


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows a table has."""
    sql = f"SELECT count(*) FROM {table}"  # noqa: S608 - our own name
    return int(con.execute(sql).fetchall()[0][0])


def broken_lines(
    con: duckdb.DuckDBPyConnection, rejects: str, above: int, width: int
) -> list[Broken]:
    """What the engine set aside, once a line; the tables of rejects are dropped.

    `above` is how many lines stand above the first record.
    """
    found = con.execute(
        "SELECT line, min(error_type), max(column_idx) "  # noqa: S608 - our own name
        f"FROM {rejects} GROUP BY line ORDER BY line"
    ).fetchall()
    con.execute(f"DROP TABLE {rejects}")
    con.execute(f"DROP TABLE {rejects}_scan")
    return [
        Broken(int(line) - above, _reason(str(kind), cells, width))
        for line, kind, cells in found
    ]


def _reason(kind: str, cells: int | None, width: int) -> Text:
    if kind == "MISSING COLUMNS":
        has = (cells or 2) - 1
        return Text(
            f"has {has} cells where the header has {width}.",
            f"tiene {has} celdas donde el encabezado tiene {width}.",
        )
    if kind == "TOO MANY COLUMNS":
        return Text(
            f"has more cells than the header's {width}.",
            f"tiene más celdas que las {width} del encabezado.",
        )
    if kind == "UNQUOTED VALUE":
        return Text(
            "has a quotation mark that never closes, or one inside a cell.",
            "tiene unas comillas que no se cierran, o unas dentro de una celda.",
        )
    if kind == "LINE SIZE OVER MAXIMUM":
        return Text(
            f"is longer than {MAX_LINE:,} characters.",
            f"tiene más de {MAX_LINE:,} caracteres.",
        )
    return Text(
        "cannot be read as a line of the table.",
        "no se puede leer como una línea de la tabla.",
    )


def _renumber(
    con: duckdb.DuckDBPyConnection,
    member: Member,
    table: str,
    kept: int,
    broken: Sequence[Broken],
) -> None:
    """Give every row the number of its record, although some lines made no row.

    Blank lines and broken lines are skipped by the engine; where no cell spans lines
    the rows that remain are exactly the other lines. Else only the broken ones are
    counted in. Row k stands after as many skipped lines as there are with
    `line - lines skipped before it <= k`.
    """
    last = 0 if ends_with_newline(member.path) else 1
    expected = member.lines + last - member.header_line
    if kept in {expected, 0}:
        return
    aside = {one.row for one in broken}
    skipped = sorted(aside | set(_blank_lines(member)))
    if kept + len(skipped) != expected:
        skipped = sorted(aside)
    steps = {line - before: before + 1 for before, line in enumerate(skipped)}
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT t.* REPLACE (t._row + "  # noqa: S608 - our own name
        "coalesce(s.more, 0) AS _row) FROM "
        f"{table} AS t ASOF LEFT JOIN (SELECT unnest($1::BIGINT[]) AS start, "
        "unnest($2::BIGINT[]) AS more) AS s ON t._row >= s.start ORDER BY _row",
        [list(steps), list(steps.values())],
    )


def ends_with_newline(path: Path) -> bool:
    """Whether the last line of a text is closed."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _blank_lines(member: Member) -> list[int]:
    """Record numbers of the lines that hold nothing."""
    lines = member.path.read_bytes().split(b"\n")[member.header_line :]
    if lines and not lines[-1]:
        lines.pop()  # what follows the last line end is no line
    return [n for n, line in enumerate(lines, start=1) if not line.strip(b"\r")]
