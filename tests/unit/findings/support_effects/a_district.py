"""A district drawn for supports that a rule assigns, and for those judged by marks.

Days missed and marks hang on a leaning of each student, so that who is past a line goes
on missing more than others, support or not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from evenrise.findings.support_effects.assemble import Given
from evenrise.findings.support_effects.effects import Assigned
from evenrise.indicators.flags.rules import RULE_SETS
from tests.support.tables import draw


STUDENTS = 4_000
AS_OF = dt.date(2026, 6, 30)
READ = 100  # the place in the calendar on which the line is read
LINE = next(
    line
    for line in RULE_SETS["abc"].lines
    if line.measure == "absent_share" and not line.severe
)
CODES = np.array([f"s{number:05}" for number in range(STUDENTS)])


def calendar() -> list[dt.date]:
    days = [dt.date(2025, 8, 18) + dt.timedelta(days=n) for n in range(300)]
    return [day for day in days if day.weekday() < 5][:180]


DAYS = calendar()
ASSIGNED = Assigned("check_in", LINE, DAYS[READ])


@dataclass(frozen=True)
class District:
    """Days missed by student and day, and who is past the line when it is read."""

    missed: np.ndarray

    @property
    def past(self) -> np.ndarray:
        # The day itself is known when the line is read on it.
        seen = self.missed[:, : READ + 1].sum(axis=1)
        return 10 * seen >= READ + 1

    def helped(self, who: np.ndarray, kept: float, seed: int = 8) -> District:
        """Some of the days missed after the reading are not missed any more."""
        rng = np.random.default_rng(seed)
        drop = rng.random(self.missed.shape) >= kept
        drop[:, : READ + 1] = False
        return District(self.missed & ~(drop & who[:, None]))

    def snapshot(self, folder, **more):
        student, day = np.nonzero(self.missed)
        return draw(
            folder,
            {
                "enrollments": [
                    {
                        "student_id": code,
                        "school_id": "AB"[place % 2],
                        "school_year": 2026,
                        "grade": f"{6 + place % 3:02}",
                        "entered_on": DAYS[0],
                    }
                    for place, code in enumerate(CODES)
                ],
                "calendar": [
                    {"school_id": school, "date": one, "instructional": True}
                    for school in "AB"
                    for one in DAYS
                ],
                "attendance": [
                    {
                        "student_id": CODES[one],
                        "school_id": "AB"[one % 2],
                        "date": DAYS[at],
                        "status": "absent",
                    }
                    for one, at in zip(student.tolist(), day.tolist(), strict=True)
                ],
                "assessments": [],
                **more,
            },
        )


def district(seed: int = 4) -> District:
    rng = np.random.default_rng(seed)
    leaning = rng.gamma(3.0, 0.03, STUDENTS).clip(0, 0.6)
    return District(rng.random((STUDENTS, len(DAYS))) < leaning[:, None])


def given_to(who: np.ndarray, support: str = "check_in", day: int = READ + 3) -> Given:
    codes = CODES[who]
    size = len(codes)
    return Given(
        codes,
        np.full(size, support),
        np.full(size, np.datetime64(DAYS[day])),
        np.full(size, 16),
        np.full(size, 13),
    )
