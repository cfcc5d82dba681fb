"""How large is a gap, apart from any cut (METHODS cards 2d and 2e)?

Hedges' g from means and spreads; V, which only the order of the scores decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Estimate, Reason


@dataclass(frozen=True, slots=True)
class EffectSize:
    """Hedges' g with its interval, and what it was made from."""

    g: Estimate
    d: float | None = None  # before the small-sample factor
    factor: float | None = None  # Hedges' J
    variance: float | None = None


@dataclass(frozen=True, slots=True)
class OrderedGap:
    """V of two groups' raw scores, with its interval.

    `chance` is the chance that a member of the first group scores above one of the
    second (ties count half), with its DeLong standard error.
    """

    v: Estimate
    chance: float | None
    chance_se: float | None
    v_se: float | None
    n_first: int
    n_second: int


def hedges_g(
    first: tuple[float, float, int],
    second: tuple[float, float, int],
    *,
    fixed_sd: float | None = None,
    conf: float = CONFIDENCE,
) -> EffectSize:
    """A difference of means in standard deviations.

    g = J (m1 - m2) / s, J = gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)), variance
    1/n1 + 1/n2 + g^2 / (2 (n1 + n2)). Source: Hedges 1981; Hedges and Olkin 1985.
    For trends divide by a fixed, baseline spread of all students (`fixed_sd`), or a
    spread that shrinks looks like a gap that grows.

    Args:
        first: (mean, standard deviation, n) of one group.
        second: the same of the other.
        fixed_sd: divide by this spread instead of the pooled one; no factor then.
        conf: the confidence of the interval.

    Raises:
        ValueError: when a spread is negative.
    """
    (mean1, sd1, n1), (mean2, sd2, n2) = first, second
    if sd1 < 0 or sd2 < 0:
        raise ValueError("A standard deviation is not negative.")
    n = n1 + n2
    if n1 == 0 or n2 == 0:
        return EffectSize(Estimate.unknown(Reason.NO_STUDENTS, n))
    if n1 < 2 or n2 < 2:
        return EffectSize(Estimate.unknown(Reason.TOO_FEW, n))
    freedom = n - 2
    pooled = math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / freedom)
    spread = pooled if fixed_sd is None else fixed_sd
    if spread <= 0:
        return EffectSize(Estimate.unknown(Reason.NO_VARIATION, n))
    d = (mean1 - mean2) / spread
    factor = 1.0
    if fixed_sd is None:
        factor = math.exp(
            math.lgamma(freedom / 2)
            - math.log(freedom / 2) / 2
            - math.lgamma((freedom - 1) / 2)
        )
    g = factor * d
    variance = 1 / n1 + 1 / n2 + g * g / (2 * n)
    half = quantile(conf) * math.sqrt(variance)
    return EffectSize(Estimate(g, g - half, g + half, n), d, factor, variance)


def v_statistic(
    first: ArrayLike, second: ArrayLike, *, conf: float = CONFIDENCE
) -> OrderedGap:
    """The gap V = sqrt(2) * inverse normal of P(first > second) + P(tie) / 2.

    No scale is assumed. Groups that do not overlap at all have no V.
    Source: Ho and Reardon 2012, JEBS 37:489; standard error by DeLong et al. 1988.

    Args:
        first: scores of one group, shape (n1,); nan is left out.
        second: scores of the other, shape (n2,).
        conf: the confidence of the interval.
    """
    a, b = (_known(scores) for scores in (first, second))
    n1, n2 = a.size, b.size
    if n1 == 0 or n2 == 0:
        nothing = Estimate.unknown(Reason.NO_STUDENTS, n1 + n2)
        return OrderedGap(nothing, None, None, None, n1, n2)
    ranks = _ranks(np.concatenate([a, b]))
    above_a = (ranks[:n1] - _ranks(a)) / n2  # share of b below each a
    above_b = 1 - (ranks[n1:] - _ranks(b)) / n1  # share of a above each b
    chance = float(above_a.mean())
    if chance in (0.0, 1.0):
        apart = Estimate.unknown(Reason.SEPARATED, n1 + n2)
        return OrderedGap(apart, chance, None, None, n1, n2)
    z = float(special.ndtri(chance))
    v = math.sqrt(2) * z
    if n1 < 2 or n2 < 2:
        return OrderedGap(Estimate(v, n=n1 + n2), chance, None, None, n1, n2)
    se = math.sqrt(float(above_a.var(ddof=1)) / n1 + float(above_b.var(ddof=1)) / n2)
    v_se = math.sqrt(2) * se / (math.exp(-z * z / 2) / math.sqrt(2 * math.pi))
    half = quantile(conf) * v_se
    return OrderedGap(
        Estimate(v, v - half, v + half, n1 + n2), chance, se, v_se, n1, n2
    )


def _ranks(scores: Floats) -> Floats:
    """Ranks from 1, ties sharing their mean."""
    # Not scipy's rankdata: scipy.stats is half a second of imports for a review.
    _, place, ties = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(ties) - (ties - 1) / 2
    return np.asarray(middle[place.reshape(-1)], dtype=np.float64)


def _known(scores: ArrayLike) -> Floats:
    values = np.asarray(scores, dtype=np.float64)
    return np.asarray(values[~np.isnan(values)], dtype=np.float64)
