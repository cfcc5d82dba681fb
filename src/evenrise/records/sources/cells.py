"""SQL for the cells of published files: numbers, marks, codes and school years.

Everything here returns SQL text or a small temporary table; rows are never looped
over. The columns read are VARCHAR, stripped, with NULL for blank (`Desk.rows`).
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from evenrise.records.sql import literal
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Text


NO_YEAR = Text("is not a school year", "no es un año escolar")
NO_MARK = Text(
    "is neither a number nor a mark for too few students",
    "no es ni un número ni una marca de muy pocos estudiantes",
)


# How agencies write "too few to show". `*` California, `s` New York City.
MARKS = (
    "*",
    "**",
    "***",
    "s",
    "S",
    "--",
    "<",
    "n<10",
    "N<10",
    "DS",
    "PS",
    "suppressed",
)


def values(rows: Iterable[Iterable[str | int | None]]) -> str:
    """Rows as the body of a VALUES list."""
    return ", ".join(
        "(" + ", ".join(literal(value) for value in row) + ")" for row in rows
    )


def number(sql: str) -> str:
    """A cell as a DOUBLE: `1,234`, `93.7%`, `16.0`; NULL when it is no number."""
    return f"TRY_CAST(replace(replace({sql}, ',', ''), '%', '') AS DOUBLE)"


def marked(sql: str, marks: Iterable[str] = MARKS) -> str:
    """Whether a cell says "too few to show" (FALSE for a blank one)."""
    return f"coalesce({sql} IN ({', '.join(map(literal, marks))}), FALSE)"


def code(sql: str, width: int) -> str:
    """A code of digits with its lost leading zeros: `1.0` of width 2 is `01`.

    NULL when it is no such code: letters, too many digits, or `1.96E+13`, where a
    spreadsheet has thrown digits away.
    """
    return (
        f"CASE WHEN regexp_full_match({sql}, '[0-9]{{1,{width}}}([.]0*)?') "
        f"THEN lpad(split_part({sql}, '.', 1), {width}, '0') END"
    )


def distinct(con: duckdb.DuckDBPyConnection, table: str, sql: str) -> list[str]:
    """The different non-blank values of an expression, in order."""
    found = con.execute(
        f"SELECT DISTINCT {sql} AS v FROM {table} WHERE {sql} IS NOT NULL ORDER BY v"
    ).fetchall()
    return [str(row[0]) for row in found]


def school_years(written: Iterable[str]) -> dict[str, int]:
    """The spring of each written school year; those that are none are left out."""
    springs: dict[str, int] = {}
    for text in written:
        try:
            springs[text] = SchoolYear.parse(text.split(".")[0]).spring
        except ValueError:
            continue
    return springs


def lookup(sql: str, table: Mapping[str, str | int | None]) -> str:
    """A CASE that leads each written value to what it means; NULL for others."""
    if not table:
        return "NULL"
    arms = " ".join(
        f"WHEN {literal(key)} THEN {literal(value)}" for key, value in table.items()
    )
    return f"CASE {sql} {arms} END"
