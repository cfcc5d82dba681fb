"""One student's days by month: enrolled, absent, excused and unexcused.

The rule is that of `days.count_days`, day by day for one student, so that the months
of a school year add up to what the directory tells.
"""

# ruff: noqa: S608 - our own names and values

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from evenrise.records.snapshots.asking import rows_of
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.records.sql import literal, parquet


_YEAR = "year({0}) + CASE WHEN month({0}) >= 7 THEN 1 ELSE 0 END"
# How much of a day a row says was missed: chronic absence's rule.
_MISSED = (
    "CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0 "
    "WHEN status = 'absent' THEN coalesce(portion_absent, 1.0) "
    "ELSE coalesce(portion_absent, 0.0) END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Days of one calendar month over all schools, each day once.

    `absent` are whole days; those neither excused nor unexcused have another reason
    or none. `rows` are the rows of attendance that told it, the first of them on
    `line` of `file` (blank when none did: then every day was attended).
    """

    school_year: int
    year: int
    month: int
    enrolled: int
    absent: int
    excused: int
    unexcused: int
    rows: int
    file: str
    line: int | None


def months_of(
    con: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    attendance: str,
    spans: Sequence[tuple[str, int, dt.date, dt.date | None]],
    as_of: dt.date,
) -> tuple[Month, ...]:
    """Days by month.

    `attendance` is SQL for the student's own rows, `spans` are the stays: school,
    school year, first day, last day (None while it lasts).
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE own_days AS SELECT * FROM {attendance}")
    told = _forms(con, snapshot, spans)
    if not told:
        return ()
    stays = ", ".join(
        f"({literal(school)}, {year}, DATE '{first}', "
        f"CAST({literal(last.isoformat() if last else None)} AS DATE))"
        for school, year, first, last in spans
    )
    forms = ", ".join(
        f"({literal(school)}, {year}, {form})" for (school, year), form in told.items()
    )
    schools = ", ".join({literal(school) for school, _ in told})
    rows = con.execute(f"""
        WITH forms (school_id, school_year, every_day) AS (VALUES {forms}),
        stays (school_id, school_year, entered_on, left_on) AS (VALUES {stays}),
        calendar AS (
            SELECT school_id, date, bool_or(instructional) AS instructional
            FROM {rows_of(snapshot, "calendar")} WHERE school_id IN ({schools})
            GROUP BY ALL),
        known AS (
            SELECT DISTINCT school_id, {_YEAR.format("date")} AS school_year
            FROM calendar WHERE date <= DATE '{as_of}'),
        recorded AS (
            SELECT school_id, date, min({_MISSED}) AS missed, count(*) AS often,
                bool_or(reason = 'excused') AS excused,
                bool_or(reason = 'unexcused') AS unexcused,
                min(_file) AS file, arg_min(_row, (_file, _row)) AS row
            FROM own_days WHERE date <= DATE '{as_of}' GROUP BY ALL),
        days AS (
            SELECT DISTINCT school_id, school_year, CAST(unnest(generate_series(
                greatest(entered_on, make_date(school_year - 1, 7, 1)),
                least(coalesce(left_on, DATE '{as_of}'), DATE '{as_of}',
                    make_date(school_year, 6, 30)), INTERVAL 1 DAY)) AS DATE) AS date
            FROM stays),
        members AS (
            SELECT d.school_year, d.date, r.* EXCLUDE (school_id, date)
            FROM days AS d JOIN forms AS f USING (school_id, school_year)
            LEFT JOIN recorded AS r USING (school_id, date)
            LEFT JOIN calendar AS c USING (school_id, date)
            LEFT JOIN known AS k USING (school_id, school_year)
            WHERE CASE WHEN NOT f.every_day THEN coalesce(c.instructional, false)
                WHEN k.school_id IS NULL THEN r.missed IS NOT NULL
                ELSE r.missed IS NOT NULL AND coalesce(c.instructional, false) END),
        days_once AS (
            SELECT school_year, date, coalesce(min(missed) >= 1, false) AS absent,
                coalesce(bool_or(excused), false) AS excused,
                coalesce(bool_or(unexcused), false) AS unexcused,
                sum(often) AS often, min(file) AS file,
                arg_min(row, (file, row)) AS row
            FROM members GROUP BY school_year, date)
        SELECT school_year, year(date), month(date), count(*),
            count(*) FILTER (absent), count(*) FILTER (absent AND excused),
            count(*) FILTER (absent AND unexcused AND NOT excused),
            coalesce(sum(often), 0), min(file), arg_min(row, (file, row))
        FROM days_once GROUP BY ALL ORDER BY school_year, year(date), month(date)
        """).fetchall()
    return tuple(_month(snapshot, row) for row in rows)


def _month(snapshot: Snapshot, row: tuple[Any, ...]) -> Month:
    """One row of the query, with the name and line of its first row of attendance."""
    file, line = "", None
    if row[8] is not None:
        file, line = snapshot.lineage("attendance", row[8], row[9])
    return Month(
        school_year=row[0],
        year=row[1],
        month=row[2],
        enrolled=row[3],
        absent=row[4],
        excused=row[5],
        unexcused=row[6],
        rows=int(row[7]),
        file=file,
        line=line,
    )


def _forms(
    con: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    spans: Sequence[tuple[str, int, dt.date, dt.date | None]],
) -> dict[tuple[str, int], bool]:
    """For each school and year of the stays: whether every day is told there.

    Schools that told nothing that year are left out. A row of the student that says
    present tells it; only where there is none are the school's other rows asked.
    """
    seen = con.execute(
        f"SELECT DISTINCT school_id, {_YEAR.format('date')} FROM own_days "
        "WHERE status = 'present'"
    ).fetchall()
    forms: dict[tuple[str, int], bool] = {}
    for school, year, _, _ in spans:
        present = (school, year) in seen
        form = present or _form(snapshot.parts("attendance"), school, year)
        if form is not None:
            forms[school, year] = form
    return forms


@lru_cache(maxsize=4096)
def _form(parts: tuple[Path, ...], school: str, year: int) -> bool | None:
    """Whether a school's attendance of a year tells every day; None without any.

    Parts are never edited, so an answer stays true.
    """
    con = duckdb.connect(config={"threads": 1, "memory_limit": "256MB"})
    rows = (
        f"SELECT 1 FROM {parquet(parts)} WHERE school_id = {literal(school)} AND date "
        f"BETWEEN DATE '{year - 1}-07-01' AND DATE '{year}-06-30'"
    )
    try:
        if con.execute(f"{rows} AND status = 'present' LIMIT 1").fetchall():
            return True
        return False if con.execute(f"{rows} LIMIT 1").fetchall() else None
    finally:
        con.close()
