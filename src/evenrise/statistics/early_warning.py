"""Does a model beat the simple rule, is it calibrated, whom does it miss (card 8)?

A model that does not beat the rule at k by a margin fixed in advance is switched off.
Equal error rates and equal calibration cannot both hold when base rates differ
(Chouldechova 2017): both are shown, neither is tuned away. No race, no proxy bought
for it and no postcode is ever an input; groups are here to see whom a model fails.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.delong import Area, area, compare_areas
from evenrise.statistics.rates import Floats, wilson
from evenrise.vocabulary.estimates import Estimate, Reason


DECILES = 10
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Flagged:
    """What a threshold does; each rate with its n and interval."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def sensitivity(self) -> Estimate:
        """Of the students with the outcome, the share that is flagged."""
        return wilson(self.tp, self.tp + self.fn)

    @property
    def missed(self) -> Estimate:
        """Of the students with the outcome, the share that is not flagged (FNR)."""
        return wilson(self.fn, self.tp + self.fn)

    @property
    def specificity(self) -> Estimate:
        """Of the students without the outcome, the share that is not flagged."""
        return wilson(self.tn, self.tn + self.fp)

    @property
    def false_alarms(self) -> Estimate:
        """Of the students without the outcome, the share that is flagged (FPR)."""
        return wilson(self.fp, self.tn + self.fp)

    @property
    def precision(self) -> Estimate:
        """Of the students flagged, the share with the outcome."""
        return wilson(self.tp, self.tp + self.fp)

    @property
    def flagged_share(self) -> Estimate:
        """Of all students, the share that is flagged."""
        return wilson(self.tp + self.fp, self.tp + self.fp + self.fn + self.tn)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Do predicted shares come true? None where outcomes leave nothing to fit.

    `in_the_large` is the logit by which outcomes exceed predictions; `slope` below 1
    says that predictions are too extreme. `table` has (n, mean predicted, observed)
    by tenth of the predictions.
    """

    in_the_large: float | None
    slope: float | None
    expected_error: float | None
    table: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class GroupCheck:
    """One group: missed students first, each rate with n and interval."""

    group: str
    n: int
    events: int
    flagged: Flagged
    mean_predicted: float
    observed: float
    in_the_large: float | None
    area: Estimate


@dataclass(frozen=True, slots=True)
class Validation:
    """A model on students it has not seen, beside the rule."""

    n: int
    base_rate: float
    area: Area
    brier: float
    brier_scaled: float | None
    calibration: Calibration
    flagged: Flagged
    precision_at_k: float
    rule_area: Area | None
    rule_precision_at_k: float | None
    p_against_rule: float | None
    by_group: tuple[GroupCheck, ...]

    @property
    def lift(self) -> float | None:
        """How many times the base rate the first k hold."""
        return self.precision_at_k / self.base_rate if self.base_rate else None

    @property
    def lift_over_rule(self) -> float | None:
        """How many times what the rule's first k hold."""
        rule = self.rule_precision_at_k
        return self.precision_at_k / rule if rule else None

    def earns_its_place(self, margin: float) -> bool:
        """Whether the first k hold more than the rule's by a margin set in advance."""
        rule = self.rule_precision_at_k
        return rule is not None and self.precision_at_k >= rule + margin


def validate(
    p: ArrayLike,
    y: ArrayLike,
    *,
    k: int,
    threshold: float,
    rule: ArrayLike | None = None,
    group: ArrayLike | None = None,
) -> Validation | Reason:
    """Everything to know before a model may be used.

    Sources: DeLong 1988; Cox 1958; Van Calster et al. 2019, BMC Medicine 17:230;
    Hardt, Price and Srebro 2016.

    Args:
        p: predicted chances from 0 to 1, shape (students,).
        y: outcomes, 0 or 1.
        k: how many students staff can serve.
        threshold: flag from this chance on.
        rule: the simple rule's count, higher for more risk.
        group: each student's group.

    Raises:
        ValueError: for a chance outside 0 to 1, or other lengths.
    """
    chance, outcome = np.asarray(p, np.float64), np.asarray(y, np.float64)
    if chance.shape != outcome.shape or np.any((chance < 0) | (chance > 1)):
        raise ValueError("Each student needs a chance from 0 to 1 and an outcome.")
    n = chance.size
    if n == 0:
        return Reason.NO_STUDENTS
    base = float(outcome.mean())
    brier = float(((chance - outcome) ** 2).mean())
    own = area(chance, outcome)
    count = None if rule is None else np.asarray(rule, np.float64)
    other = None if count is None else area(count, outcome)
    return Validation(
        n,
        base,
        own,
        brier,
        1 - brier / (base * (1 - base)) if 0 < base < 1 else None,
        calibrate(chance, outcome),
        _flagged(chance, outcome, threshold),
        precision_at(chance, outcome, k),
        other,
        None if count is None else precision_at(count, outcome, k),
        None if other is None else compare_areas(own, other),
        () if group is None else _groups(chance, outcome, np.asarray(group), threshold),
    )


