"""Two schools side by side: intervals that may be compared by eye (card 3b).

Show bands, never ordinal ranks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class SchoolComparison:
    """Schools' effects with intervals whose overlap means "not told apart".

    Two intervals of a pair fail to overlap about 5 % of the time when the schools are
    alike. `expected_rank` runs from 1 (highest) and is never an integer for nothing:
    it says how uncertain an order would be. `reason` when there is no pair.
    """

    multiplier: float | None
    lower: Floats
    upper: Floats
    expected_rank: Floats
    pairs: int
    pairs_apart: int  # intervals do not overlap
    pairs_different: int  # one pair looked at alone
    pairs_different_adjusted: int  # looking at all pairs
    estimate: Floats
    se: Floats
    reason: Reason | None = None

    def chance_above(self, first: int, second: int) -> float:
        """The chance that one school lies above another (schools independent)."""
        spread = math.hypot(self.se[first], self.se[second])
        gap = self.estimate[first] - self.estimate[second]
        return float(special.ndtr(gap / spread))

    def pair(
        self, first: int, second: int, *, conf: float = CONFIDENCE
    ) -> tuple[float, float, float, float]:
        """Difference of two schools: value, standard error and limits."""
        spread = math.hypot(self.se[first], self.se[second])
        gap = float(self.estimate[first] - self.estimate[second])
        half = quantile(conf) * spread
        return gap, spread, gap - half, gap + half


def compare_schools(
    estimate: ArrayLike, se: ArrayLike, *, conf: float = CONFIDENCE
) -> SchoolComparison:
    """Overlap intervals, pairs told apart, and expected ranks.

    Interval estimate +- b se, b such that the mean over pairs of
    2 Phi(-b (s_i + s_j) / sqrt(s_i^2 + s_j^2)) is 1 - conf. Source: Goldstein and
    Healy 1995, JRSS A 158:175; expected rank by Laird and Louis 1989. Schools'
    covariance through the fixed part is small, and left out.

    Args:
        estimate: effects, shape (schools,).
        se: their standard deviations, above 0.
        conf: the confidence of a pair.

    Raises:
        ValueError: when the shapes differ or a spread is not above 0.
    """
    value = np.asarray(estimate, dtype=np.float64)
    spread = np.asarray(se, dtype=np.float64)
    if value.shape != spread.shape or value.ndim != 1 or not np.all(spread > 0):
        raise ValueError("Each school needs an effect and a spread above 0.")
    if value.size < 2:
        nothing = np.full(value.shape, np.nan)
        return SchoolComparison(
            None,
            nothing,
            nothing,
            nothing,
            0,
            0,
            0,
            0,
            value,
            spread,
            Reason.ONE_SCHOOL,
        )
    first, second = np.triu_indices(value.size, 1)
    both = np.hypot(spread[first], spread[second])
    b = _multiplier((spread[first] + spread[second]) / both, 1 - conf)
    gap = np.abs(value[first] - value[second])
    p = 2 * special.ndtr(-gap / both)
    return SchoolComparison(
        b,
        value - b * spread,
        value + b * spread,
        _expected_rank(value, spread),
        gap.size,
        int(np.sum(gap > b * (spread[first] + spread[second]))),
        int(np.sum(p < 1 - conf)),
        int(np.sum(benjamini_hochberg(p) < 1 - conf)),
        value,
        spread,
    )


def _multiplier(ratio: Floats, alpha: float) -> float:
    """B with mean(2 Phi(-b ratio)) = alpha, by bisection on a falling function."""
    low, high = 0.0, 10.0
    for _ in range(100):
        middle = (low + high) / 2
        if 2 * float(special.ndtr(-middle * ratio).mean()) > alpha:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _expected_rank(value: Floats, spread: Floats) -> Floats:
    """1 + the sum over other schools of the chance that they lie above."""
    rank = np.empty(value.size)
    for i in range(value.size):  # one row at a time: a square of schools is large
        above = special.ndtr((value - value[i]) / np.hypot(spread, spread[i]))
        rank[i] = 1 + above.sum() - above[i]
    return rank


def told_apart(comparison: SchoolComparison, school: int) -> NDArray[np.bool_]:
    """Which schools' intervals do not overlap with this school's."""
    return np.asarray(
        (comparison.lower > comparison.upper[school])
        | (comparison.upper < comparison.lower[school])
    )
