"""Power first: the smallest effect a comparison could have seen (METHODS card 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import optimize, special

from evenrise.vocabulary.estimates import Reason


USEFUL = 0.25  # standard deviations; above, "this comparison could not have seen it"


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest effect seen with the power asked for, and its interval."""

    value: float | None
    lower: float | None = None
    upper: float | None = None
    freedom: int | None = None
    reason: Reason | None = None

    def could_see(self, effect: float = USEFUL) -> bool:
        """Whether an effect of this size would have been seen."""
        return self.value is not None and self.value <= abs(effect)


def schools_detectable(  # noqa: PLR0913 - a design, all by name
    *,
    schools: int,
    n_per_school: float,
    icc: float,
    share_treated: float = 0.5,
    r2_student: float = 0.0,
    r2_school: float = 0.0,
    school_covariates: int = 0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> Detectable:
    """For whole schools given a support or not, in standard deviations of students.

    M sqrt(icc (1 - R2) / (P (1 - P) J) + (1 - icc)(1 - R2) / (P (1 - P) J n)),
    M = t(alpha / 2) + t(power) with J - g - 2 degrees of freedom. Source: Bloom 1995;
    Dong and Maynard 2013, JREE 6:24.

    Raises:
        ValueError: when a share lies outside 0 to 1.
    """
    shares = (icc, share_treated, r2_student, r2_school, power, alpha)
    if any(not 0 <= share <= 1 for share in shares):
        raise ValueError("Shares lie between 0 and 1.")
    freedom = schools - school_covariates - 2
    spread = share_treated * (1 - share_treated) * schools
    if freedom < 1 or spread <= 0 or n_per_school <= 0:
        return Detectable(None, reason=Reason.TOO_FEW)
    edge = float(special.stdtrit(freedom, 1 - alpha / 2))
    multiplier = edge + float(special.stdtrit(freedom, power))
    between = icc * (1 - r2_school) / spread
    within = (1 - icc) * (1 - r2_student) / (spread * n_per_school)
    se = math.sqrt(between + within)
    value = multiplier * se
    return Detectable(value, value - edge * se, value + edge * se, freedom)


def rates_detectable(
    p1: float, n_per_group: float, *, power: float = 0.8, alpha: float = 0.05
) -> Detectable:
    """For two groups of students and a rate: the higher rate that would be seen.

    Normal approximation, as R's `power.prop.test`. None when even 100 % would not be.
    """
    edge = float(special.ndtri(1 - alpha / 2))

    def missing(p2: float) -> float:
        pooled = (p1 + p2) / 2
        need = edge * math.sqrt(2 * pooled * (1 - pooled))
        spread = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
        gap = math.sqrt(n_per_group) * (p2 - p1) - need
        if spread == 0:
            return math.copysign(1.0, gap)
        return float(special.ndtr(gap / spread)) - power

    if n_per_group <= 0 or missing(1.0) < 0:
        return Detectable(None, reason=Reason.TOO_FEW)
    return Detectable(float(optimize.brentq(missing, p1 + 1e-9, 1.0, xtol=1e-12)))


def means_detectable(
    n_per_group: int, *, power: float = 0.8, alpha: float = 0.05
) -> Detectable:
    """For two groups of students and a mean, in standard deviations (noncentral t)."""
    freedom = 2 * n_per_group - 2
    if freedom < 1:
        return Detectable(None, reason=Reason.TOO_FEW)
    edge = float(special.stdtrit(freedom, 1 - alpha / 2))

    def missing(effect: float) -> float:
        shift = effect * math.sqrt(n_per_group / 2)
        return 1 - float(special.nctdtr(freedom, shift, edge)) - power

    high = 1.0
    while missing(high) < 0:
        high *= 2
    value = float(optimize.brentq(missing, 0.0, high, xtol=1e-12))
    return Detectable(value, freedom=freedom)
