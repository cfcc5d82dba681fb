"""What a review may know of single students: arrays without names or student ids.

Shares and totals by school cannot tell what alike students receive in different
schools; these arrays can. They stay in memory: whatever is said of them passes the
same rules of small numbers as every other fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StudentOutcomes:
    """One indicator's outcomes: one row a student and school year.

    `happened` is the indicator's yes or no, exactly as its facts count it at the
    district. `score` is the scale score of a test, standardised within grade and year
    on all students of the district (mean 0, standard deviation 1); nan where the
    indicator has no score or the student has none. `share_absent` is the share of
    days a student missed; nan for other indicators. `prior` is what the student
    brought, in the same unit: for tests the mean of the standardised scores (both
    subjects, where there are two) of the latest earlier year; for absence the share
    missed in the latest earlier year *at another school*, since what was missed at
    this school is this school's outcome too. nan where there is none.

    `school` numbers `schools` (-1: no school is known), the one where the student was
    a member for most days. `grade` and every array of `groups` number the
    vocabulary's groups of that family (-1: in none).
    """

    indicator: str
    good: str  # up | down
    school_year: Ints
    school: Ints
    schools: tuple[str, ...]
    grade: Ints
    happened: Flags
    score: Floats
    share_absent: Floats
    prior: Floats
    groups: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.school_year)

    @property
    def has_scores(self) -> bool:
        """Whether the outcome is a test with scale scores."""
        return bool(np.isfinite(self.score).any())

    @property
    def years(self) -> tuple[int, ...]:
        """The school years there are, the earliest first."""
        return tuple(int(year) for year in np.unique(self.school_year))
