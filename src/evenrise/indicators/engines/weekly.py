"""What the records carry with a date, by the week: for a school, grades and groups.

The days are those of the attendance indicators (`sql/attendance_year.sql`, up to
`member_blocks`), so that the weeks of a year add up to its days. Only the rows of the
school and the span that are asked for are read. Rules: `indicators/weekly/rules.md`.
"""

# ruff: noqa: S608 - the SQL is our own; every code passes `_quoted`.

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenrise.indicators.engines.duckdb_engine import DuckDBEngine, steps
from evenrise.indicators.student_years import Interval
from evenrise.vocabulary.school_year import SchoolYear


_LAST_STEP = "member_blocks"
_BLOCKS = 6  # of a school year, two months each
_OF = "FILTER (block = (school_year - 1) * 6 + 3 + {})"
_DAY = dt.timedelta(days=1)
_WEEK = dt.timedelta(weeks=1)


class Weekly(StrEnum):
    """What can be counted by the week."""

    ABSENCE = "weekly_absence"
    TARDY = "weekly_tardy"
    INCIDENTS = "weekly_incidents"
    SUSPENSIONS = "weekly_suspensions"
    MISSING_WORK = "weekly_missing_work"


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

    @property
    def ends(self) -> dt.date:
        """The Sunday of the last week."""
        return self.last + _WEEK - _DAY


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One week of the students of one grade who are alike in the families asked for.

    `grade` and `groups` are places in the vocabulary's families, -1 for none. `count`
    of `size`: days or pieces of work; for incidents `size` is days enrolled.
    """

    week_on: dt.date
    grade: int
    groups: tuple[int, ...]
    count: int
    size: int
    students: int


class WeeklyEngine(DuckDBEngine):
    """The engine, asked by the week; one question each, then close it."""

    def families(self, ask: WeeklyAsk) -> tuple[str, ...]:
        """The families of the groups asked for that are collected, each once."""
        collected = self._collected()
        asked = dict.fromkeys(family for family, _group in ask.groups)
        return tuple(family for family in asked if family in collected)

    def week_cells(self, what: Weekly, ask: WeeklyAsk) -> list[WeekCell]:
        """Sums by week, grade and group, of every grade of the school.

        A week in which nobody has a day (or a piece of work) is not in it.
        """
        self._narrow(ask)
        families = self.families(ask)
        self._run("everybody")
        self._run("memberships", Interval.SCHOOL_YEAR)
        names = "".join(f", m.{family}" for family in families)
        self._con.execute(
            "CREATE TEMP TABLE who AS "
            f"SELECT y.student_id, y.school_year, m.grade{names} "
            "FROM student_years AS y "
            f"JOIN memberships_{Interval.SCHOOL_YEAR} AS m ON m.id = y.id"
        )
        by = ", ".join(("grade", *families))
        if what is Weekly.MISSING_WORK:
            self._con.execute(f"CREATE TEMP TABLE worked AS {self._work(ask)}")
            sql = (
                f"SELECT week_on, {by}, SUM(missing), SUM(due), COUNT(*) "
                f"FROM worked JOIN who USING (student_id, school_year) "
                f"GROUP BY week_on, {by}"
            )
        else:
            sql = self._by_days(what, ask, by)
        return [
            WeekCell(row[0], row[1], tuple(row[2:-3]), *(int(one) for one in row[-3:]))
            for row in (self._rows(sql) if sql else ())
        ]

    def _by_days(self, what: Weekly, ask: WeeklyAsk, by: str) -> str:
        """SQL: the weeks of days enrolled; blank where none can be told."""
        for step in steps("attendance_year"):
            self._step(step)
            if step[1] == _LAST_STEP:
                break
        happened, weeks = "", list(_mondays(ask))
        days = _DAYS.format(source="member_blocks", hit=_MISSED)
        if what is Weekly.TARDY:
            for table, select in (("late", _LATE), ("late_kept", _LATE_KEPT)):
                self._con.execute(f"CREATE TEMP TABLE {table} AS {select}")
            days = _DAYS.format(source=_LATE_DAYS, hit=_TARDY)
        elif what is not Weekly.ABSENCE:
            weeks = self._told_weeks(weeks)
            select = self._incidents(ask, suspensions=what is Weekly.SUSPENSIONS)
            self._con.execute(f"CREATE TEMP TABLE happened AS {select}")
            happened = "happened"
        self._con.execute(f"CREATE TEMP TABLE days AS {days}")
        self._con.execute(
            "CREATE TEMP TABLE asked AS SELECT * FROM days "
            "JOIN who USING (student_id, school_year)"
        )
        return " UNION ALL ".join(
            one for on in weeks for one in _week(on, by, happened)
        )

    def _told_weeks(self, weeks: list[dt.date]) -> list[dt.date]:
        """Weeks for which incidents were recorded; all where none ever happened.

        A week after the last incident of the whole file could be one that nobody has
        written down yet; a school year without any was not recorded.
        """
        rows = self._rows(
            "SELECT DISTINCT CAST(date_trunc('week', date) AS DATE) FROM incidents "
            f"WHERE date <= DATE '{self.question.as_of}'"
        )
        told = [row[0] for row in rows]
        if not told:
            return weeks
        years = {SchoolYear.of(on + shift).spring for on in told for shift in _ENDS}
        return [
            on for on in weeks if on <= max(told) and SchoolYear.of(on).spring in years
        ]

    def _incidents(self, ask: WeeklyAsk, *, suspensions: bool) -> str:
        """SQL: incidents of students who were enrolled that day, by week."""
        what = f" AND action IN ({_SUSPENSIONS})" if suspensions else ""
        return (
            "SELECT i.student_id, CAST(YEAR(i.date) + CASE WHEN MONTH(i.date) >= 7 "
            "THEN 1 ELSE 0 END AS INTEGER) AS school_year, "
            "CAST(date_trunc('week', i.date) AS DATE) AS week_on, COUNT(*) AS happened "
            "FROM (SELECT DISTINCT incident_id, student_id, date FROM incidents "
            f"WHERE date BETWEEN DATE '{ask.first}' AND "
            f"LEAST(DATE '{ask.ends}', DATE '{self.question.as_of}'){what}"
            f"{_at_school('school_id', ask)}) AS i "
            "WHERE EXISTS (SELECT 1 FROM spells AS s WHERE s.student_id = i.student_id "
            "AND i.date BETWEEN s.first_day AND s.last_day) "
            "GROUP BY i.student_id, i.date"
        )

    def _work(self, ask: WeeklyAsk) -> str:
        """SQL: pieces of work due in each week of which a row tells, and those missing.

        Schools and years in which no row ever says so keep no missing work.
        """
        as_of = f"DATE '{self.question.as_of}'"
        begins, ends = SchoolYear.of(ask.first), SchoolYear.of(ask.ends)
        rows = (
            "SELECT c.student_id, s.school_year, "
            f"COALESCE(s.school_id, '') AS school_id, a.due_on, "
            f"c.status IN ({_MISSING}) AS missing FROM scores AS c "
            "JOIN assignments AS a ON a.assignment_id = c.assignment_id "
            "JOIN sections AS s ON s.section_id = a.section_id "
            f"WHERE a.due_on <= {as_of} AND COALESCE(c.scored_on, {as_of}) <= {as_of} "
            f"AND s.school_year BETWEEN {begins.spring} AND {ends.spring} "
            f"AND (c.status IN ('scored', {_MISSING}) "
            "OR (c.status IS NULL AND c.score IS NOT NULL))"
            f"{_at_school('s.school_id', ask)}"
        )
        self._con.execute(f"CREATE TEMP TABLE pieces AS {rows}")
        return (
            "SELECT student_id, school_year, "
            "CAST(date_trunc('week', due_on) AS DATE) AS week_on, COUNT(*) AS due, "
            "COUNT(*) FILTER (missing) AS missing FROM pieces JOIN (SELECT DISTINCT "
            "school_id, school_year FROM pieces WHERE missing) AS kept "
            "USING (school_id, school_year) WHERE due_on BETWEEN "
            f"DATE '{ask.first}' AND DATE '{ask.ends}' "
            "GROUP BY student_id, school_year, date_trunc('week', due_on)"
        )

    def _narrow(self, ask: WeeklyAsk) -> None:
        """Read only the school and the school years that are asked for.

        Whole years, for they tell whether a school keeps every day or absences only.
        """
        begins, ends = SchoolYear.of(ask.first), SchoolYear.of(ask.ends)
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
            self._con.execute(f"ALTER VIEW {table} RENAME TO every_{table}")
            self._con.execute(
                f"CREATE TEMP VIEW {table} AS SELECT * FROM every_{table} "
                f"WHERE {where}{_at_school('school_id', ask)}"
            )
        for step in steps("foundations"):  # made at the start, of all
            self._step(step)


_ENDS = (dt.timedelta(0), 6 * _DAY)
_SUSPENSIONS = "'in_school_suspension', 'out_of_school_suspension'"
_MISSING = "'missing', 'not_submitted'"
# A student's year in one row: the days of membership and the days counted of each of
# its six blocks of two months. A day counts once, also of a student in two schools.
_DAYS = "SELECT student_id, school_year, {hit} FROM {source} GROUP BY 1, 2"
_MEMBER = "COALESCE(BIT_OR(member) {of}, 0) AS member_{at}, "
_MISSED = ", ".join(
    (
        _MEMBER + "COALESCE(BIT_OR(member & recorded) {of}, 0) & "
        "~COALESCE(BIT_OR(member & partly) {of}, 0) AS hit_{at}"
    ).format(at=at, of=_OF.format(at))
    for at in range(_BLOCKS)
)
_TARDY = ", ".join(
    (_MEMBER + "COALESCE(BIT_OR(member & late) {of}, 0) AS hit_{at}").format(
        at=at, of=_OF.format(at)
    )
    for at in range(_BLOCKS)
)
_LATE = (
    "SELECT student_id, COALESCE(school_id, '') AS school_id, block, "
    "BIT_OR(day) AS late FROM attendance_days WHERE status = 'tardy' GROUP BY 1, 2, 3"
)
_LATE_KEPT = (
    "SELECT DISTINCT school_id, "
    "CAST(FLOOR((block - 3) / 6.0) AS INTEGER) + 1 AS school_year FROM late"
)
_LATE_DAYS = (
    "member_blocks JOIN late_kept USING (school_id, school_year) "
    "LEFT JOIN late USING (student_id, school_id, block)"
)


def _mondays(ask: WeeklyAsk) -> Iterator[dt.date]:
    on = ask.first
    while on <= ask.last:
        yield on
        on += _WEEK


def _week(on: dt.date, by: str, happened: str) -> Iterator[str]:
    """SQL for one week, once for each school year that has a day of it."""
    for year, bits in _bits(on).items():
        enrolled, hit = (
            " + ".join(f"BIT_COUNT({what}_{at} & {days})" for at, days in bits.items())
            for what in ("member", "hit")
        )
        source = f"(SELECT * FROM asked WHERE school_year = {year} AND {enrolled} > 0)"
        count = f"SUM({hit})"
        if happened:
            count = "SUM(COALESCE(h.happened, 0))"
            source += (
                " AS a LEFT JOIN (SELECT student_id, SUM(happened) AS happened "
                f"FROM {happened} WHERE week_on = DATE '{on}' "
                f"AND school_year = {year} GROUP BY student_id) AS h USING (student_id)"
            )
        yield (
            f"SELECT DATE '{on}' AS week_on, {by}, {count}, SUM({enrolled}), COUNT(*) "
            f"FROM {source} GROUP BY {by}"
        )


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


def _at_school(column: str, ask: WeeklyAsk) -> str:
    return f" AND {column} = {_quoted(ask.school_id)}" if ask.school_id else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
