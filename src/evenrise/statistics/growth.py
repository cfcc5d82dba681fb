"""Where a score stands among students with the same prior score (METHODS card 12).

Student growth percentiles. Growth ranks by design: 50 is average even if everybody
stands still, and one percentile is uncertain by 15 to 25 points. Never shown alone;
schools by their median with n, never below 20 students.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special
from scipy.interpolate import BSpline

from evenrise.statistics.least_squares import least_squares
from evenrise.statistics.rates import CONFIDENCE, Floats
from evenrise.vocabulary.estimates import Estimate, Reason


TAUS: tuple[float, ...] = tuple((np.arange(100) * 10 + 5) / 1000)
KNOTS = (0.2, 0.4, 0.6, 0.8)
MARGIN = 0.1  # of the range, beyond which the spline ends
ON_THE_PLANE = 1e-7  # a plane passes exactly through as many students as it has slopes
ENOUGH = 20  # students of a school
_DEGREE = 3
_DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Growth:
    """Each student's percentile (1 to 99; 0 where a score is missing) and the model.

    `coefficients` has one row a tau: a constant, then the spline's columns.
    """

    percentile: Floats
    knots: tuple[float, ...]
    boundary: tuple[float, float]
    coefficients: Floats
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ResidualPercentile:
    """The simpler measure: normal percentiles of standardized residuals."""

    percentile: Floats
    coefficients: Floats
    sigma: float | None
    reason: Reason | None = None


def growth_percentiles(prior: ArrayLike, current: ArrayLike) -> Growth:
    """Percentiles of the current score given the prior one.

    Quantile regression on a cubic spline of the prior score (knots at its 20, 40, 60
    and 80 % points) at 100 quantiles, solved exactly as linear programs and uncrossed
    by sorting. Source: Betebenner 2009, EM:IP 28:42.

    Args:
        prior: earlier scores, shape (students,); nan where missing.
        current: later scores.
    """
    x, y = np.asarray(prior, np.float64), np.asarray(current, np.float64)
    known = ~np.isnan(x) & ~np.isnan(y)
    nothing = np.zeros(x.shape)
    size = len(KNOTS) + _DEGREE + 1
    empty = np.empty((0, size))
    if known.sum() <= 2 * size:
        reason = Reason.TOO_FEW if known.any() else Reason.NO_STUDENTS
        return Growth(nothing, (), (0.0, 0.0), empty, reason)
    knots = tuple(float(k) for k in np.quantile(x[known], KNOTS))
    low, high = float(x[known].min()), float(x[known].max())
    reach = MARGIN * (high - low)
    boundary = (low - reach, high + reach)
    design = _spline(x[known], knots, boundary) if reach > 0 else empty
    if len(set(knots)) < len(knots) or np.linalg.matrix_rank(design) < size:
        return Growth(nothing, knots, boundary, empty, Reason.NO_VARIATION)
    planes = [quantile_regression(design, y[known], tau) for tau in TAUS]
    if any(plane is None for plane in planes):
        return Growth(nothing, knots, boundary, empty, Reason.DID_NOT_CONVERGE)
    coefficients = np.array(planes)
    fitted = np.sort(design @ coefficients.T, axis=1)
    below = (fitted < (y[known] - ON_THE_PLANE)[:, None]).sum(axis=1)
    percentile = nothing.copy()
    percentile[known] = np.clip(below, 1, 99)
    return Growth(percentile, knots, boundary, coefficients)


def quantile_regression(x: Floats, y: Floats, tau: float) -> Floats | None:
    """The exact quantile plane, from the dual linear program (Koenker 2005).

    max y'a subject to X'a = (1 - tau) X'1 and 0 <= a <= 1; the slopes are its prices.

    Args:
        x: columns with a constant, shape (rows, k).
        y: shape (rows,).
        tau: between 0 and 1.
    """
    found = optimize.linprog(
        -y, A_eq=x.T, b_eq=(1 - tau) * x.sum(axis=0), bounds=(0, 1), method="highs"
    )
    if found.status != 0:
        return None
    return np.asarray(-found.eqlin.marginals, dtype=np.float64)


def residual_percentiles(prior: ArrayLike, current: ArrayLike) -> ResidualPercentile:
    """Normal percentiles of residuals from a cubic of the prior score.

    Args:
        prior: earlier scores, shape (students,), without missing ones.
        current: later scores.
    """
    x, y = np.asarray(prior, np.float64), np.asarray(current, np.float64)
    design = x[:, None] ** np.arange(_DEGREE + 1)
    found = least_squares(("one", "x", "x2", "x3"), design, y)
    nothing = np.full(x.shape, np.nan)
    if isinstance(found, Reason):
        return ResidualPercentile(nothing, np.empty(0), None, found)
    total = float(found.residuals @ found.residuals)
    if total == 0:
        return ResidualPercentile(nothing, found.beta, 0.0, Reason.NO_VARIATION)
    sigma = float(np.sqrt(total / found.freedom))
    # A score that pulls the curve towards itself has a smaller residual: undo that.
    pull = np.einsum("ij,jk,ik->i", design, found.inverse, design)
    apart = found.residuals / (sigma * np.sqrt(np.maximum(1 - pull, 1e-12)))
    percentile = 100 * special.ndtr(apart)
    return ResidualPercentile(np.asarray(percentile), found.beta, sigma)


def median_growth(
    percentile: ArrayLike, *, seed: int = 1, conf: float = CONFIDENCE
) -> Estimate:
    """A school's median percentile with a bootstrap interval; none below 20 students.

    Args:
        percentile: its students' percentiles; 0 (missing) is left out.
        seed: of the draws, so that the same data give the same interval.
        conf: the confidence of the interval.
    """
    values = np.asarray(percentile, np.float64)
    values = values[values > 0]
    if values.size < ENOUGH:
        reason = Reason.TOO_FEW if values.size else Reason.NO_STUDENTS
        return Estimate.unknown(reason, int(values.size))
    rng = np.random.default_rng(seed)
    drawn = rng.choice(np.sort(values), (_DRAWS, values.size))
    tails = [0.5 - conf / 2, 0.5 + conf / 2]
    lower, upper = np.quantile(np.median(drawn, axis=1), tails)
    return Estimate(
        float(np.median(values)), float(lower), float(upper), int(values.size)
    )


def _spline(x: Floats, knots: tuple[float, ...], ends: tuple[float, float]) -> Floats:
    """A constant and the cubic B-spline's columns but the first (as R's bs)."""
    edge = _DEGREE + 1
    places = np.array([*[ends[0]] * edge, *knots, *[ends[1]] * edge])
    basis = BSpline.design_matrix(x, places, _DEGREE).toarray()
    return np.column_stack([np.ones(x.size), basis[:, 1:]])
