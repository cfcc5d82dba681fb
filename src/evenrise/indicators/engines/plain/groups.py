"""The groups a student belongs to, by name: the judge of `sql/memberships.sql`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from evenrise.indicators.engines.plain.records import Records
from evenrise.indicators.student_years import Interval
from evenrise.vocabulary.grades import GRADES
from evenrise.vocabulary.school_year import SchoolYear


RACES = (
    "american_indian",
    "asian",
    "black",
    "filipino",
    "pacific_islander",
    "white",
)
GENDERS = {"F": "female", "M": "male", "X": "nonbinary"}
PROGRAMS = (
    "english_learner",
    "disability",
    "low_income",
    "foster",
    "homeless",
    "migrant",
)
LONG_TERM_YEARS = 6
NOT_REPORTED = "not_reported"


class Groups:
    """Answers which groups a student is in, in a school year."""

    def __init__(self, records: Records, interval: Interval) -> None:
        self.records = records
        self.years = 4 if interval is Interval.COHORT else 1
        self.students = {r["student_id"]: r for r in records.tables["students"]}
        self.programs: dict[str, list[dict[str, Any]]] = {}
        for row in records.tables["programs"]:
            self.programs.setdefault(row["student_id"], []).append(row)
        self.told = {row["program"] for row in records.tables["programs"]}
        self.grades = records.grades()

    def of(self, student_id: str, school_year: int) -> dict[str, list[str]]:
        """By family, the groups; families that are not collected are left out."""
        found: dict[str, list[str]] = {"all": ["all"]}
        if self.records.has("students"):
            person = self.students.get(student_id, {})
            found["race_ethnicity"] = [race_ethnicity(person)]
            found["race_any"] = race_any(person)
            found["gender"] = [GENDERS.get(person.get("gender") or "", NOT_REPORTED)]
        for program in PROGRAMS:
            if program in self.told:
                inside = self._in_program(student_id, school_year, program)
                found[program] = [program if inside else f"not_{program}"]
        if "english_learner" in self.told:
            found["language_status"] = [self._language(student_id, school_year)]
        if self.records.has("enrollments"):
            grade = self.grades.get((student_id, school_year))
            found["grade"] = [grade] if grade in GRADES else []
        return found

    def _window(self, school_year: int) -> tuple[dt.date, dt.date]:
        last = SchoolYear(school_year).last_day
        first = SchoolYear(school_year - self.years + 1).first_day
        return first, min(last, self.records.as_of)

    def _in_program(self, student_id: str, school_year: int, program: str) -> bool:
        first, last = self._window(school_year)
        for row in self.programs.get(student_id, []):
            if row["program"] != program:
                continue
            start = row["started_on"] or dt.date.min
            end = row["ended_on"] or dt.date.max
            if start <= end and start <= last and end >= first:
                return True
        return False

    def _language(self, student_id: str, school_year: int) -> str:
        _, last = self._window(school_year)
        rows = [
            row
            for row in self.programs.get(student_id, [])
            if (row["started_on"] or dt.date.min) <= last
        ]
        if self._in_program(student_id, school_year, "english_learner"):
            starts = [
                row["started_on"]
                for row in rows
                if row["program"] == "english_learner" and row["started_on"]
            ]
            long = bool(starts) and _years_on(min(starts), LONG_TERM_YEARS) <= last
            return "long_term_english_learner" if long else "english_learner_recent"
        if any(row["program"] == "reclassified" for row in rows):
            return "reclassified"
        return "never_english_learner"


def _years_on(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February: the anniversary is 1 March
        return dt.date(day.year + years, 3, 1)


def _races(person: dict[str, Any]) -> list[str]:
    listed = (person.get("race") or "").split(";")
    return [race for race in (*RACES, "other") if race in listed]


def race_ethnicity(person: dict[str, Any]) -> str:
    """The single-response rule: Hispanic first, then two or more, then the race."""
    races = _races(person)
    if person.get("hispanic"):
        return "hispanic"
    if len(races) > 1:
        return "two_or_more"
    if races:
        return races[0] if races[0] in RACES else NOT_REPORTED
    given = (person.get("race_ethnicity") or "").strip().lower()
    known = given in RACES or given in ("hispanic", "two_or_more")
    return given if known else NOT_REPORTED


def race_any(person: dict[str, Any]) -> list[str]:
    """The multi-response rule: every group that was reported."""
    races = _races(person)
    found = [race for race in races if race in RACES]
    if person.get("hispanic"):
        found.append("hispanic")
    if not races and not found:
        given = (person.get("race_ethnicity") or "").strip().lower()
        found = [given] if given in (*RACES, "hispanic") else []
    return found or [NOT_REPORTED]
