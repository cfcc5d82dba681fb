"""Many differences of two means at once, with unequal spreads (Welch).

Where the unit is a day or a week of a school, not a student: students of one day share
its weather and its bus.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenrise.statistics.rates import CONFIDENCE, Floats


FEWEST = 3  # units on each side; below it nothing is said


@dataclass(frozen=True, slots=True)
class Means:
    """Sums of many groups of units, from which means and spreads follow.

    Equally long arrays: how many units, their sum, and the sum of their squares.
    """

    n: Floats
    total: Floats
    squares: Floats

    @classmethod
    def of(cls, group: ArrayLike, values: ArrayLike, groups: int) -> Means:
        """From one group number and one value a unit."""
        at, value = np.asarray(group), np.asarray(values, dtype=np.float64)
        return cls(
            np.bincount(at, minlength=groups).astype(np.float64),
            np.bincount(at, weights=value, minlength=groups).astype(np.float64),
            np.bincount(at, weights=value * value, minlength=groups).astype(np.float64),
        )

    def without(self, part: Means) -> Means:
        """The same units without those of a part."""
        return Means(
            self.n - part.n, self.total - part.total, self.squares - part.squares
        )

    def at(self, places: ArrayLike) -> Means:
        """Some of the groups, in an order."""
        rows = np.asarray(places)
        return Means(self.n[rows], self.total[rows], self.squares[rows])

    @property
    def mean(self) -> Floats:
        """The means; nan without units."""
        return self.total / np.where(self.n > 0, self.n, np.nan)

    @property
    def error_squared(self) -> Floats:
        """Squared standard errors of the means; nan below two units."""
        n = np.where(self.n > 1, self.n, np.nan)
        spread = np.maximum(self.squares - self.total * self.total / n, 0.0) / (n - 1)
        return np.asarray(spread / n, dtype=np.float64)


def welch(
    first: Means, second: Means, *, conf: float = CONFIDENCE
) -> tuple[Floats, Floats, Floats, Floats]:
    """Differences first minus second, their limits, and two-sided p-values.

    nan with fewer than FEWEST units on a side. Where no unit differs from another on
    either side there is no spread to judge by, and p is 1 or nan: nan where the means
    differ. Source: Welch 1947, Biometrika 34:28; Satterthwaite's degrees of freedom.
    """
    a, b = first.error_squared, second.error_squared
    enough = (first.n >= FEWEST) & (second.n >= FEWEST)
    gap = np.where(enough, first.mean - second.mean, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(a + b)
        freedom = (a + b) ** 2 / (a * a / (first.n - 1) + b * b / (second.n - 1))
        t = np.where(gap == 0, 0.0, gap / np.where(error > 0, error, np.nan))
        freedom = np.where(np.isfinite(freedom), freedom, 1.0)
        p = 2 * special.stdtr(freedom, -np.abs(t))
        half = special.stdtrit(freedom, 0.5 + conf / 2) * error
    return gap, gap - half, gap + half, np.where(np.isnan(gap), np.nan, p)
