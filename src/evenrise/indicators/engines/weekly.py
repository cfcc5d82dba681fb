"""Days enrolled and days missed by the week, for a school, grades and groups.

The days are those of the attendance indicators (`sql/attendance_year.sql`, up to
`member_blocks`), so that the weeks of a year add up to its days. Only the rows of the
school and the span that are asked for are read.
"""

# ruff: noqa: S608 - the SQL is our own; every code passes `_quoted`.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from evenrise.indicators.engines.duckdb_engine import DuckDBEngine, steps
from evenrise.indicators.student_years import Interval
from evenrise.statistics.small_numbers.rule import Ints
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.school_year import SchoolYear


_LAST_STEP = "member_blocks"
_BLOCKS = 6  # of a school year, two months each
_OF = "FILTER (block = (school_year - 1) * 6 + 3 + {})"
_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyAsk:
    """What is asked: a school (None: the district), grades (none: all), groups.

    `groups` are (family, group). `first` and `last` are Mondays.
    """

    school_id: str | None
    grades: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class WeekSum:
    """One week of all students (`group` blank) or of a group, in whole days."""

    group: str
    week_on: dt.date
    missed: int
    enrolled: int
    students: int


@dataclass(frozen=True, slots=True)
class WeekTable:
    """Students of a week by grade and group of a family (blank: by grade alone).

    `counts` is (grades, groups); grades and groups are those of the vocabulary, in
    their order, and at the end of each the students who are in none.
    """

    family: str
    week_on: dt.date
    counts: Ints


class WeeklyEngine(DuckDBEngine):
    """The engine, asked by the week; one question each, then close it."""

    def weeks(self, ask: WeeklyAsk) -> list[WeekSum]:
        """Sums by week, for all students and for each group that is collected.

        A week without a day of membership is not in it.
        """
        groups = self._prepare(ask)
        codes = ("", *(group for _family, group in groups))
        return [
            WeekSum(code, row[0], *(int(part) for part in row[1 + 3 * at : 4 + 3 * at]))
            for row in self._rows(" UNION ALL ".join(_weeks(ask, len(codes))))
            for at, code in enumerate(codes)
            if row[3 + 3 * at]
        ]

    def tables(self, ask: WeeklyAsk) -> list[WeekTable]:
        """Students by grade and group, of all grades, after `weeks` of the same ask.

        One for each week and each family of the groups that were asked for, and one of
        all students; two where a week lies in two school years.
        """
        families = ["", *dict.fromkeys(family for family, _group in ask.groups)]
        collected = self._collected()
        families = [one for one in families if not one or one in collected]
        grades = len(FAMILIES["grade"].groups) + 1
        found: dict[tuple[str, dt.date, int], Ints] = {}
        asked = (_table(ask, at, one) for at, one in enumerate(families))
        for week_on, year, at, grade, group, students in self._rows(
            " UNION ALL ".join(chain.from_iterable(asked))
        ):
            family = families[at]
            groups = len(FAMILIES[family].groups) + 1 if family else 1
            counts = found.setdefault(
                (family, week_on, year), np.zeros((grades, groups), dtype=np.int64)
            )
            counts[grade, group] += students  # -1 is the last: in none
        return [
            WeekTable(family, week_on, counts)
            for (family, week_on, _year), counts in found.items()
        ]

    def _prepare(self, ask: WeeklyAsk) -> list[tuple[str, str]]:
        """Make the tables of days and of students; the groups that are collected."""
        self._narrow(ask)
        for step in steps("attendance_year"):
            self._step(step)
            if step[1] == _LAST_STEP:
                break
        self._run("everybody")
        self._run("memberships", Interval.SCHOOL_YEAR)
        collected = self._collected()
        groups = [one for one in ask.groups if one[0] in collected]
        self._con.execute(f"CREATE TEMP TABLE days AS {_DAYS}")
        self._con.execute(f"CREATE TEMP TABLE asked AS {_asked(groups, ask)}")
        return groups

    def _narrow(self, ask: WeeklyAsk) -> None:
        """Read only the school and the school years that are asked for.

        Whole years, for they tell whether a school keeps every day or absences only.
        """
        begins, ends = SchoolYear.of(ask.first), SchoolYear.of(ask.last + _WEEK - _DAY)
        years = range(begins.spring, ends.spring + 1)
        span = f"date BETWEEN DATE '{begins.first_day}' AND DATE '{ends.last_day}'"
        told = {
            "attendance": span,
            "calendar": span,
            "enrollments": f"school_year IN ({', '.join(map(str, years))})",
        }
        for table, where in told.items():
            if not self.question.tables.has(table):
                continue  # an empty table stands for it
            school = (
                f" AND school_id = {_quoted(ask.school_id)}" if ask.school_id else ""
            )
            self._con.execute(f"ALTER VIEW {table} RENAME TO every_{table}")
            self._con.execute(
                f"CREATE TEMP VIEW {table} AS SELECT * FROM every_{table} "
                f"WHERE {where}{school}"
            )
        for step in steps("foundations"):  # made at the start, of all
            self._step(step)


