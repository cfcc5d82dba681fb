"""What lies in a setting: kinds of day, months, grades and courses, by school.

Counts for the comparisons of `findings/early_warning/conditions.py`: of days (how many
of a school's students were there to be absent, and were) and of students (how many of
a grade or a course are beyond a line). As known on a day, this school year only.
"""

# ruff: noqa: S608 - our own SQL and a number

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.flags.counting import (
    DAYS,
    MEMORY,
    Counting,
    FlagSettings,
    counting,
)
from evenrise.indicators.flags.numbers import MINIMUM_DAYS
from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.vocabulary.school_year import SchoolYear


Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SchoolDays:
    """One entry a school and day of instruction; equally long arrays.

    `school` numbers `schools`; `enrolled` and `absent` count students. `bell` numbers
    `bells`, the bell schedules that the calendar tells (-1: not told of this day), each
    with its key, in which case, spaces and dashes do not count, and as it is written.
    """

    schools: tuple[str, ...]
    school: Ints
    date: NDArray[np.datetime64]
    enrolled: Ints
    absent: Ints
    bell: Ints
    bells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """One entry a school and grade, or a school and course; equally long arrays.

    `students` could be counted, `beyond` of them were beyond the line. `key` is the
    grade or the course, `label` what it is called.
    """

    school: tuple[str, ...]
    key: tuple[str, ...]
    label: tuple[str, ...]
    students: Ints
    beyond: Ints


@dataclass(frozen=True, slots=True)
class ConditionCounts:
    """All that conditions are told from."""

    days: SchoolDays
    grades: Settings
    courses: Settings


def count_conditions(
    snapshot: Tables,
    as_of: dt.date,
    settings: FlagSettings,
    *,
    memory: str = MEMORY,
) -> ConditionCounts:
    """Count days by school, absence by grade and failing marks by course.

    In a grade are counted who is absent on a tenth of the days or more, of whoever was
    enrolled long enough to say; in a course, who has an F now, of all with a mark.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    minimum = settings.thresholds.get("early_warning.minimum_days", MINIMUM_DAYS)
    with counting(snapshot, as_of, settings, memory=memory) as one:
        for name in ("enrolled", "course", "attendance"):
            one.run(name)
        grades = _settings(
            one,
            "SELECT school_id, grade AS key, grade AS label, COUNT(*) AS students, "
            "SUM(CASE WHEN absent * 10 >= a.enrolled THEN 1 ELSE 0 END) AS beyond "
            "FROM enrolled AS e JOIN attendance_of AS a USING (student_id) "
            f"WHERE a.enrolled >= {minimum!r} GROUP BY school_id, grade",
        )
        courses = _settings(
            one,
            "SELECT s.school_id, COALESCE(NULLIF(TRIM(s.course_code), ''), s.title) "
            "AS key, MAX(COALESCE(NULLIF(TRIM(s.title), ''), s.course_code)) AS label, "
            "COUNT(DISTINCT m.student_id) AS students, "
            "COUNT(DISTINCT CASE WHEN k.failing = 1 THEN m.student_id END) AS beyond "
            "FROM latest_marks AS m JOIN sections AS s USING (section_id) "
            "JOIN mark_kinds AS k USING (mark) WHERE k.failing IS NOT NULL "
            "AND s.school_year = $year GROUP BY s.school_id, "
            "COALESCE(NULLIF(TRIM(s.course_code), ''), s.title)",
        )
        return ConditionCounts(_days(one), grades, courses)


def tells_bell_schedules(snapshot: Tables, as_of: dt.date) -> bool:
    """Whether the calendar of this school year names a bell schedule by that day.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    first = SchoolYear.of(as_of).first_day
    with asking(MEMORY) as con:
        told = con.execute(
            f"SELECT 1 FROM {rows_of(snapshot, 'calendar')} WHERE instructional "
            f"AND date BETWEEN DATE '{first}' AND DATE '{as_of}' "
            "AND TRIM(bell_schedule) <> '' LIMIT 1"
        ).fetchall()
    return bool(told)


def _settings(one: Counting, sql: str) -> Settings:
    rows = [
        row
        for row in one.table(f"{sql} ORDER BY 1, 2").to_pylist()
        if row["school_id"] and row["key"]
    ]
    return Settings(
        tuple(row["school_id"] for row in rows),
        tuple(row["key"] for row in rows),
        tuple(row["label"] or row["key"] for row in rows),
        np.array([row["students"] for row in rows], dtype=np.int64),
        np.array([int(row["beyond"]) for row in rows], dtype=np.int64),
    )


