"""Where a line of yearly figures leads, and how far off it may be.

A straight line through the years, weighted by how sure each year is, with the
interval of a *new* year (a prediction interval: the line's own doubt and the doubt of
the year to come). NumPy and `scipy.special`; the tests check it against statsmodels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evenrise.statistics.rates import CONFIDENCE
from evenrise.vocabulary.estimates import Estimate, Reason


LEAST_POINTS = 4


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year and its sampling variance (p(1 - p) / n for a share)."""

    year: int
    value: float
    variance: float
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which values a figure can lie: a share 0 to 1, a gap -1 to 1."""

    low: float = 0.0
    high: float = 1.0


SHARE = Limits()
GAP = Limits(-1.0, 1.0)


def forecast(
    points: Sequence[Point],
    year: int,
    limits: Limits = SHARE,
    *,
    conf: float = CONFIDENCE,
) -> Estimate:
    """The figure of a coming year if all goes on as it went.

    Weighted least squares, weights 1 / variance. The dispersion is estimated from the
    residuals but is never taken below 1: chance alone moves a share that much. The
    interval is value +- t(n - 2) sqrt(phi (x' (X'WX)^-1 x + variance of the new year)),
    the new year being as sure as the latest one. Source: Draper and Smith 1998,
    Applied Regression Analysis, 3rd ed., sections 3.1 and 9.2.

    It cannot be said below `LEAST_POINTS` years, nor farther ahead than the years
    looked at reach back.

    Args:
        points: the known years, in any order; a year that is missing is left out.
        year: the year to come.
        limits: the value and its interval are held between them.
        conf: the confidence of the interval.

    Returns:
        value, limits and the latest n; `too_few` where it cannot be said,
        `no_variation` where some variance is zero (nobody, or everybody).
    """
    ordered = sorted(points, key=lambda one: one.year)
    if len(ordered) < LEAST_POINTS:
        return Estimate.unknown(Reason.TOO_FEW)
    last = ordered[-1]
    if year <= last.year or year - last.year > last.year - ordered[0].year:
        return Estimate.unknown(Reason.TOO_FEW)
    if any(one.variance <= 0 for one in ordered):
        return Estimate.unknown(Reason.NO_VARIATION)
    years = np.array([float(one.year - last.year) for one in ordered])
    values = np.array([one.value for one in ordered])
    weights = np.array([1.0 / one.variance for one in ordered])
    design = np.column_stack([np.ones_like(years), years])
    inverse = np.linalg.inv(design.T @ (design * weights[:, None]))
    line = inverse @ (design.T @ (weights * values))
    left = values - design @ line
    free = len(ordered) - 2
    dispersion = max(1.0, float(weights @ left**2) / free)
    ahead = np.array([1.0, float(year - last.year)])
    value = float(ahead @ line)
    spread = dispersion * (float(ahead @ inverse @ ahead) + last.variance)
    half = float(special.stdtrit(free, 0.5 + conf / 2)) * spread**0.5
    # A line that leaves the possible keeps its doubt: it is moved, not cut to a point.
    middle = min(max(value, limits.low), limits.high)
    return Estimate(
        middle, max(middle - half, limits.low), min(middle + half, limits.high), last.n
    )
