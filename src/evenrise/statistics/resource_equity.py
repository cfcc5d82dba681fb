"""Is spending equal for equals, and more where need is greater (METHODS card 13)?

Every student counts once: all measures are weighted by pupils. Use schools' actual
salaries, keep restricted funds apart, and below eight schools show a table, no slope.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.least_squares import least_squares
from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


ENOUGH = 8  # schools; below, a slope is not shown


@dataclass(frozen=True, slots=True)
class Horizontal:
    """Equal for equals: how spending differs between pupils."""

    mean: float
    median: float
    cv: float
    gini: float
    mcloone: float  # 1: everybody below the median has the median
    verstegen: float  # 1: nobody above the median has more
    range: float
    restricted_range: float  # 95th less 5th percentile
    federal_range_ratio: float | None  # over the 5th percentile
    theil: float | None


@dataclass(frozen=True, slots=True)
class Vertical:
    """More where need is greater; None where need or spending does not vary.

    `slope` is dollars for a pupil by unit of need; `log_slope` the same as a share of
    spending. `concentration` above 0 is progressive. `enough` is false below eight
    schools: then a table, no slope.
    """

    slope: float | None
    slope_se: float | None  # HC1
    log_slope: float | None
    correlation: float | None
    concentration: float | None
    high_to_low: float | None  # spending of the quarter with most need over the least
    enough: bool
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ResourceEquity:
    """Both questions; `reason` says why there is no answer."""

    horizontal: Horizontal | None
    vertical: Vertical | None
    reason: Reason | None = None


def resource_equity(
    spending: ArrayLike, pupils: ArrayLike, need: ArrayLike | None = None
) -> ResourceEquity:
    """Spending for a pupil, by school or district.

    Sources: Berne and Stiefel 1984; McLoone; Verstegen 1996; Kakwani, Wagstaff and van
    Doorslaer 1997 (concentration).

    Args:
        spending: dollars for a pupil, shape (schools,).
        pupils: students; a school with none is left out.
        need: the share of students with need.

    Raises:
        ValueError: when the shapes differ or a number is negative.
    """
    x, w = np.asarray(spending, np.float64), np.asarray(pupils, np.float64)
    if x.shape != w.shape or np.any(x < 0) or np.any(w < 0):
        raise ValueError("Each school needs spending and pupils, none below 0.")
    some = w > 0
    if not some.any():
        return ResourceEquity(None, None, Reason.NO_STUDENTS)
    x, w = x[some], w[some]
    if float(w @ x) == 0:
        return ResourceEquity(None, None, Reason.NO_VARIATION)
    wanted = None if need is None else np.asarray(need, np.float64)[some]
    return ResourceEquity(
        _horizontal(x, w), None if wanted is None else _vertical(x, w, wanted)
    )


def weighted_percentile(x: ArrayLike, pupils: ArrayLike, p: float) -> float:
    """The smallest x with a cumulative share of pupils of p or more.

    Raises:
        ValueError: when there are no pupils.
    """
    values, w = np.asarray(x, np.float64), np.asarray(pupils, np.float64)
    if not w.sum() > 0:
        raise ValueError("A percentile needs pupils.")
    order = np.argsort(values, kind="stable")
    share = np.cumsum(w[order]) / w.sum()
    # Shares that meet p but for rounding meet it.
    return float(values[order][np.searchsorted(share, p - 1e-12)])


def _horizontal(x: Floats, w: Floats) -> Horizontal:
    share = w / w.sum()
    mean = float(share @ x)
    median, low, high = (weighted_percentile(x, w, p) for p in (0.5, 0.05, 0.95))
    spread = float(np.sqrt(share @ (x - mean) ** 2))
    below, above = x <= median, x >= median
    positive = bool(np.all(x > 0))
    return Horizontal(
        mean,
        median,
        spread / mean,
        _gini(x, share, mean),
        float(w[below] @ x[below] / (median * w[below].sum())) if median else 1.0,
        float(w[above] @ x[above] / (median * w[above].sum())) if median else 1.0,
        float(x.max() - x.min()),
        high - low,
        (high - low) / low if low > 0 else None,
        float(share @ (x / mean * np.log(x / mean))) if positive else None,
    )


def _gini(x: Floats, share: Floats, mean: float) -> float:
    """Mean difference of two pupils over twice the mean, by sorting."""
    order = np.argsort(x, kind="stable")
    rank = np.cumsum(share[order]) - share[order] / 2
    return float(2 * (share[order] * x[order]) @ rank / mean - 1)


def _vertical(x: Floats, w: Floats, need: Floats) -> Vertical:
    share = w / w.sum()
    enough = x.size >= ENOUGH
    if x.size < 3 or np.ptp(need) == 0:
        reason = Reason.TOO_FEW if x.size < 3 else Reason.NO_VARIATION
        return Vertical(*(None,) * 6, enough=enough, reason=reason)
    if np.ptp(x) == 0:
        return Vertical(*(None,) * 6, enough=enough, reason=Reason.NO_VARIATION)
    design = np.column_stack([np.ones(x.size), need])
    line = least_squares(("one", "need"), design, x, w)
    if isinstance(line, Reason):
        return Vertical(*(None,) * 6, enough=enough, reason=line)
    curve = (
        least_squares(("one", "need"), design, np.log(x), w)
        if np.all(x > 0)
        else Reason.NOT_APPLICABLE
    )
    mean, center = float(share @ x), float(share @ need)
    cov = float(share @ ((x - mean) * (need - center)))
    spread = float(share @ (x - mean) ** 2) * float(share @ (need - center) ** 2)
    return Vertical(
        float(line.beta[1]),
        float(np.sqrt(line.hc1()[1, 1])),
        None if isinstance(curve, Reason) else float(curve.beta[1]),
        cov / float(np.sqrt(spread)),
        _concentration(x, share, need, mean),
        _high_to_low(x, w, need),
        enough,
    )


def _concentration(x: Floats, share: Floats, need: Floats, mean: float) -> float:
    """2 cov(x, rank of need) / mean; schools of equal need share one rank."""
    _, code = np.unique(need, return_inverse=True)
    size = np.bincount(code, weights=share)
    rank = (np.cumsum(size) - size / 2)[code]
    return 2 * float(share @ ((x - mean) * (rank - 0.5))) / mean


def _high_to_low(x: Floats, w: Floats, need: Floats) -> float | None:
    low, high = (weighted_percentile(need, w, p) for p in (0.25, 0.75))
    bottom, top = need <= low, need >= high
    least = float(w[bottom] @ x[bottom] / w[bottom].sum())
    return float(w[top] @ x[top] / w[top].sum()) / least if least > 0 else None
