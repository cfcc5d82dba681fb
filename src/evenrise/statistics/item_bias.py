"""Does an item work differently for a group (METHODS card 10)?

An item with a large difference is left out of gap comparisons, and shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evenrise.statistics.alike_students import alike_rates
from evenrise.statistics.ordered_logit import OrderedLogit, ordered_logit
from evenrise.statistics.rates import Floats, quantile
from evenrise.vocabulary.estimates import Reason


NEGLIGIBLE = 0.035  # change of Nagelkerke's R squared: Jodoin and Gierl 2001


class EtsClass(StrEnum):
    """How much differently: negligible, moderate, large (Dorans and Holland 1993)."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class YesNoBias:
    """Mantel and Haenszel's common odds ratio, and on the ETS delta scale.

    `delta` below 0: the item is harder (or said yes to less) for the focal group than
    for alike people of the reference group.
    """

    odds_ratio: float | None
    delta: float | None
    chi_squared: float | None
    p: float | None
    chi_squared_corrected: float | None
    p_corrected: float | None
    ets: EtsClass | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ScaleBias:
    """Ordered answers: three nested models of the answer.

    On the matching score; and the group (a shift: uniform); and their product (a shift
    that depends on the score). `r_squared` are Nagelkerke's of the three.
    """

    n: int
    log_likelihood: tuple[float, float, float] | None
    uniform: float | None  # likelihood ratio, 1 degree of freedom
    p_uniform: float | None
    non_uniform: float | None
    p_non_uniform: float | None
    shift: float | None  # of the group, logits
    shift_se: float | None
    r_squared: tuple[float, float, float] | None
    reason: Reason | None = None

    @property
    def effect(self) -> float | None:
        """How much R squared rises from the first model to the last."""
        return None if self.r_squared is None else self.r_squared[2] - self.r_squared[0]

    @property
    def negligible(self) -> bool:
        """Whether the difference may be ignored."""
        return self.effect is not None and self.effect < NEGLIGIBLE


def yes_no_bias(
    reference: tuple[ArrayLike, ArrayLike], focal: tuple[ArrayLike, ArrayLike]
) -> YesNoBias:
    """Compare yes and no answers of people with the same total score.

    Source: Holland and Thayer 1988; delta = -2.35 ln(odds ratio).

    Args:
        reference: counts of (yes, no) by score band.
        focal: the same of the group in question.
    """
    yes1, no1, yes0, no0 = (
        np.asarray(part, np.float64) for part in (*reference, *focal)
    )
    seen = alike_rates((yes1, yes0), (yes1 + no1, yes0 + no0))
    odds, se = seen.odds_ratio.value, seen.log_odds_ratio_se
    if odds is None or odds == 0 or se is None:
        reason = seen.odds_ratio.reason or Reason.SEPARATED
        return YesNoBias(odds, None, seen.chi_squared, seen.p, None, None, None, reason)
    corrected = _corrected(yes1, no1, yes0, no0)
    delta = -2.35 * math.log(odds)
    return YesNoBias(
        odds,
        delta,
        seen.chi_squared,
        seen.p,
        corrected,
        None if corrected is None else float(special.chdtrc(1, corrected)),
        _ets(delta, 2.35 * se),
    )


def scale_bias(item: ArrayLike, matching: ArrayLike, in_group: ArrayLike) -> ScaleBias:
    """Compare ordered answers of people with the same score on the other items.

    Source: Zumbo 1999; ordinal logistic regression.

    Args:
        item: answers, shape (people,); a row with nan anywhere is left out.
        matching: score on the other items.
        in_group: whether each person is in the group in question.
    """
    y, score = np.asarray(item, np.float64), np.asarray(matching, np.float64)
    group = np.asarray(in_group, np.float64)
    known = ~np.isnan(y) & ~np.isnan(score) & ~np.isnan(group)
    y, score, group = y[known], score[known], group[known]
    n = int(y.size)
    if n == 0:
        return ScaleBias(0, *(None,) * 8, reason=Reason.NO_STUDENTS)
    columns = [score, group, score * group]
    models: list[OrderedLogit] = []
    for used in (0, 1, 2, 3):
        x = np.column_stack(columns[:used]) if used else np.empty((n, 0))
        found = ordered_logit(y, x)
        if isinstance(found, Reason):
            return ScaleBias(n, *(None,) * 8, reason=found)
        models.append(found)
    empty, *three = (model.log_likelihood for model in models)
    first, second, third = three
    r = [_nagelkerke(empty, log, n) for log in three]
    uniform, non_uniform = 2 * (second - first), 2 * (third - second)
    return ScaleBias(
        n,
        (first, second, third),
        uniform,
        float(special.chdtrc(1, max(uniform, 0))),
        non_uniform,
        float(special.chdtrc(1, max(non_uniform, 0))),
        float(models[2].slopes[1]),
        float(models[2].se[1]),
        (r[0], r[1], r[2]),
    )


def _nagelkerke(empty: float, log: float, n: int) -> float:
    return math.expm1(2 * (empty - log) / n) / math.expm1(2 * empty / n)


def _corrected(yes1: Floats, no1: Floats, yes0: Floats, no0: Floats) -> float | None:
    """Mantel and Haenszel's chi-squared, with half a unit taken off."""
    n1, n0, yes = yes1 + no1, yes0 + no0, yes1 + yes0
    n = n1 + n0
    use = (n1 > 0) & (n0 > 0) & (n > 1)
    n1, n0, yes, n, first = n1[use], n0[use], yes[use], n[use], yes1[use]
    spread = float((n1 * n0 * yes * (n - yes) / (n**2 * (n - 1))).sum())
    if spread <= 0:
        return None
    off = abs(float((first - n1 * yes / n).sum()))
    return (off - min(0.5, off)) ** 2 / spread


def _ets(delta: float, se: float) -> EtsClass:
    size, edge = abs(delta), quantile() * se
    if size < 1 or size <= edge:
        return EtsClass.A
    one_sided = quantile(0.9) * se  # 5 % on one side
    return EtsClass.C if size >= 1.5 and size - 1 > one_sided else EtsClass.B
