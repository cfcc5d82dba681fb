"""Days enrolled and days missed of one school year, once for each student.

The rule is chronic absence's (indicators/catalog/chronic_absence/rules.md; California
Education Code 60901(c)(1)), over all schools: a day of membership counts once, and a
day of which any part was attended is no absence. Two months of days are one whole
number, as in the indicator's own engine, so that ninety million rows are read once;
this floor may not import that engine.
"""

# ruff: noqa: S608 - our own names and quoted paths

from __future__ import annotations

import datetime as dt

import duckdb

from evenrise.records.snapshots.asking import rows_of
from evenrise.records.snapshots.snapshot import Snapshot


_BLOCK = "((year({0}) * 12 + month({0}) - 1) >> 1)"
_BIT = "(day({0}) - 1 + ((month({0}) - 1) & 1) * 31)"
# How much of a day a row says was missed.
MISSED = (
    "CASE WHEN status = 'present' OR reason = 'in_school_suspension' THEN 0.0 "
    "WHEN status = 'absent' THEN coalesce(portion_absent, 1.0) "
    "ELSE coalesce(portion_absent, 0.0) END"
)
_DAY = f"(CAST(1 AS BIGINT) << {_BIT})"


def count_days(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, year: int, as_of: dt.date
) -> None:
    """Make the table `days_of_year(student_id, days_enrolled, days_absent)`.

    Days of the school year (by its spring) up to `as_of`. A school that told neither
    every day nor absences with a calendar measures nobody; a student whom nobody
    measured has no row.
    """
    first, last = dt.date(year - 1, 7, 1), min(dt.date(year, 6, 30), as_of)
    span = f"BETWEEN DATE '{first}' AND DATE '{last}'"
    block, day = _BLOCK.format("date"), _DAY.format("date")
    steps = {
        # A student seen for a part of a day was there for it, whatever another says.
        "recorded_days": f"SELECT student_id, school_id, {block} AS block, "
        f"bit_or({day}) AS recorded, bit_or(CASE WHEN missed < 1 THEN {day} ELSE 0 "
        "END) AS partly, max(status = 'present') AS every_day FROM (SELECT *, "
        f"{MISSED} AS missed "
        f"FROM {rows_of(snapshot, 'attendance')} WHERE date {span}) GROUP BY ALL",
        # A file of every membership day, or of absences only: then the calendar tells.
        "forms": "SELECT school_id, bool_or(every_day) AS every_day FROM recorded_days "
        "GROUP BY school_id",
        "school_days": f"SELECT school_id, {block} AS block, bit_or(CASE WHEN "
        f"instructional THEN {day} ELSE 0 END) AS open FROM "
        f"{rows_of(snapshot, 'calendar')} WHERE date {span} GROUP BY ALL",
        "stays": "SELECT student_id, school_id, "
        f"greatest(entered_on, DATE '{first}') AS came, "
        f"least(coalesce(left_on, DATE '{last}'), DATE '{last}') AS went "
        f"FROM {rows_of(snapshot, 'enrollments')} WHERE school_year = {year}",
        "stay_days": _stay_days(year),
        "member_days": "SELECT s.student_id, s.block, recorded, partly, s.days & CASE "
        "WHEN NOT f.every_day THEN coalesce(c.open, 0) "
        "WHEN known.school_id IS NULL THEN coalesce(r.recorded, 0) "
        "ELSE coalesce(r.recorded, 0) & coalesce(c.open, 0) END AS member "
        "FROM stay_days AS s JOIN forms AS f USING (school_id) "
        "LEFT JOIN recorded_days AS r USING (student_id, school_id, block) "
        "LEFT JOIN school_days AS c USING (school_id, block) "
        "LEFT JOIN (SELECT DISTINCT school_id FROM school_days) AS known "
        "USING (school_id)",
        "days_of_year": "SELECT student_id, "
        "CAST(sum(bit_count(member)) AS INTEGER) AS days_enrolled, "
        "CAST(sum(bit_count(recorded & ~partly)) AS INTEGER) AS days_absent FROM ("
        "SELECT student_id, block, bit_or(member) AS member, "
        "bit_or(member & coalesce(recorded, 0)) AS recorded, "
        "bit_or(member & coalesce(partly, 0)) AS partly FROM member_days "
        "WHERE member <> 0 GROUP BY student_id, block) GROUP BY student_id",
    }
    for name, sql in steps.items():
        con.execute(f"CREATE TEMP TABLE {name} AS {sql}")
    for name in [*steps][:-1]:
        con.execute(f"DROP TABLE {name}")


def _stay_days(year: int) -> str:
    """SQL: for each student, school and block of the year, the days of the stays."""
    came, went = (_BLOCK.format(side) for side in ("came", "went"))
    low, high = (_BIT.format(side) for side in ("came", "went"))
    return (
        "SELECT student_id, school_id, block, bit_or("
        f"(CAST(1 AS BIGINT) << CASE WHEN block = {went} THEN {high} + 1 ELSE 62 END) "
        f"- (CAST(1 AS BIGINT) << CASE WHEN block = {came} THEN {low} ELSE 0 END)) "
        "AS days FROM stays JOIN (SELECT unnest(range("
        f"{(year - 1) * 6 + 3}, {year * 6 + 3})) AS block) ON block BETWEEN {came} "
        f"AND {went} WHERE came <= went GROUP BY ALL"
    )