# A student's year in one row: the days of membership and the days missed of each of
# its six blocks of two months. A day counts once, also of a student in two schools.
_DAYS = (
    "SELECT student_id, school_year, "
    + ", ".join(
        f"COALESCE(BIT_OR(member) {_OF.format(at)}, 0) AS member_{at}, "
        f"COALESCE(BIT_OR(member & recorded) {_OF.format(at)}, 0) & "
        f"~COALESCE(BIT_OR(member & partly) {_OF.format(at)}, 0) AS missed_{at}"
        for at in range(_BLOCKS)
    )
    + " FROM member_blocks GROUP BY student_id, school_year"
)


def _asked(groups: Sequence[tuple[str, str]], ask: WeeklyAsk) -> str:
    """SQL: students of all grades, and which of what is asked each is in.

    `in_0` says whether their grade is asked for; `in_1` and on, and their group.
    """
    flags = "".join(
        f", {_is(family, group)} AS group_{at}"
        for at, (family, group) in enumerate(groups, 1)
    )
    families = dict.fromkeys(("grade", *(family for family, _group in groups)))
    places = "".join(f", m.{family} AS place_{family}" for family in families)
    only = " OR ".join(_is("grade", grade) for grade in ask.grades) or "true"
    return (
        f"SELECT d.* EXCLUDE (student_id), ({only}) AS group_0{flags}{places} "
        "FROM days AS d JOIN student_years AS y USING (student_id, school_year) "
        f"JOIN memberships_{Interval.SCHOOL_YEAR} AS m ON m.id = y.id"
    )


def _weeks(ask: WeeklyAsk, groups: int) -> Iterator[str]:
    """SQL for each week: missed, enrolled and students, of all and of each group."""
    for on, year, bits in _spans(ask):
        enrolled, missed = (_days_of(what, bits) for what in ("member", "missed"))
        sums = ", ".join(
            f"COALESCE(SUM({missed}) FILTER (group_{at}), 0), "
            f"COALESCE(SUM({enrolled}) FILTER (group_{at}), 0), "
            f"COUNT(*) FILTER (group_{at})"
            for at in range(groups)
        )
        yield (
            f"SELECT DATE '{on}' AS week_on, {sums} FROM asked WHERE group_0 "
            f"AND school_year = {year} AND {enrolled} > 0 HAVING COUNT(*) > 0"
        )


def _table(ask: WeeklyAsk, at: int, family: str) -> Iterator[str]:
    """SQL for each week: students by grade and by group of a family."""
    group = f"place_{family}" if family else "0"
    for on, year, bits in _spans(ask):
        yield (
            f"SELECT DATE '{on}' AS week_on, {year} AS school_year, {at} AS family, "
            f"place_grade AS grade, {group} AS place, COUNT(*) AS students FROM asked "
            f"WHERE school_year = {year} AND {_days_of('member', bits)} > 0 "
            f"GROUP BY place_grade{f', {group}' if family else ''}"
        )


def _spans(ask: WeeklyAsk) -> Iterator[tuple[dt.date, int, dict[int, int]]]:
    """Each week that is asked for: its Monday, school year and days."""
    on = ask.first
    while on <= ask.last:
        for year, bits in _bits(on).items():
            yield on, year, bits
        on += _WEEK


def _days_of(what: str, bits: dict[int, int]) -> str:
    """SQL: how many of a student's days of a kind lie in a week."""
    return " + ".join(f"BIT_COUNT({what}_{at} & {days})" for at, days in bits.items())


def _bits(monday: dt.date) -> dict[int, dict[int, int]]:
    """A week's days by school year and block of the year, as the days are kept."""
    found: dict[int, dict[int, int]] = {}
    for place in range(7):
        day = monday + place * _DAY
        year = SchoolYear.of(day)
        block = (day.month - year.first_day.month) % 12 >> 1
        bit = day.day - 1 + ((day.month - 1) & 1) * 31
        blocks = found.setdefault(year.spring, {})
        blocks[block] = blocks.get(block, 0) | 1 << bit
    return found


def _is(family: str, group: str) -> str:
    """SQL: the student is in the group; families hold their groups' places."""
    codes = [one.code for one in FAMILIES[family].groups]
    return f"m.{family} = {codes.index(group)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
