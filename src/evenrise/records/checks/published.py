"""Published facts: typed, checked, and refused with a reason, in one set."""

from __future__ import annotations

import datetime as dt

from evenrise.records.checks.bench import FACTS, Bench
from evenrise.records.checks.cells import NO_NUMBER
from evenrise.records.checks.judging import MARK
from evenrise.records.checks.names import NAMES, readable
from evenrise.records.sql import literal, quoted, told
from evenrise.vocabulary.facts import FACT_COLUMNS, Status
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


_TYPES = {
    "string": "VARCHAR",
    "int16": "SMALLINT",
    "int64": "BIGINT",
    "float64": "DOUBLE",
}
_NEEDED = (
    "indicator",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)
_DEFAULTS = {
    "definition_version": "CAST(1 AS SMALLINT)",
    "authority": "''",
    "organization_name": "''",
    "status": f"'{Status.REPORTED}'",
    "origin": "'published'",
}
FACT_KEY = (
    "indicator",
    "definition_version",
    "authority",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)


def typed_facts(bench: Bench, sql: str) -> None:
    """Type and check the facts a query yields; keep the whole ones.

    A row is refused when a name is missing, the level or status is none of ours, a
    number cannot be read or is below zero, or the school year has not begun.
    """
    con = bench.con
    given = {row[0] for row in con.execute(f"DESCRIBE {sql}").fetchall()}
    cells = ", ".join(
        f"{_cell(name, kind, given)} AS {quoted(name)}"
        for name, kind in FACT_COLUMNS.items()
    )
    raws = ", ".join(
        f"CAST({quoted(name)} AS VARCHAR) AS {quoted('raw_' + name)}"
        for name in FACT_COLUMNS
        if name in given
    )
    slip = _slip(given, bench.options.as_of)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE facts_judged AS SELECT *, {slip} AS "  # noqa: S608 - our own names
        f"_slip FROM (SELECT {cells}, {raws}, _file, _row FROM ({sql}))"
    )
    bench.ledger.refuse_rows(
        con,
        f'SELECT _file, _row, split_part(_slip, {MARK}, 1) AS "column", '  # noqa: S608 - our own names
        f"split_part(_slip, {MARK}, 2) AS reason FROM facts_judged "
        "WHERE _slip IS NOT NULL",
    )
    names = ", ".join(quoted(name) for name in FACT_COLUMNS)
    kept = f"SELECT {names}, _file, _row FROM facts_judged WHERE _slip IS NULL"  # noqa: S608 - our own names
    exists = bench.has_table(FACTS)
    start = f"INSERT INTO {FACTS} " if exists else f"CREATE TEMP TABLE {FACTS} AS "
    con.execute(start + kept)
    con.execute("DROP TABLE facts_judged")


def _cell(name: str, kind: str, given: set[str]) -> str:
    default = _DEFAULTS.get(name, f"CAST(NULL AS {_TYPES[kind]})")
    if name == "origin" or name not in given:
        return default
    typed = f"TRY_CAST({quoted(name)} AS {_TYPES[kind]})"
    if name in NAMES:
        typed = readable(typed)
    return f"coalesce({typed}, {default})" if name in _DEFAULTS else typed


_UNREADABLE = Text(
    "is blank or cannot be read, and is required.",
    "está en blanco o no se puede leer, y es obligatorio.",
)
_NOT_OURS = Text("is none of ours.", "no es de los nuestros.")


def _said(column: str, reason: Text) -> str:
    return f"{literal(column)} || {MARK} || {told(reason)}"


def _slip(given: set[str], as_of: dt.date) -> str:
    """The first fault of a fact as its column, MARK, the reason; or NULL."""
    absent = [
        f"WHEN {quoted(name)} IS NULL OR CAST({quoted(name)} AS VARCHAR) = '' "
        f"THEN {_said(name, _UNREADABLE)}"
        for name in _NEEDED
    ]
    numbers = [
        f"WHEN {quoted(name)} IS NULL AND nullif(trim({quoted('raw_' + name)}), '') "
        f"IS NOT NULL OR NOT isfinite({quoted(name)}) THEN {_said(name, NO_NUMBER)}"
        for name in ("numerator", "denominator", "value")
        if name in given
    ]
    levels = ", ".join(f"'{level}'" for level in Level)
    statuses = ", ".join(f"'{status}'" for status in Status)
    rules = [
        f"WHEN level NOT IN ({levels}) THEN {_said('level', _NOT_OURS)}",
        f"WHEN status NOT IN ({statuses}) THEN {_said('status', _NOT_OURS)}",
        "WHEN numerator < 0 OR denominator < 0 THEN "
        + _said("numerator", Text("is below zero.", "es menor que cero.")),
    ]
    # One slip such as 2098-99 would be the latest year, and so the whole review's.
    late = Text(
        f"is a year that begins after {as_of}, the day this import speaks of.",
        f"es un año que empieza después de {as_of}, el día del que trata esta "
        "importación.",
    )
    future = (
        f"WHEN make_date(school_year - 1, 7, 1) > DATE '{as_of}' "
        f"THEN {_said('school_year', late)}"
    )
    return f"CASE {' '.join([*absent, *numbers, *rules, future])} END"
