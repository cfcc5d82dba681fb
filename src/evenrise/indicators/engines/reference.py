"""The judge: the same answers in slow plain Python, row by row.

It shares no SQL and no array with the engine that works, only the definitions. Tests
let both answer the same question; nobody should run it on a whole district.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import numpy as np

from evenrise.indicators.define import Indicator, pairs
from evenrise.indicators.engines.base import Answer, Cells, Question
from evenrise.indicators.engines.plain.attendance import attendance_year
from evenrise.indicators.engines.plain.feedback import (
    feedback_stretch_year,
    feedback_year,
)
from evenrise.indicators.engines.plain.groups import Groups
from evenrise.indicators.engines.plain.marks import (
    courses_year,
    marks_year,
    ninth_grade_year,
)
from evenrise.indicators.engines.plain.outcomes import (
    assessment_year,
    cohort_courses_year,
    cohort_year,
    discipline_year,
)
from evenrise.indicators.engines.plain.records import Place, Records, StudentYears
from evenrise.indicators.terms import work_out
from evenrise.vocabulary.groups import PAIR


TABLES: dict[str, Callable[[Records], StudentYears]] = {
    "attendance_year": attendance_year,
    "discipline_year": discipline_year,
    "marks_year": marks_year,
    "ninth_grade_year": ninth_grade_year,
    "cohort_year": cohort_year,
    "cohort_courses_year": cohort_courses_year,
    "assessment_year": assessment_year,
    "courses_year": courses_year,
    "feedback_year": feedback_year,
    "feedback_stretch_year": feedback_stretch_year,
}


class ReferenceEngine:
    """Answers from a snapshot's tables, slowly."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.records = Records(question)

    def missing(self, indicator: Indicator) -> str | None:
        """The first table, or `table.column`, that the indicator lacks here."""
        for need in indicator.all_needs:
            table, _, column = need.partition(".")
            if not self.question.tables.has(table):
                return table
            rows = self.records.tables[table]
            if column and rows and all(row[column] is None for row in rows):
                return need
        return None

    def answers(
        self, indicator: Indicator, thresholds: Mapping[str, float]
    ) -> list[Answer]:
        """Each counted student, sorted."""
        if indicator.student_year is None:
            raise ValueError(f"{indicator.key} is only published, never computed.")
        rows = TABLES[indicator.student_year.name](self.records)
        found = []
        for place, row in rows.items():
            part = _part(indicator, row, thresholds)
            if part is not None:
                found.append(Answer(*place, part, 1.0))
        return sorted(
            found,
            key=lambda a: (a.school_year, a.level, a.organization_id, a.student_id),
        )

    def cells(self, indicator: Indicator, thresholds: Mapping[str, float]) -> Cells:
        """The sums for every organization, family, group and pair."""
        groups = Groups(self.records, indicator.interval)
        sums: dict[tuple[int, str, str, str, str], list[float]] = defaultdict(
            lambda: [0.0, 0.0]
        )
        for answer in self.answers(indicator, thresholds):
            place = Place(
                answer.school_year,
                answer.level,
                answer.organization_id,
                answer.student_id,
            )
            for family, group in _groups(indicator, place, groups):
                total = sums[(*place[:3], family, group)]
                total[0] += answer.numerator
                total[1] += answer.denominator
        return _cells(sums)

    def close(self) -> None:
        """Let go of the records."""
        self.records.tables.clear()


def _part(
    indicator: Indicator,
    row: dict[str, float | int | None],
    thresholds: Mapping[str, float],
) -> float | None:
    """What a student-year adds to the numerator; None when it does not count."""
    if indicator.who_counts is None or indicator.counted is None:
        return None
    if work_out(indicator.who_counts, row, thresholds) is not True:
        return None
    part = work_out(indicator.counted, row, thresholds)
    if indicator.counted.is_condition:
        return 1.0 if part is True else 0.0
    return None if part is None else float(part)


def _groups(
    indicator: Indicator, place: Place, groups: Groups
) -> list[tuple[str, str]]:
    """Every family and group, and pair at the district, that the student counts in."""
    own = {
        family: found
        for family, found in groups.of(place.student_id, place.school_year).items()
        if family in indicator.families
    }
    single = [(family, group) for family, found in own.items() for group in found]
    if place.level != "district":
        return single
    both = [
        (f"{a}{PAIR}{b}", f"{group_a}{PAIR}{group_b}")
        for a, b in pairs(indicator.families)
        for group_a in own.get(a, [])
        for group_b in own.get(b, [])
    ]
    return single + both


def _cells(sums: Mapping[tuple[int, str, str, str, str], list[float]]) -> Cells:
    organizations = sorted({key[1:3] for key in sums})
    groups = sorted({key[3:] for key in sums})
    return Cells(
        np.array([key[0] for key in sums], dtype=np.int64),
        np.array([organizations.index(key[1:3]) for key in sums], dtype=np.int64),
        np.array([groups.index(key[3:]) for key in sums], dtype=np.int64),
        np.array([total[0] for total in sums.values()], dtype=np.float64),
        np.array([total[1] for total in sums.values()], dtype=np.float64),
        tuple(organizations),
        tuple(groups),
    )
