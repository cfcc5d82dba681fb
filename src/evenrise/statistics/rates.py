"""Rates with their uncertainty: one rate, a difference, a ratio (METHODS 1a to 1c).

NumPy only: the review imports this module, so it must be light. The formulas are
checked against statsmodels and against R's numbers in the tests.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.vocabulary.estimates import Estimate, Reason


Floats = NDArray[np.float64]

CONFIDENCE = 0.95
# Below this count the log interval of a ratio is too narrow: use the score interval.
SMALL_COUNT = 5
_BISECTIONS = 200
_erfc = np.frompyfunc(math.erfc, 1, 1)


def quantile(conf: float = CONFIDENCE) -> float:
    """The standard normal quantile of a two-sided interval: 1.959964 for 0.95.

    Raises:
        ValueError: unless 0 < conf < 1.
    """
    if not 0 < conf < 1:
        raise ValueError(f"A confidence lies between 0 and 1; got {conf}.")
    return NormalDist().inv_cdf(0.5 + conf / 2)


def two_sided_p(z: ArrayLike) -> Floats:
    """The two-sided normal p-value of each z; nan stays nan."""
    scaled = np.abs(np.asarray(z, dtype=np.float64)) / math.sqrt(2)
    return np.asarray(_erfc(scaled), dtype=np.float64)


def wilson(x: float | None, n: float | None, *, conf: float = CONFIDENCE) -> Estimate:
    """A rate x / n with its Wilson score interval.

    The lower limit is exactly 0 when x = 0 and the upper exactly 1 when x = n.
    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857.

    Args:
        x: how many students; None when the count is hidden.
        n: out of how many.
        conf: the confidence of the interval.

    Raises:
        ValueError: when x lies outside 0 to n.
    """
    if x is None or n is None:
        return Estimate.unknown(Reason.SUPPRESSED)
    _check(x, n)
    if n == 0:
        return Estimate.unknown(Reason.NO_STUDENTS, 0)
    lower, upper = wilson_arrays(x, n, conf=conf)
    return Estimate(x / n, float(lower), float(upper), int(n))


def wilson_arrays(
    x: ArrayLike, n: ArrayLike, *, conf: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Wilson limits of many rates at once: (lower, upper), nan where n = 0.

    Args:
        x: counts, any shape.
        n: denominators, a shape that broadcasts with `x`.
        conf: the confidence of the intervals.
    """
    count, total = np.broadcast_arrays(
        np.asarray(x, dtype=np.float64), np.asarray(n, dtype=np.float64)
    )
    z2 = quantile(conf) ** 2
    some = np.where(total > 0, total, np.nan)
    rate = count / some
    scale = 1 + z2 / some
    centre = (rate + z2 / (2 * some)) / scale
    half = np.sqrt(z2 * (rate * (1 - rate) / some + z2 / (4 * some * some))) / scale
    # Rounding must not move a limit off its boundary.
    lower = np.where(count == 0, np.where(total > 0, 0.0, np.nan), centre - half)
    upper = np.where(count == total, np.where(total > 0, 1.0, np.nan), centre + half)
    return lower, upper


