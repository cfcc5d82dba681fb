"""Invented records: few students who move, overlap, vanish and come back.

Hypothesis draws which tables there are, how dense they are, and a seed; the rows
follow from the seed, dense enough that odd cases meet each other.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st


Row = dict[str, Any]
STUDENTS = ("s1", "s2", "s3", "s4", "s5")
SCHOOLS = ("A", "B", "C")
YEARS = (2025, 2026)
DAYS = (
    *(dt.date(2025, 9, day) for day in range(1, 9)),
    *(dt.date(2025, 10, day) for day in (1, 20, 31)),
    *(dt.date(2025, 11, day) for day in (3, 17, 30)),
    dt.date(2025, 8, 31),
    dt.date(2026, 6, 30),
    dt.date(2026, 5, 31),
    dt.date(2025, 7, 1),
    dt.date(2025, 6, 30),
    dt.date(2025, 3, 3),
    dt.date(2024, 10, 7),
)
RACES = (
    "american_indian",
    "asian",
    "black",
    "filipino",
    "pacific_islander",
    "white",
    "other",
)
PROGRAMS = ("english_learner", "reclassified", "disability", "low_income", "gifted")
LETTERS = ("A", "b-", "C+", "D", "F", " F ", "P", "71", "D-", "E")
SUBJECTS = ("ela", "math", "science", "pe", "ethnic_studies", None)
TABLES = (
    "schools",
    "students",
    "enrollments",
    "programs",
    "calendar",
    "attendance",
    "incidents",
    "sections",
    "rosters",
    "marks",
    "assignments",
    "scores",
    "assessments",
    "completions",
)


class Inventor:
    """Invents one small district from a seed."""

    def __init__(self, seed: int, density: float) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a game of dice, no secret
        self.density = density

    def invent(self) -> dict[str, list[Row]]:
        """All the tables."""
        return {name: getattr(self, name)() for name in TABLES}

    def often(self) -> bool:
        return self.chance.random() < self.density

    def one(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def day(self) -> dt.date:
        return self.chance.choice(DAYS)

    def number(self, most: int) -> range:
        return range(self.chance.randint(0, most))

    def schools(self) -> list[Row]:
        return [
            {"school_id": school, "district_id": self.one(None, "D1", "D2")}
            for school in SCHOOLS
            if self.often()
        ]

    def students(self) -> list[Row]:
        return [
            {
                "student_id": student,
                "gender": self.one("F", "M", "X", None),
                "hispanic": self.one(True, False, False, None),
                "race": ";".join(self.chance.sample(RACES, self.one(0, 1, 1, 2)))
                or None,
                "race_ethnicity": self.one(
                    None, "White ", "two_or_more", "hispanic", "unknown"
                ),
            }
            for student in STUDENTS
            if self.often()
        ]

    def enrollments(self) -> list[Row]:
        return [
            {
                "student_id": student,
                "school_id": self.one(*SCHOOLS),
                "school_year": year,
                "grade": self.one("TK", "KG", "05", "09", "09", "10", "12"),
                "entered_on": self.one(self.day(), dt.date(year - 1, 8, 1)),
                "left_on": self.one(self.day(), None, None),
            }
            for student in STUDENTS
            for year in YEARS
            for _ in self.number(3)
        ]

    def programs(self) -> list[Row]:
        first_days = (dt.date(2019, 7, 1), dt.date(2020, 6, 1), dt.date(2020, 6, 2))
        return [
            {
                "student_id": student,
                "program": self.one(*PROGRAMS),
                "started_on": self.one(None, self.day(), *first_days),
                "ended_on": self.one(None, None, self.day(), dt.date(2022, 5, 5)),
            }
            for student in STUDENTS
            for _ in self.number(3)
        ]

    def calendar(self) -> list[Row]:
        return [
            {"school_id": school, "date": day, "instructional": self.often()}
            for school in SCHOOLS
            if self.often()
            for day in DAYS
            if self.often()
        ]

    def attendance(self) -> list[Row]:
        every_day = {school: self.often() for school in SCHOOLS}
        return [
            {
                "student_id": student,
                "school_id": school,
                "date": day,
                "status": self.one(
                    "absent", "tardy", "partial", *["present"] * 2 * every_day[school]
                ),
                "portion_absent": self.one(None, None, 0.0, 0.25, 0.5, 0.75, 1.0),
                "reason": self.one(None, "excused", "in_school_suspension"),
            }
            for student in STUDENTS
            for school in SCHOOLS
            for day in (*DAYS, *DAYS[:4])
            if self.often()
        ]

    def incidents(self) -> list[Row]:
        return [
            {
                "incident_id": f"i{self.chance.randint(1, 6)}",
                "student_id": student,
                "school_id": self.one(*SCHOOLS),
                "date": self.day(),
                "action": self.one(
                    None,
                    "none",
                    "restorative",
                    "in_school_suspension",
                    "out_of_school_suspension",
                    "expulsion",
                ),
                "days_removed": self.one(None, 0.5, 1.0, 3.0),
            }
            for student in STUDENTS
            for _ in self.number(3)
        ]

    def sections(self) -> list[Row]:
        return [
            {
                "section_id": f"c{place}",
                "school_id": self.one(*SCHOOLS),
                "school_year": self.one(*YEARS),
                "subject": self.one(*SUBJECTS),
                "level": self.one("regular", "honors", "ap", "ib", "dual", None),
            }
            for place in range(8)
        ]

    def rosters(self) -> list[Row]:
        return [
            {
                "section_id": f"c{place}",
                "student_id": student,
                "started_on": self.one(None, self.day()),
                "ended_on": self.one(None, None, self.day()),
            }
            for student in STUDENTS
            for place in range(9)
            if self.often()
        ]

    def marks(self) -> list[Row]:
        return [
            {
                "student_id": student,
                "section_id": f"c{place}",
                "term": term,
                "mark": self.one(*LETTERS),
                "credits_attempted": self.one(None, 0.0, 5.0, 5.0),
                "credits_earned": self.one(None, 0.0, 5.0, 5.0),
                "posted_on": self.one(None, self.day()),
            }
            for student in STUDENTS
            for place in range(9)
            for term in ("S1", "S2")
            if self.often()
        ]

    def assignments(self) -> list[Row]:
        return [
            {
                "assignment_id": f"w{place}",
                "section_id": f"c{place % 8}",
                "due_on": self.one(None, self.day(), self.day(), self.day()),
            }
            for place in range(24)
        ]

    def scores(self) -> list[Row]:
        return [
            {
                "assignment_id": f"w{place}",
                "student_id": student,
                "score": self.one(None, 7.5),
                "status": self.one(None, "scored", "scored", "missing", "exempt"),
                "scored_on": self.one(None, self.day(), self.day()),
                "has_comment": self.one(None, False, True),
            }
            for student in STUDENTS
            for place in range(25)
            if self.often()
        ]

    def assessments(self) -> list[Row]:
        return [
            {
                "student_id": student,
                "assessment": self.one("CAASPP", "sbac", "iready", "map"),
                "subject": self.one("ELA", "math", "Mathematics", "science"),
                "taken_on": self.day(),
                "level": self.one(None, 1, 2, 3, 4),
                "met_standard": self.one(None, None, True, False),
            }
            for student in STUDENTS
            for _ in self.number(5)
        ]

    def completions(self) -> list[Row]:
        return [
            {
                "student_id": student,
                "cohort_year": year,
                "school_id": self.one(None, *SCHOOLS),
                "outcome": self.one(
                    "graduated",
                    "graduated",
                    "dropped_out",
                    "still_enrolled",
                    "other_completer",
                    "transferred_out",
                    "deceased",
                ),
                "completed_a_g": self.one(None, True, False),
            }
            for student in STUDENTS
            for year in YEARS
            if self.often()
        ]


@dataclass(frozen=True)
class Invented:
    """What Hypothesis draws; says itself in one short line when a test fails."""

    seed: int
    density: float
    missing: frozenset[str]
    empty: frozenset[str]

    def tables(self) -> dict[str, list[Row]]:
        """The tables of the district; each may be missing, or empty."""
        return {
            name: [] if name in self.empty else rows
            for name, rows in Inventor(self.seed, self.density).invent().items()
            if name not in self.missing
        }


def invented() -> st.SearchStrategy[Invented]:
    """Small districts."""
    return st.builds(
        Invented,
        seed=st.integers(0, 2**32),
        density=st.sampled_from([0.35, 0.6, 0.9]),
        missing=st.frozensets(st.sampled_from(TABLES), max_size=2),
        empty=st.frozensets(st.sampled_from(TABLES), max_size=1),
    )
