"""Do staff mirror the students they serve (METHODS card 11)?

By role, because aides often mirror and leaders do not. Staff groups of one to four in a
school identify people: district level and internal view only. No quota is implied.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scipy.stats import binomtest

from evenrise.statistics.rates import CONFIDENCE, wilson
from evenrise.vocabulary.estimates import Estimate, Reason


@dataclass(frozen=True, slots=True)
class MirrorRow:
    """One group: its share of staff beside its share of students.

    `ratio` carries Wilson's interval of the staff share over the student share (which
    is a fact, not an estimate). `shortfall` is how many people are missing, rounded up.
    """

    staff: int
    students: int
    staff_share: float | None
    student_share: float | None
    ratio: Estimate
    gap: float | None
    expected: float | None
    shortfall: int | None
    p: float | None  # exact binomial
    students_per_staff: float | None


@dataclass(frozen=True, slots=True)
class Mirror:
    """All groups, and how far the two mixes differ (0 alike, 1 apart)."""

    rows: tuple[MirrorRow, ...]
    dissimilarity: float | None
    reason: Reason | None = None


def staff_mirror(
    staff: Sequence[int], students: Sequence[int], *, conf: float = CONFIDENCE
) -> Mirror:
    """Compare staff with students, group by group.

    Args:
        staff: people of one role by group.
        students: students by group, in the same order.
        conf: the confidence of the intervals.

    Raises:
        ValueError: when the lengths differ or a count is negative.
    """
    if len(staff) != len(students) or any(n < 0 for n in (*staff, *students)):
        raise ValueError("Each group needs a count of staff and of students.")
    people, children = sum(staff), sum(students)
    rows = tuple(
        _row(int(s), int(t), int(people), int(children), conf)
        for s, t in zip(staff, students, strict=True)
    )
    if people == 0 or children == 0:
        return Mirror(rows, None, Reason.NO_STUDENTS)
    return Mirror(rows, sum(abs(row.gap or 0.0) for row in rows) / 2)


def _row(
    staff: int, students: int, people: int, children: int, conf: float
) -> MirrorRow:
    share = staff / people if people else None
    of_students = students / children if children else None
    per_staff = students / staff if staff else None
    if share is None or of_students is None:
        none = Estimate.unknown(Reason.NO_STUDENTS)
        return MirrorRow(
            staff, students, share, of_students, none, None, None, None, None, per_staff
        )
    exact = Fraction(people * students, children)
    return MirrorRow(
        staff,
        students,
        share,
        of_students,
        _ratio(staff, people, of_students, conf),
        share - of_students,
        float(exact),
        max(0, math.ceil(exact - staff)),
        _exact_p(staff, people, of_students),
        per_staff,
    )


def _exact_p(staff: int, people: int, of_students: float) -> float | None:
    """Two-sided exact binomial; None where the share leaves nothing to chance."""
    if of_students in (0.0, 1.0):
        return None
    return float(binomtest(staff, people, of_students).pvalue)


def _ratio(staff: int, people: int, of_students: float, conf: float) -> Estimate:
    if of_students == 0:
        return Estimate.unknown(Reason.NO_EVENTS_IN_REFERENCE, people)
    share = wilson(staff, people, conf=conf)
    if share.value is None or share.lower is None or share.upper is None:
        return share
    return Estimate(
        share.value / of_students,
        share.lower / of_students,
        share.upper / of_students,
        people,
    )