def difference(
    x1: float | None,
    n1: float | None,
    x2: float | None,
    n2: float | None,
    *,
    conf: float = CONFIDENCE,
) -> Estimate:
    """x1/n1 - x2/n2 with Newcombe's hybrid score interval (his method 10).

    Source: Newcombe 1998, Statistics in Medicine 17:873. Never a Wald interval.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    if x1 is None or n1 is None or x2 is None or n2 is None:
        return Estimate.unknown(Reason.SUPPRESSED)
    _check(x1, n1)
    _check(x2, n2)
    if n1 == 0 or n2 == 0:
        return Estimate.unknown(Reason.NO_STUDENTS, int(n1 + n2))
    lower, upper = difference_arrays(x1, n1, x2, n2, conf=conf)
    return Estimate(x1 / n1 - x2 / n2, float(lower), float(upper), int(n1 + n2))


def difference_arrays(
    x1: ArrayLike,
    n1: ArrayLike,
    x2: ArrayLike,
    n2: ArrayLike,
    *,
    conf: float = CONFIDENCE,
) -> tuple[Floats, Floats]:
    """Newcombe limits of many differences: (lower, upper), nan where an n is 0."""
    first, second = _rate(x1, n1), _rate(x2, n2)
    lower1, upper1 = wilson_arrays(x1, n1, conf=conf)
    lower2, upper2 = wilson_arrays(x2, n2, conf=conf)
    gap = first - second
    return (
        gap - np.hypot(first - lower1, upper2 - second),
        gap + np.hypot(upper1 - first, second - lower2),
    )


def difference_p(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike) -> Floats:
    """Two-sided p-values of no difference, for ordering and for many comparisons.

    The pooled score test with the factor (N - 1) / N: Campbell 2007, Statistics in
    Medicine 26:3661. Where nobody or everybody is counted in both groups there is no
    difference to doubt, and p is 1. nan where an n is 0.
    """
    count1, total1, count2, total2 = np.broadcast_arrays(
        *(np.asarray(part, dtype=np.float64) for part in (x1, n1, x2, n2))
    )
    gap = _rate(count1, total1) - _rate(count2, total2)
    everyone = total1 + total2
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (count1 + count2) / everyone
        spread = pooled * (1 - pooled) * (1 / total1 + 1 / total2)
        z = gap / np.sqrt(spread * everyone / (everyone - 1))
    return two_sided_p(np.where((gap == 0) & ~np.isnan(gap), 0.0, z))


def score_difference(
    x1: float, n1: float, x2: float, n2: float, *, conf: float = CONFIDENCE
) -> Estimate:
    """x1/n1 - x2/n2 with Miettinen and Nurminen's score interval.

    An alternative to Newcombe's. Source: Mee 1984, Biometrics 40:1175, with the
    factor N / (N - 1) of Miettinen and Nurminen 1985, Statistics in Medicine 4:213.
    The limits are where the score statistic of "the difference is d" meets the
    chi-squared quantile.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    _check(x1, n1)
    _check(x2, n2)
    if n1 == 0 or n2 == 0:
        return Estimate.unknown(Reason.NO_STUDENTS, int(n1 + n2))
    gap = x1 / n1 - x2 / n2
    limit = quantile(conf) ** 2
    lower, upper = (
        _bisect(lambda d: _score_of_difference((x1, n1, x2, n2), d) < limit, gap, edge)
        for edge in (-1.0, 1.0)
    )
    return Estimate(gap, lower, upper, int(n1 + n2))


def _score_of_difference(
    counts: tuple[float, float, float, float], gap: float
) -> float:
    """The chi-squared statistic for a supposed difference of rates."""
    x1, n1, x2, n2 = counts
    low, high = max(0.0, -gap), min(1.0, 1.0 - gap)

    def slope(p2: float) -> float:
        # The log likelihood's slope falls in p2: its zero is the maximum.
        p1 = p2 + gap
        up = (x1 / p1 if x1 else 0.0) + (x2 / p2 if x2 else 0.0)
        down = (n1 - x1) / (1 - p1) if x1 < n1 else 0.0
        return up - down - ((n2 - x2) / (1 - p2) if x2 < n2 else 0.0)

    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if slope(middle) > 0:
            low = middle
        else:
            high = middle
    p2 = (low + high) / 2
    p1 = p2 + gap
    spread = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
    spread *= (n1 + n2) / (n1 + n2 - 1)
    apart = x1 / n1 - x2 / n2 - gap
    if spread <= 0:
        return 0.0 if apart == 0 else math.inf
    return apart * apart / spread


def _bisect(inside: Callable[[float], bool], start: float, edge: float) -> float:
    """Where `inside` ends between `start` (inside) and `edge` (the edge if never)."""
    # At the very edge the statistic is 0 / 0: come up to it, not onto it.
    near, far = start, edge * (1 - 1e-12)
    if (abs(start) >= abs(far) and start * edge > 0) or inside(far):
        return edge
    for _ in range(_BISECTIONS):
        middle = (near + far) / 2
        if middle in (near, far):
            break
        if inside(middle):
            near = middle
        else:
            far = middle
    return (near + far) / 2