def _days(one: Counting) -> SchoolDays:
    """Students and absences by school and day, whichever way the school tells days."""
    told = one.table(
        "SELECT school_id, CAST(date - $first AS INTEGER) AS place, "
        "COUNT(*) AS rows, SUM(CASE WHEN status = 'present' "
        "OR reason = 'in_school_suspension' THEN 0 WHEN COALESCE(portion_absent, "
        "CASE WHEN status = 'absent' THEN 1.0 ELSE 0.0 END) >= 1 THEN 1 ELSE 0 END) "
        "AS absent FROM attendance WHERE date BETWEEN $first AND $last "
        "GROUP BY school_id, date - $first"
    )
    forms = dict(_pairs(one.table("SELECT school_id, every_day FROM forms")))
    schools = tuple(sorted(school for school in forms if school))
    at = {school: place for place, school in enumerate(schools)}
    rows, absent = (np.zeros((len(schools), DAYS), dtype=np.int64) for _ in range(2))
    where = _places(told, at)
    days = told["place"].to_numpy()
    kept = where >= 0
    rows[where[kept], days[kept]] = told["rows"].to_numpy()[kept]
    absent[where[kept], days[kept]] = told["absent"].to_numpy()[kept]
    members = _members(one, at)
    every = np.array([forms[school] == 1 for school in schools], dtype=np.bool_)
    enrolled = np.where(every[:, None], rows, members)
    school, place = np.nonzero(_open(one, at, every) & (enrolled > 0))
    first = np.datetime64(one.year.first_day)
    bell, bells = _bells(one, at)
    return SchoolDays(
        schools,
        school,
        first + place.astype("timedelta64[D]"),
        enrolled[school, place],
        np.minimum(absent, enrolled)[school, place],
        bell[school, place],
        bells,
    )


def _bells(
    one: Counting, at: dict[str, int]
) -> tuple[Ints, tuple[tuple[str, str], ...]]:
    """The bell schedule of each school and day (-1: not told), and all there are."""
    told = one.table(
        "SELECT school_id, place, key, written, "
        "DENSE_RANK() OVER (ORDER BY key) - 1 AS number "
        "FROM (SELECT school_id, CAST(date - $first AS INTEGER) AS place, "
        "TRIM(bell_schedule) AS written, "
        "REGEXP_REPLACE(LOWER(TRIM(bell_schedule)), '[\\s_-]+', '_', 'g') AS key "
        "FROM calendar WHERE date BETWEEN $first AND $last AND instructional "
        "AND TRIM(bell_schedule) <> '')"
    )
    named = told.group_by(["number", "key"]).aggregate([("written", "min")])
    bells = tuple(
        (row["key"], row["written_min"]) for row in named.sort_by("number").to_pylist()
    )
    where = _places(told, at)
    kept = where >= 0
    bell = np.full((len(at), DAYS), -1, dtype=np.int64)
    bell[where[kept], told["place"].to_numpy()[kept]] = told["number"].to_numpy()[kept]
    return bell, bells


def _members(one: Counting, at: dict[str, int]) -> Ints:
    """How many students each school had on each day, by spells."""
    spells = one.table(
        "SELECT school_id, CAST(GREATEST(entered_on, $first) - $first AS INTEGER) "
        "AS came, CAST(LEAST(COALESCE(left_on, $last), $last) - $first AS INTEGER) "
        "AS went, COUNT(*) AS n FROM enrollments WHERE school_year = $year "
        "AND GREATEST(entered_on, $first) <= LEAST(COALESCE(left_on, $last), $last) "
        "GROUP BY 1, 2, 3"
    )
    where = _places(spells, at)
    kept = where >= 0
    change = np.zeros((len(at), DAYS + 1), dtype=np.int64)
    n = spells["n"].to_numpy()[kept]
    np.add.at(change, (where[kept], spells["came"].to_numpy()[kept]), n)
    np.add.at(change, (where[kept], spells["went"].to_numpy()[kept] + 1), -n)
    members: Ints = np.cumsum(change, axis=1)[:, :DAYS]
    return members


def _open(one: Counting, at: dict[str, int], every: Flags) -> Flags:
    """The days that count: of the calendar; without one, any that rows tell."""
    told = one.table(
        "SELECT school_id, CAST(date - $first AS INTEGER) AS place FROM calendar "
        "WHERE date BETWEEN $first AND $last AND instructional"
    )
    where = _places(told, at)
    kept = where >= 0
    days = np.zeros((len(at), DAYS), dtype=np.bool_)
    days[where[kept], told["place"].to_numpy()[kept]] = True
    without = ~days.any(axis=1) & every
    return np.asarray(days | without[:, None], dtype=np.bool_)


def _places(table: pa.Table, at: dict[str, int]) -> Ints:
    """Each row's school as its place; -1 for a school that has none."""
    coded = table["school_id"].combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    known = [at.get(school, -1) for school in coded.dictionary.to_pylist()]
    codes = coded.indices.fill_null(len(known)).to_numpy(zero_copy_only=False)
    places: Ints = np.array([*known, -1], dtype=np.int64)[codes]
    return places


def _pairs(table: pa.Table) -> list[tuple[str, int]]:
    return [(row["school_id"], row["every_day"]) for row in table.to_pylist()]
