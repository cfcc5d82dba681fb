"""Who is where: schools, students, classes and adults as they stand on one day.

The workspace copies this into its own database, so that who may see whom is one
question to one database. Every code that a table of the directory names has its row
in the table it leads to: where only other tables know a school, a student or an
adult, the row holds the code and nothing else.

A school year that is over stands as it did at its end: what lasted until the last day
that anything lasted in a school is still open in the summer after.
"""

# ruff: noqa: S608 - our own names and quoted paths

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import duckdb
import pyarrow as pa

from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.snapshots.days import count_days
from evenrise.records.snapshots.snapshot import Snapshot


_MEMORY = "1GB"  # of the engine; Arrow and Python come on top
_TABLES = (
    "schools",
    "students",
    "enrollments",
    "sections",
    "rosters",
    "staff",
    "staff_assignments",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The directory of one snapshot on one day, as Arrow tables in order of codes.

    `school_year` is the latest that has begun, by its spring; None without
    enrollments and sections.

    - `schools`: school_id, name (the code where nobody tells one), level.
    - `students`: student_id, given_name, family_name, grade, school_id, current (has
      a stay open), home_language, days_enrolled, days_absent (int32, whole days of
      `school_year`; null where not measured). Grade and school are those of the open
      stay that began last, or else of the last stay.
    - `stays`: student_id, school_id, grade: every open stay, so that a student in two
      schools at once is known in both.
    - `sections`: section_id, school_id, school_year, title, subject, staff_id.
    - `rosters`: section_id, student_id: open ones, each pair once.
    - `staff`: staff_id, given_name, family_name.
    - `assignments`: staff_id, school_id, role: open ones, each once.
    """

    school_year: int | None
    schools: pa.Table
    students: pa.Table
    stays: pa.Table
    sections: pa.Table
    rosters: pa.Table
    staff: pa.Table
    assignments: pa.Table


def read_directory(snapshot: Snapshot, as_of: dt.date) -> Directory:
    """The directory of a snapshot as it stands on a day.

    A district of 500,000 students with ninety million attendance days takes some
    seconds and stays below 1.5 GB.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    with asking(_MEMORY) as con:
        for table in _TABLES:
            rows = rows_of(snapshot, table)
            con.execute(f"CREATE TEMP VIEW all_{table} AS SELECT * FROM {rows}")
        year = _year(con, as_of)
        for name, sql in _steps(year or 0, as_of).items():
            con.execute(f"CREATE TEMP TABLE {name} AS {sql}")
        count_days(con, snapshot, year or 1900, as_of)
        answers = _answers()
        names = [one.name for one in fields(Directory) if one.name in answers]
        tables = {name: con.sql(answers[name]).to_arrow_table() for name in names}
    return Directory(school_year=year, **tables)


def _year(con: duckdb.DuckDBPyConnection, as_of: dt.date) -> int | None:
    """The latest school year that has begun; the first one when none has."""
    found = con.execute(
        f"SELECT coalesce(max(school_year) FILTER (begun <= DATE '{as_of}'), "
        "min(school_year)) FROM (SELECT school_year, min(entered_on) AS begun "
        "FROM all_enrollments GROUP BY school_year UNION ALL "
        "SELECT school_year, make_date(school_year - 1, 7, 1) FROM all_sections "
        "WHERE NOT EXISTS (FROM all_enrollments) GROUP BY school_year)"
    ).fetchall()[0][0]
    return None if found is None else int(found)


def _steps(year: int, as_of: dt.date) -> dict[str, str]:
    """What is open on the day, table by table."""
    day = f"DATE '{as_of}'"
    return {
        "open_stays": _open(
            "SELECT student_id, school_id, grade, school_year, entered_on AS began, "
            "left_on AS ended FROM all_enrollments WHERE "
            f"school_year = {year}",
            day,
        ),
        "this_year": "SELECT section_id, school_id, school_year, title, subject, "
        f"staff_id FROM all_sections WHERE school_year = {year}",
        "open_rosters": _open(
            "SELECT section_id, student_id, s.school_id, s.school_year, "
            "r.started_on AS began, r.ended_on AS ended FROM all_rosters AS r "
            "JOIN this_year AS s USING (section_id)",
            day,
        ),
        # Adults begin before students do: also those of the year about to begin.
        "open_assignments": _open(
            "SELECT staff_id, school_id, role, school_year, started_on AS began, "
            f"ended_on AS ended FROM all_staff_assignments WHERE school_year >= {year}",
            day,
        ),
        "homes": "SELECT student_id, grade, school_id FROM (SELECT *, row_number() "
        "OVER (PARTITION BY student_id ORDER BY open DESC, begun DESC, "
        "school_year DESC, began DESC, school_id) AS place FROM (SELECT student_id, "
        "school_id, grade, school_year, began, true AS open, true AS begun "
        "FROM open_stays UNION ALL SELECT student_id, school_id, grade, school_year, "
        f"entered_on, false, entered_on <= {day} FROM all_enrollments "
        "WHERE left_on IS NULL OR left_on >= entered_on)) WHERE place = 1",
    }


def _open(rows: str, day: str) -> str:
    """SQL: those of the rows that are open on the day.

    The rows have school_id, school_year, began and ended (blank: all year). After a
    school's last day, that last day stands for the day: 30 June, or, where nine in ten
    rows were closed (districts that close every stay in summer), the last one closed.
    """
    end = "make_date(school_year, 6, 30)"
    last = (
        f"CASE WHEN count(ended) OVER w > 0.9 * count(*) OVER w "
        f"THEN least(max(ended) OVER w, {end}) ELSE {end} END"
    )
    return (
        f"SELECT * EXCLUDE (ended, last_day) FROM (SELECT *, {last} AS last_day "
        f"FROM ({rows}) WINDOW w AS (PARTITION BY school_id, school_year)) WHERE "
        f"coalesce(began, make_date(school_year - 1, 7, 1)) <= {day} AND "
        f"(ended IS NULL OR ended >= greatest(least({day}, last_day), began))"
    )


def _answers() -> dict[str, str]:
    """The query behind each table of the directory."""
    return {
        "schools": "SELECT school_id, coalesce(any_value(name), school_id) AS name, "
        "any_value(level) AS level FROM (SELECT school_id, name, level "
        "FROM all_schools UNION ALL SELECT DISTINCT school_id, NULL, NULL FROM ("
        "SELECT school_id FROM homes UNION SELECT school_id FROM open_stays "
        "UNION SELECT school_id FROM this_year UNION SELECT school_id "
        "FROM open_assignments)) GROUP BY school_id ORDER BY school_id",
        "students": "SELECT student_id, s.given_name, s.family_name, h.grade, "
        "h.school_id, o.student_id IS NOT NULL AS current, s.home_language, "
        "d.days_enrolled, d.days_absent FROM (SELECT student_id FROM all_students "
        "UNION SELECT student_id FROM homes UNION SELECT student_id FROM open_rosters) "
        "LEFT JOIN all_students AS s USING (student_id) "
        "LEFT JOIN homes AS h USING (student_id) "
        "LEFT JOIN (SELECT DISTINCT student_id FROM open_stays) AS o "
        "USING (student_id) LEFT JOIN days_of_year AS d USING (student_id) "
        "ORDER BY student_id",
        "stays": "SELECT DISTINCT ON (student_id, school_id) student_id, school_id, "
        "grade FROM open_stays ORDER BY student_id, school_id, began DESC",
        "sections": "SELECT * FROM this_year ORDER BY section_id",
        "rosters": "SELECT DISTINCT section_id, student_id FROM open_rosters "
        "ORDER BY section_id, student_id",
        "staff": "SELECT staff_id, any_value(given_name) AS given_name, "
        "any_value(family_name) AS family_name FROM (SELECT staff_id, given_name, "
        "family_name FROM all_staff UNION ALL SELECT DISTINCT staff_id, NULL, NULL "
        "FROM (SELECT staff_id FROM this_year WHERE staff_id IS NOT NULL "
        "UNION SELECT staff_id FROM open_assignments)) GROUP BY staff_id "
        "ORDER BY staff_id",
        "assignments": "SELECT DISTINCT staff_id, school_id, role "
        "FROM open_assignments ORDER BY staff_id, school_id, role",
    }