def risk_ratio(
    x1: float | None,
    n1: float | None,
    x2: float | None,
    n2: float | None,
    *,
    conf: float = CONFIDENCE,
) -> Estimate:
    """(x1/n1) / (x2/n2) with the interval that suits the counts.

    Katz's log interval, or Koopman's score interval where a count is below
    `SMALL_COUNT`. No events in the comparison group: no ratio, and the lower score
    limit alone; the difference can still be shown.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    if x1 is None or n1 is None or x2 is None or n2 is None:
        return Estimate.unknown(Reason.SUPPRESSED)
    small = min(x1, x2) < SMALL_COUNT
    return (koopman if small else katz)(x1, n1, x2, n2, conf=conf)


def katz(
    x1: float, n1: float, x2: float, n2: float, *, conf: float = CONFIDENCE
) -> Estimate:
    """A ratio of rates with Katz's log interval; no interval for a ratio of 0.

    Source: Katz et al. 1978, Biometrics 34:469.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    reason = _no_ratio(x1, n1, x2, n2)
    if reason is not None:
        return Estimate.unknown(reason, int(n1 + n2))
    ratio = (x1 / n1) / (x2 / n2)
    if x1 == 0:
        return Estimate(0.0, n=int(n1 + n2))
    half = quantile(conf) * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
    return Estimate(
        ratio, ratio * math.exp(-half), ratio * math.exp(half), int(n1 + n2)
    )


def koopman(
    x1: float, n1: float, x2: float, n2: float, *, conf: float = CONFIDENCE
) -> Estimate:
    """A ratio of rates with Koopman's score interval, which holds for small counts.

    Source: Koopman 1984, Biometrics 40:513. The limits are where the score statistic
    of "the ratio is r" meets the chi-squared quantile, found by bisection on a log
    scale. A limit that does not exist (a ratio without upper limit) is None.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    reason = _no_ratio(x1, n1, x2, n2)
    n = int(n1 + n2)
    if reason is Reason.NO_STUDENTS or (x1 == 0 and x2 == 0):
        return Estimate.unknown(reason or Reason.NO_EVENTS_IN_REFERENCE, n)
    limit = quantile(conf) ** 2
    counts = (x1, n1, x2, n2)
    # One event more or less keeps the start finite when a count is 0.
    start = math.log(max(x1, 0.5) / n1) - math.log(max(x2, 0.5) / n2)
    lower = None if x1 == 0 else _score_limit(counts, limit, start, -1)
    upper = None if x2 == 0 else _score_limit(counts, limit, start, 1)
    if x1 == 0:
        lower = 0.0
    if reason is not None:
        return Estimate(None, lower, upper, n, reason)
    return Estimate((x1 / n1) / (x2 / n2), lower, upper, n)


def _score_limit(
    counts: tuple[float, float, float, float],
    limit: float,
    start: float,
    direction: int,
) -> float | None:
    inside, outside = start, start
    step = 0.5
    while _score(counts, math.exp(outside)) < limit:
        inside, outside = outside, outside + direction * step
        step *= 2
        if abs(outside) > 700:  # exp() ends near 709: there is no limit
            return None
    for _ in range(_BISECTIONS):
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
        if _score(counts, math.exp(middle)) < limit:
            inside = middle
        else:
            outside = middle
    return math.exp((inside + outside) / 2)


def _score(counts: tuple[float, float, float, float], ratio: float) -> float:
    """Koopman's chi-squared statistic for a supposed ratio of rates."""
    x1, n1, x2, n2 = counts
    a = ratio * (n1 + n2)
    b = ratio * (n1 + x2) + x1 + n2
    c = x1 + x2
    # The smaller root of a p^2 - b p + c, written so that it does not cancel.
    p2 = 2 * c / (b + math.sqrt(max(b * b - 4 * a * c, 0.0)))
    p1 = p2 * ratio
    if p1 >= 1 or p1 <= 0:
        return 0.0 if x1 == n1 * p1 else math.inf
    first = (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1))
    return first * (1 + n1 * (ratio - p1) / (n2 * (1 - p1)))


def _no_ratio(x1: float, n1: float, x2: float, n2: float) -> Reason | None:
    _check(x1, n1)
    _check(x2, n2)
    if n1 == 0 or n2 == 0:
        return Reason.NO_STUDENTS
    return Reason.NO_EVENTS_IN_REFERENCE if x2 == 0 else None


def _rate(x: ArrayLike, n: ArrayLike) -> Floats:
    total = np.asarray(n, dtype=np.float64)
    return np.asarray(x, dtype=np.float64) / np.where(total > 0, total, np.nan)


def _check(x: float, n: float) -> None:
    if not 0 <= x <= n or math.isinf(n):
        raise ValueError(f"A count lies between 0 and its n; got {x} of {n}.")
