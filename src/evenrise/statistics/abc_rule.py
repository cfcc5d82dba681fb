"""The ABC rule: attendance, behavior, course performance (METHODS card 8).

Three-valued: what is not known stays unknown and is listed as "no data", never as "on
track". A flag says which day and which course; it is not a label on a child, and it is
never an input to discipline or placement.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


YES, NO, UNKNOWN = 1, 0, -1
Flags = NDArray[np.int8]  # YES, NO or UNKNOWN, one a student

ABSENT, SEVERELY_ABSENT = 0.10, 0.20
SUSPENDED_DAYS, MINOR, SERIOUS = 1, 2, 1


@dataclass(frozen=True, slots=True)
class AbcFlags:
    """Which of the three lines each student crossed; arrays of one entry a student."""

    attendance: Flags
    severe_attendance: Flags
    behavior: Flags
    course: Flags
    crossed: NDArray[np.int64]  # how many lines are known to be crossed
    known: NDArray[np.int64]  # of how many it is known
    any_flag: Flags


def abc_flags(
    *,
    absence_rate: ArrayLike,
    suspension_days: ArrayLike,
    minor_incidents: ArrayLike,
    failing_ela: ArrayLike,
    failing_math: ArrayLike,
    serious_incidents: ArrayLike | None = None,
) -> AbcFlags:
    """Flag absence of 10 % (severe: 20 %), behavior and failing courses.

    Behavior: a day of out-of-school suspension, two minor incidents or one serious.
    Source: Balfanz, Herzog and Mac Iver 2007, Educational Psychologist 42:223; later
    practice by Frazelle and Nagel 2015. Local thresholds must be validated again.

    Args:
        absence_rate: share of days absent; nan where unknown, as everywhere here.
        suspension_days: days of out-of-school suspension.
        minor_incidents: how many.
        failing_ela: 1 or 0.
        failing_math: 1 or 0.
        serious_incidents: how many; None when they are not collected apart.
    """
    attendance = at_least(absence_rate, ABSENT)
    behavior = either(
        at_least(suspension_days, SUSPENDED_DAYS), at_least(minor_incidents, MINOR)
    )
    if serious_incidents is not None:
        behavior = either(behavior, at_least(serious_incidents, SERIOUS))
    course = either(at_least(failing_ela, 1), at_least(failing_math, 1))
    all_three = np.stack([attendance, behavior, course])
    return AbcFlags(
        attendance,
        at_least(absence_rate, SEVERELY_ABSENT),
        behavior,
        course,
        (all_three == YES).sum(axis=0),
        (all_three != UNKNOWN).sum(axis=0),
        either(either(attendance, behavior), course),
    )


def at_least(values: ArrayLike, line: float) -> Flags:
    """YES at or above the line, NO below it, UNKNOWN for nan."""
    given = np.asarray(values, dtype=np.float64)
    flags = np.where(given >= line, YES, NO)
    return np.where(np.isnan(given), UNKNOWN, flags).astype(np.int8)


def either(first: Flags, second: Flags) -> Flags:
    """YES if one is, NO if both are known not to be, otherwise UNKNOWN (Kleene)."""
    unknown = (first == UNKNOWN) | (second == UNKNOWN)
    return np.where(
        (first == YES) | (second == YES), YES, np.where(unknown, UNKNOWN, NO)
    ).astype(np.int8)
