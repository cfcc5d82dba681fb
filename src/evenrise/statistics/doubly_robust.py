"""Participants beside alike non-participants, weighted twice over (METHODS card 9).

Right if either the model of who takes part or the model of the outcome is right; never
right about what was not recorded. Balance and overlap are shown beside every effect.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.least_squares import least_squares
from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Estimate, Reason


BALANCED = 0.1  # standardized difference
OVERLAP = (0.05, 0.95)  # chances of taking part outside: hardly anyone to compare
_STEPS = 100


@dataclass(frozen=True, slots=True)
class DoublyRobust:
    """The effect on all (`effect`, with interval) and on those who took part.

    Differences before and after weighting are in standard deviations (unweighted,
    pooled), by covariate in the order given. `n_effective` are (taking part, not).
    """

    effect: Estimate
    naive: float | None
    n: int
    n_treated: int
    chance_range: tuple[float, float] | None = None
    by_outcome_model: float | None = None
    by_weights: float | None = None
    se: float | None = None
    on_treated: float | None = None
    on_treated_by_weights: float | None = None
    difference_before: Floats | None = None
    difference_after: Floats | None = None
    n_effective: tuple[float, float] | None = None
    reason: Reason | None = None

    @property
    def balanced(self) -> bool:
        """Whether every covariate is within a tenth of a standard deviation."""
        after = self.difference_after
        return after is not None and bool(np.all(np.abs(after) < BALANCED))

    @property
    def overlaps(self) -> bool:
        """Whether everybody had a fair chance of either."""
        if self.chance_range is None:
            return False
        low, high = self.chance_range
        return low >= OVERLAP[0] and high <= OVERLAP[1]


def doubly_robust(
    y: ArrayLike, treated: ArrayLike, x: ArrayLike, *, conf: float = CONFIDENCE
) -> DoublyRobust:
    """Augmented inverse-probability weighting; standard error by influence.

    mean[m1 - m0 + T (y - m1) / e - (1 - T) (y - m0) / (1 - e)], linear outcome models
    and a logistic model of taking part. Source: Robins, Rotnitzky and Zhao 1994; Bang
    and Robins 2005, Biometrics 61:962; Austin 2009 (balance). Chances are not clipped.

    Args:
        y: the outcome, shape (students,).
        treated: 1 for students who took part.
        x: covariates from before, shape (students, k).
        conf: the confidence of the interval.
    """
    values = np.asarray(y, np.float64)
    took = np.asarray(treated, np.float64) > 0
    columns = np.asarray(x, np.float64)
    design = np.column_stack([np.ones(len(values)), columns])
    n, n1 = len(values), int(took.sum())
    if n1 in (0, n):
        return DoublyRobust(
            Estimate.unknown(Reason.NO_STUDENTS, n),
            None,
            n,
            n1,
            reason=Reason.NO_STUDENTS,
        )
    naive = float(values[took].mean() - values[~took].mean())
    chance = _chances(design, took.astype(np.float64))
    models = [_outcome(design, values, part) for part in (took, ~took)]
    broken = [one for one in (chance, *models) if isinstance(one, Reason)]
    if broken:
        return DoublyRobust(
            Estimate.unknown(broken[0], n), naive, n, n1, reason=broken[0]
        )
    e, m1, m0 = (np.asarray(part) for part in (chance, *models))
    return _answer(values, took, columns, (e, m1, m0), naive, conf)


def chances(treated: ArrayLike, x: ArrayLike) -> Floats | Reason:
    """Each student's chance of taking part, as the weights use it, or why not.

    Args:
        treated: 1 for students who took part.
        x: covariates from before, shape (students, k).
    """
    columns = np.asarray(x, np.float64)
    took = np.asarray(treated, np.float64) > 0
    if not 0 < took.sum() < len(took):
        return Reason.NO_STUDENTS
    design = np.column_stack([np.ones(len(took)), columns])
    return _chances(design, took.astype(np.float64))


def _answer(
    y: Floats,
    took: NDArray[np.bool_],
    x: Floats,
    models: tuple[Floats, Floats, Floats],
    naive: float,
    conf: float,
) -> DoublyRobust:
    e, m1, m0 = models
    t = took.astype(np.float64)
    influence = m1 - m0 + t * (y - m1) / e - (1 - t) * (y - m0) / (1 - e)
    n, value = len(y), float(influence.mean())
    se = float(influence.std()) / math.sqrt(n)
    half = quantile(conf) * se
    w1, w0 = t / e, (1 - t) / (1 - e)
    odds = (1 - t) * e / (1 - e)
    return DoublyRobust(
        Estimate(value, value - half, value + half, n),
        naive,
        n,
        int(took.sum()),
        (float(e.min()), float(e.max())),
        float((m1 - m0).mean()),
        float((w1 @ y) / w1.sum() - (w0 @ y) / w0.sum()),
        se,
        float(((t - odds) * (y - m0)).sum() / t.sum()),
        float(y[took].mean() - (odds @ y) / odds.sum()),
        _differences(x, took, np.ones(n), np.ones(n)),
        _differences(x, took, w1, w0),
        (_effective(w1[took]), _effective(w0[~took])),
    )


def _differences(x: Floats, took: NDArray[np.bool_], w1: Floats, w0: Floats) -> Floats:
    """Differences of weighted means in pooled, unweighted standard deviations."""
    spread = np.sqrt((x[took].var(axis=0, ddof=1) + x[~took].var(axis=0, ddof=1)) / 2)
    first = w1[took] @ x[took] / w1[took].sum()
    gap = first - w0[~took] @ x[~took] / w0[~took].sum()
    still = np.zeros(gap.shape)
    return np.asarray(np.divide(gap, spread, out=still, where=spread > 0))


def _effective(w: Floats) -> float:
    return float(w.sum() ** 2 / (w @ w))


def _chances(design: Floats, took: Floats) -> Floats | Reason:
    """Chances of taking part, by logistic regression."""
    scale = np.sqrt((design**2).mean(axis=0))
    if np.any(scale == 0):
        return Reason.SINGULAR
    z = design / scale
    if np.linalg.matrix_rank(z, tol=1e-8 * len(z)) < z.shape[1]:
        return Reason.SINGULAR
    beta = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        e = special.expit(z @ beta)
        if np.min(e * (1 - e)) < 1e-12:
            return Reason.SEPARATED
        step = np.linalg.solve((z.T * (e * (1 - e))) @ z, z.T @ (took - e))
        beta = beta + np.clip(step, -4, 4)
        if np.abs(step).max() < 1e-11:
            return np.asarray(special.expit(z @ beta), dtype=np.float64)
    return Reason.DID_NOT_CONVERGE


def _outcome(design: Floats, y: Floats, part: NDArray[np.bool_]) -> Floats | Reason:
    """What the outcome would be for everybody, by the students of one side."""
    found = least_squares(("",) * design.shape[1], design[part], y[part])
    return found if isinstance(found, Reason) else design @ found.beta
