"""The slow judge of flags: one student after the other, in plain sets of days."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from evenrise.indicators.flags.rules import MEASURES, Domain, RuleSet


Row = dict[str, Any]
Tables = dict[str, list[Row]]
Known = tuple[Any, Any] | None  # a value and what it is a share of; None: no data
LETTERS = {
    letter + sign: points
    for letter, points in {"A": 4, "B": 3, "C": 2, "D": 1, "F": 0}.items()
    for sign in ("", "+", "-")
}


class Judge:
    """All tables of a small district, and the day."""

    def __init__(
        self,
        tables: Tables,
        as_of: dt.date,
        *,
        minimum: int = 10,
        serious: tuple[str, ...] = (),
        state: tuple[str, ...] = (),
        passing: float | None = None,
    ) -> None:
        self.tables = tables
        self.as_of = as_of
        self.minimum = minimum
        self.serious, self.state, self.passing = serious, state, passing
        self.year = as_of.year + (as_of.month >= 7)
        self.first = dt.date(self.year - 1, 7, 1)
        self.end = dt.date(self.year, 6, 30)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def this_year(self, table: str) -> list[Row]:
        """Rows with a date of this school year that has come."""
        return [r for r in self.rows(table) if self.first <= r["date"] <= self.as_of]

    def students(self) -> dict[str, tuple[str, str]]:
        """Who is enrolled on the day: school and grade of the latest stay."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self.rows("enrollments"):
            left = row.get("left_on") or self.as_of
            if (
                row["school_year"] == self.year
                and row["entered_on"] <= self.as_of <= left
            ):
                stay = (row["entered_on"], row["school_id"], row["grade"])
                found.setdefault(row["student_id"], []).append(stay)
        return {student: max(stays)[1:] for student, stays in found.items()}

    def states(self, rules: RuleSet) -> dict[tuple[str, str], int]:
        """The state of every student and domain."""
        return {
            (student, str(domain)): self._state(rules, domain, student, grade)
            for student, (_, grade) in self.students().items()
            for domain in Domain
        }

    def _state(self, rules: RuleSet, domain: Domain, student: str, grade: str) -> int:
        crossed, unknown, spoken = 0, False, False
        for line in rules.of(domain):
            if line.grades is not None and grade not in line.grades:
                continue
            spoken = True
            over = self.over(line, self.measure(line.measure, student))
            unknown = unknown or over is None
            if over:
                crossed = max(crossed, 2 if line.severe else 1)
        return crossed or (-1 if unknown or not spoken else 0)

    @staticmethod
    def over(line: Any, known: Known) -> bool | None:
        if known is None:
            return None
        value, of = known
        number = Fraction(value) if of is None else Fraction(value, of)
        at = Fraction(str(line.at))
        return number < at if MEASURES[line.measure].below else number >= at

    def measure(self, measure: str, student: str) -> Known:
        for need in MEASURES[measure].needs:
            if need.partition(".")[0] not in self.tables:
                return None
        if MEASURES[measure].domain is Domain.ATTENDANCE:
            return self._days(measure, student)
        if MEASURES[measure].domain is Domain.BEHAVIOR:
            return self._incidents(measure, student)
        return self._marks(measure, student)

    # Attendance

    def days(self, student: str) -> tuple[set[dt.date], set[dt.date]]:
        """Days enrolled and days absent over all schools."""
        rows = self.this_year("attendance")
        calendar = self.this_year("calendar")
        member: set[dt.date] = set()
        whole: set[dt.date] = set()
        there: set[dt.date] = set()
        for school in {r["school_id"] for r in rows}:
            own = [
                r
                for r in rows
                if (r["school_id"], r["student_id"]) == (school, student)
            ]
            opened = {
                r["date"]
                for r in calendar
                if r["school_id"] == school and r["instructional"]
            }
            told = {r["date"] for r in own}
            days = opened
            if any(r["status"] == "present" for r in rows if r["school_id"] == school):
                has_calendar = any(r["school_id"] == school for r in calendar)
                days = told & opened if has_calendar else told
            days = {day for day in days if self._enrolled(student, school, day)}
            member |= days
            for row in own:
                if row["date"] in days:
                    (whole if missed(row) >= 1 else there).add(row["date"])
        return member, whole - there

    def why(self, student: str) -> dict[str, int]:
        """Days absent by reason, each day once."""
        _, absent = self.days(student)
        told: dict[dt.date, set[str]] = {day: set() for day in absent}
        for row in self.this_year("attendance"):
            if (
                row["student_id"] == student
                and row["date"] in absent
                and row["status"] != "present"
                and self._counts(row)
            ):
                told[row["date"]].add(row.get("reason") or "")
        order = ("medical", "excused", "unexcused", "out_of_school_suspension")
        counts = dict.fromkeys(order, 0)
        for reasons in told.values():
            first = next((one for one in order if one in reasons), None)
            if first:
                counts[first] += 1
        return counts

    def _counts(self, row: Row) -> bool:
        """Whether the row's school counts the day for the student."""
        school, student = row["school_id"], row["student_id"]
        only = {
            **self.tables,
            "enrollments": [
                r for r in self.rows("enrollments") if r["school_id"] == school
            ],
        }
        return row["date"] in Judge(only, self.as_of).days(student)[0]

    def _enrolled(self, student: str, school: str, day: dt.date) -> bool:
        return any(
            row["entered_on"] <= day <= (row.get("left_on") or self.end)
            for row in self.rows("enrollments")
            if (row["student_id"], row["school_id"]) == (student, school)
            and row["school_year"] == self.year
        )

    def _days(self, measure: str, student: str) -> Known:  # noqa: PLR0911 - a table
        member, absent = self.days(student)
        if len(member) < self.minimum:
            return None
        if measure == "absent_share":
            return len(absent), len(member)
        if measure == "attended_share":
            return len(member - absent), len(member)
        if measure == "absences_year":
            return len(absent), None
        if measure == "absences_quarter":
            return len(self._last(absent, 63)), None
        if measure == "attended_share_45":
            recent = self._last(member, 45)
            if len(recent) < self.minimum:
                return None
            return len(recent - absent), len(recent)
        if not any(sum(self.why(one).values()) for one in self.students()):
            return None
        return self.why(student)["unexcused"], None

    def _last(self, days: set[dt.date], number: int) -> set[dt.date]:
        return {day for day in days if (self.as_of - day).days < number}

    # Behavior

    def _incidents(self, measure: str, student: str) -> Known:
        ever = [r for r in self.rows("incidents") if r["date"] <= self.as_of]
        now = self.this_year("incidents")
        if ever and not now:
            return None
        if measure == "state_offenses" and not self.state:
            return None
        acted = any(r.get("action") for r in now)
        if measure not in ("incidents", "state_offenses") and ever and not acted:
            return None
        own: dict[str, list[Row]] = {}
        for row in now:
            if row["student_id"] == student:
                own.setdefault(row["incident_id"], []).append(row)
        removed = ("out_of_school_suspension", "expulsion")
        serious = [
            any(
                r.get("action") in removed or self._code(r) in self.serious
                for r in rows
            )
            for rows in own.values()
        ]
        counts = {
            "incidents": len(own),
            "serious_incidents": sum(serious),
            "minor_incidents": len(own) - sum(serious),
            "state_offenses": sum(
                any(self._code(r) in self.state for r in rows) for rows in own.values()
            ),
            "suspension_days": sum(
                1.0 if r.get("days_removed") is None else r["days_removed"]
                for rows in own.values()
                for r in rows
                if r.get("action") == "out_of_school_suspension"
            ),
        }
        return counts[measure], None

    @staticmethod
    def _code(row: Row) -> str:
        return (row.get("behavior") or "").strip().lower()

    # Courses

    def latest(self, student: str) -> list[tuple[Row, str]]:
        """Each section of this year with the latest mark known on the day."""
        sections = {
            r["section_id"]: r
            for r in self.rows("sections")
            if r["school_year"] == self.year
        }
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self.rows("marks"):
            known = row.get("posted_on") or self.end
            if (
                row["student_id"] == student
                and row["section_id"] in sections
                and known <= self.as_of
            ):
                mark = row["mark"].strip().upper()
                found.setdefault(row["section_id"], []).append(
                    (known, row["term"], mark)
                )
        return [(sections[key], max(marks)[2]) for key, marks in found.items()]

    def failing(self, mark: str) -> bool | None:
        if mark in LETTERS:
            return mark[0] == "F"
        number = numeric(mark)
        if number is not None:
            return None if self.passing is None else number < self.passing
        return False if mark in ("P", "PASS", "CR") else None

    def _marks(self, measure: str, student: str) -> Known:  # noqa: PLR0911
        latest = self.latest(student)
        judged = [(section, self.failing(mark)) for section, mark in latest]
        known = [(section, fail) for section, fail in judged if fail is not None]
        fails = sum(fail for _, fail in known)
        if measure == "gpa":
            points = [LETTERS[mark] for _, mark in latest if mark in LETTERS]
            mean = round(sum(points) / len(points), 3) if points else None
            return None if mean is None else (mean, None)
        if measure == "lowest_mark":
            numbers = [n for _, mark in latest if (n := numeric(mark)) is not None]
            return (min(numbers), None) if numbers else None
        if measure == "failing_any":
            return (fails, None) if known else None
        if measure == "failing_beside_two_ds":
            ds = sum(mark in ("D", "D+", "D-") for _, mark in latest)
            return (fails if ds >= 2 else 0, None) if known else None
        by = {
            subject: [fail for section, fail in known if section["subject"] == subject]
            for subject in ("ela", "math")
        }
        if measure != "failing_core":
            own = by[measure.removeprefix("failing_")]
            return (sum(own), None) if own else None
        total = sum(by["ela"]) + sum(by["math"])
        if total:
            return total, None
        settled = all(marks or self._spared(student, s) for s, marks in by.items())
        return (0, None) if settled and (by["ela"] or by["math"]) else None

    def _spared(self, student: str, subject: str) -> bool:
        """Whether it is known that the student does not take a subject today."""
        sections = {
            r["section_id"]: r["subject"]
            for r in self.rows("sections")
            if r["school_year"] == self.year
        }
        takes = [
            sections[row["section_id"]]
            for row in self.rows("rosters")
            if row["student_id"] == student
            and row["section_id"] in sections
            and (row.get("started_on") or self.first) <= self.as_of
            and (row.get("ended_on") or self.as_of) >= self.as_of
        ]
        return bool(takes) and None not in takes and subject not in takes


def missed(row: Row) -> float:
    """How much of a day a row says was missed."""
    if row["status"] == "present" or row.get("reason") == "in_school_suspension":
        return 0.0
    portion = row.get("portion_absent")
    if row["status"] == "absent":
        return 1.0 if portion is None else portion
    return portion or 0.0


def numeric(mark: str) -> float | None:
    """A mark as a number out of 100."""
    try:
        number = float(mark)
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None
