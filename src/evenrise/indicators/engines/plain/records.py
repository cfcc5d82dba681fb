"""Records as lists of plain rows, with spells, schools and grades worked out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.tables import COLUMNS
from evenrise.vocabulary.school_year import SchoolYear


class Place(NamedTuple):
    """One row of a student-year table: whose, when and where."""

    school_year: int
    level: str
    organization_id: str
    student_id: str


StudentYears = dict[Place, dict[str, float | int | None]]


@dataclass(frozen=True)
class Spell:
    """One spell of enrollment, clipped to its school year and the day of asking."""

    student_id: str
    school_id: str
    school_year: int
    grade: str
    first_day: dt.date
    last_day: dt.date


class Records:
    """The tables of a snapshot, read whole into memory."""

    def __init__(self, question: Question) -> None:
        self.as_of = question.as_of
        self.default_district = question.district_id
        self.tables = {name: _read(question, name) for name in COLUMNS}
        self.has = question.tables.has
        self._districts: dict[str, str] = {
            row["school_id"]: row["district_id"]
            for row in self.tables["schools"]
            if row["district_id"]
        }
        self.spells = list(self._spells())
        self.sections = {row["section_id"]: row for row in self.tables["sections"]}

    def district_of(self, school_id: str | None) -> str:
        """The district of a school; the default where nobody says."""
        return self._districts.get(school_id or "", self.default_district)

    def places(
        self, school_year: int, student_id: str, school_id: str | None
    ) -> list[Place]:
        """Where something at a school counts: the school, and its district."""
        district = self.district_of(school_id)
        found = [Place(school_year, "district", district, student_id)]
        if school_id:
            found.append(Place(school_year, "school", school_id, student_id))
        return found

    def enrolled(self) -> set[Place]:
        """Every place where a student was a member for at least one day."""
        return {
            place
            for spell in self.spells
            for place in self.places(
                spell.school_year, spell.student_id, spell.school_id
            )
        }

    def grades(self) -> dict[tuple[str, int], str]:
        """The grade of a student's latest spell in a school year."""
        latest: dict[tuple[str, int], Spell] = {}
        by_school = sorted(self.spells, key=lambda s: (s.school_id, s.grade))
        for spell in by_school:
            key = spell.student_id, spell.school_year
            last = latest.get(key)
            if last is None or (spell.first_day, spell.last_day) > (
                last.first_day,
                last.last_day,
            ):
                latest[key] = spell
        return {key: spell.grade for key, spell in latest.items()}

    def _spells(self) -> list[Spell]:
        found = []
        for row in self.tables["enrollments"]:
            year = SchoolYear(row["school_year"])
            last = min(row["left_on"] or year.last_day, year.last_day, self.as_of)
            first = max(row["entered_on"] or year.first_day, year.first_day)
            if first <= last:
                found.append(
                    Spell(
                        row["student_id"],
                        row["school_id"] or "",
                        year.spring,
                        row["grade"],
                        first,
                        last,
                    )
                )
        return found


def _read(question: Question, name: str) -> list[dict[str, Any]]:
    if not question.tables.has(name):
        return []
    return [
        row
        for part in question.tables.parts(name)
        for row in pq.ParquetFile(part).read(columns=list(COLUMNS[name])).to_pylist()
    ]


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every day from the first to the last, both included."""
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