def precision_at(score: ArrayLike, y: ArrayLike, k: int) -> float:
    """The share with the outcome among the first k; ties at the edge count in part.

    Args:
        score: higher comes first.
        y: outcomes, 0 or 1.
        k: how many; all students when there are fewer.

    Raises:
        ValueError: unless k is 1 or more and there are students.
    """
    values, outcome = np.asarray(score, np.float64), np.asarray(y, np.float64)
    if k < 1 or values.size == 0:
        raise ValueError("Precision needs students and a k of 1 or more.")
    k = min(k, values.size)
    edge = np.partition(values, values.size - k)[values.size - k]
    above, tied = values > edge, values == edge
    reached = outcome[above].sum() + (k - above.sum()) * outcome[tied].mean()
    return float(reached) / k


def calibrate(p: ArrayLike, y: ArrayLike) -> Calibration:
    """Calibration in the large, slope, and the table by tenths of p.

    Tenths are type-7 quantiles of p, closed on the right, the lowest value included.
    """
    chance, outcome = np.asarray(p, np.float64), np.asarray(y, np.float64)
    edges = np.unique(np.quantile(chance, np.linspace(0, 1, DECILES + 1)))
    code = np.maximum(np.searchsorted(edges, chance, side="left") - 1, 0)
    size = np.bincount(code)
    used = size > 0
    predicted = np.bincount(code, weights=chance)[used] / size[used]
    observed = np.bincount(code, weights=outcome)[used] / size[used]
    error = float((size[used] * np.abs(predicted - observed)).sum() / chance.size)
    with np.errstate(divide="ignore"):
        logit = special.logit(chance)
    offset, slope = None, None
    if np.isfinite(logit).all():
        one = np.ones((chance.size, 1))
        found = _logistic(one, outcome, logit)
        offset = None if found is None else float(found[0])
        line = _logistic(np.column_stack([one, logit]), outcome, 0 * logit)
        slope = None if line is None else float(line[1])
    table = zip(size[used].tolist(), predicted.tolist(), observed.tolist(), strict=True)
    return Calibration(offset, slope, error, tuple(table))


def _logistic(design: Floats, y: Floats, offset: Floats) -> Floats | None:
    """Logistic regression by Newton's steps; None when it has no maximum."""
    if y.min() == y.max():
        return None
    beta: Floats = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        rate = special.expit(offset + design @ beta)
        weight = rate * (1 - rate)
        information = (design.T * weight) @ design
        if np.linalg.cond(information) > 1e14:
            return None
        step = np.linalg.solve(information, design.T @ (y - rate))
        beta = beta + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-12:
            return beta
    return None


def _flagged(p: Floats, y: Floats, threshold: float) -> Flagged:
    flag, event = p >= threshold, y > 0
    return Flagged(
        int((flag & event).sum()),
        int((flag & ~event).sum()),
        int((~flag & event).sum()),
        int((~flag & ~event).sum()),
    )


def _groups(
    p: Floats, y: Floats, group: NDArray[np.generic], threshold: float
) -> tuple[GroupCheck, ...]:
    checks = []
    for name in np.unique(group):
        here = group == name
        checks.append(
            GroupCheck(
                str(name),
                int(here.sum()),
                int(y[here].sum()),
                _flagged(p[here], y[here], threshold),
                float(p[here].mean()),
                float(y[here].mean()),
                calibrate(p[here], y[here]).in_the_large,
                area(p[here], y[here]).value,
            )
        )
    return tuple(checks)
