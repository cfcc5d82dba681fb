"""Areas under the ROC curve with DeLong's variance, alone and in pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import CONFIDENCE, Floats, quantile, two_sided_p
from evenrise.vocabulary.estimates import Estimate, Reason


@dataclass(frozen=True, slots=True)
class Area:
    """The chance that a student with the outcome scores above one without."""

    value: Estimate
    by_case: Floats  # share of the others below each with the outcome (ties half)
    by_other: Floats


def area(score: ArrayLike, y: ArrayLike, *, conf: float = CONFIDENCE) -> Area:
    """The area under the curve, with DeLong's interval cut to 0 to 1.

    Source: DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837, by ranks (Sun
    and Xu 2014).

    Args:
        score: higher for more risk, shape (students,).
        y: the outcome, 0 or 1.
        conf: the confidence of the interval.
    """
    values, outcome = np.asarray(score, np.float64), np.asarray(y, bool)
    cases, others = values[outcome], values[~outcome]
    n = values.size
    if cases.size == 0 or others.size == 0:
        empty = np.empty(0)
        reason = Reason.NO_STUDENTS if n == 0 else Reason.NO_VARIATION
        return Area(Estimate.unknown(reason, n), empty, empty)
    # Half a second of every start: only who ranks pays for it.
    from scipy.stats import rankdata  # noqa: PLC0415

    ranks = rankdata(np.concatenate([cases, others]))
    by_case = (ranks[: cases.size] - rankdata(cases)) / others.size
    by_other = 1 - (ranks[cases.size :] - rankdata(others)) / cases.size
    value = float(by_case.mean())
    if cases.size < 2 or others.size < 2:
        return Area(Estimate(value, n=n), by_case, by_other)
    variance = by_case.var(ddof=1) / cases.size + by_other.var(ddof=1) / others.size
    half = quantile(conf) * math.sqrt(float(variance))
    limits = max(0.0, value - half), min(1.0, value + half)
    return Area(Estimate(value, *limits, n), by_case, by_other)


def compare_areas(first: Area, second: Area) -> float | None:
    """Two-sided p-value that two scores of the same students rank equally well."""
    m, n = first.by_case.size, first.by_other.size
    if m < 2 or n < 2 or first.value.value is None or second.value.value is None:
        return None
    variance = float(
        (first.by_case - second.by_case).var(ddof=1) / m
        + (first.by_other - second.by_other).var(ddof=1) / n
    )
    gap = first.value.value - second.value.value
    if variance <= 0:
        return 1.0 if gap == 0 else 0.0
    return float(two_sided_p(gap / math.sqrt(variance)))
