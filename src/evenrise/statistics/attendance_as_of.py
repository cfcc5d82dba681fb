"""One student's attendance as it was known on a day (METHODS card 8).

The definition in sets of dates, for one student: the judge of the engines, which count
all students at once. Nothing recorded later may change a past list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from evenrise.vocabulary.estimates import Reason


MIN_DAYS_CALIFORNIA = 31  # expected to attend more than 30 days
Spell = tuple[dt.date, dt.date | None]  # first and last day enrolled; None: still
Absence = tuple[dt.date, dt.date]  # the day, and the day it was recorded


@dataclass(frozen=True, slots=True)
class Attendance:
    """Days enrolled and absent up to a day, and whether they are chronic absence.

    `rate` is None before the first school day enrolled; `chronic` is None for a
    student enrolled for fewer than the minimum days. `not_enrolled` counts absences on
    days outside every spell or calendar: ignored, and worth a question.
    """

    days_enrolled: int
    days_absent: int
    rate: float | None
    eligible: bool
    chronic: bool | None
    not_enrolled: int
    reason: Reason | None = None


def attendance_as_of(
    school_days: Iterable[dt.date],
    spells: Iterable[Spell],
    absences: Iterable[Absence],
    as_of: dt.date,
    *,
    min_days: int = MIN_DAYS_CALIFORNIA,
) -> Attendance:
    """Count school days inside any spell, and distinct absences recorded in time.

    Chronic: absent on 10 % of days or more, in whole numbers (10 * absent >=
    enrolled). Source: California Education Code 60901(c)(1); EDFacts FS195.

    Args:
        school_days: days on which school was taught.
        spells: enrolments; overlapping ones count a day once.
        absences: days absent and when each was recorded.
        as_of: the day of the list.
        min_days: days enrolled from which a student is eligible.
    """
    ended = [(first, last or as_of) for first, last in spells]
    enrolled = {
        day
        for day in school_days
        if day <= as_of and any(first <= day <= last for first, last in ended)
    }
    known = {day for day, recorded in absences if max(day, recorded) <= as_of}
    absent = len(known & enrolled)
    days = len(enrolled)
    eligible = days >= min_days
    return Attendance(
        days,
        absent,
        float(Fraction(absent, days)) if days else None,
        eligible,
        10 * absent >= days if eligible else None,
        len(known - enrolled),
        None if days else Reason.NO_STUDENTS,
    )
