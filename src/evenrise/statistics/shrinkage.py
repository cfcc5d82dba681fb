"""Small schools' rates, drawn towards schools like them (METHODS card 1f).

Beta-binomial by maximum likelihood. Where no variation between schools can be
detected, every school gets the pooled rate and no order may be shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special

from evenrise.statistics.rates import CONFIDENCE, Floats
from evenrise.vocabulary.estimates import Reason


DETECTABLE = 1e-4  # log likelihood by which variation must beat none
_LARGE = 14.0  # log(alpha + beta) at which the beta is a point


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Rates drawn towards their mean, one entry a school in the order given.

    `variation` says whether schools differ beyond chance; when not, `alpha`, `beta`,
    `lower` and `upper` are None, every rate is the pooled rate, and nobody may be
    ordered. `weight` is how much of a school's own rate is kept. A school without
    students gets the mean (weight 0). `reason` says why there is no variation to see.
    """

    mean: float | None
    shrunk: Floats
    lower: Floats | None
    upper: Floats | None
    weight: Floats
    variation: bool
    alpha: float | None = None
    beta: float | None = None
    rho: float | None = None  # correlation of two students of one school
    log_likelihood: float | None = None
    log_likelihood_pooled: float | None = None
    reason: Reason | None = None


def shrink_rates(x: ArrayLike, n: ArrayLike, *, conf: float = CONFIDENCE) -> Shrinkage:
    """Shrink schools' rates x / n towards their common mean.

    x_i ~ beta-binomial(n_i, a, b); shrunk = (x + a) / (n + a + b), with the interval
    of Beta(x + a, n - x + b). Shrink schools of one kind (grade span) at a time.
    Source: Skellam 1948; Casella 1985, American Statistician 39:83.

    Args:
        x: counts, shape (schools,).
        n: students, shape (schools,).
        conf: the probability of the intervals.

    Raises:
        ValueError: when a count lies outside 0 to its n, or the shapes differ.
    """
    count = np.asarray(x, dtype=np.float64)
    total = np.asarray(n, dtype=np.float64)
    if count.shape != total.shape or count.ndim != 1:
        raise ValueError("Shrinkage needs one count and one n for each school.")
    if not np.all((count >= 0) & (count <= total)):
        raise ValueError("A count lies between 0 and its n.")
    students = float(total.sum())
    if students == 0:
        return _pooled(total, None, None, Reason.NO_STUDENTS)
    mean = float(count.sum()) / students
    pooled = _log_pooled(count, total, mean)
    if np.sum(total > 0) == 1:
        return _pooled(total, mean, pooled, Reason.ONE_SCHOOL)
    if mean in (0.0, 1.0):
        return _pooled(total, mean, pooled, Reason.NO_VARIATION)
    alpha, beta, best = _fit(count, total, mean)
    if best - pooled <= DETECTABLE:
        return _pooled(total, mean, pooled, Reason.NO_VARIATION)
    tail = (1 - conf) / 2
    return Shrinkage(
        mean=alpha / (alpha + beta),
        shrunk=(count + alpha) / (total + alpha + beta),
        lower=special.betaincinv(count + alpha, total - count + beta, tail),
        upper=special.betaincinv(count + alpha, total - count + beta, 1 - tail),
        weight=total / (total + alpha + beta),
        variation=True,
        alpha=alpha,
        beta=beta,
        rho=1 / (1 + alpha + beta),
        log_likelihood=best,
        log_likelihood_pooled=pooled,
    )


def _fit(count: Floats, total: Floats, mean: float) -> tuple[float, float, float]:
    """Maximum likelihood by logit(mean) and log(alpha + beta): two well-shaped axes."""

    def loss(theta: Floats) -> tuple[float, Floats]:
        share, strength = float(special.expit(theta[0])), float(np.exp(theta[1]))
        alpha, beta = strength * share, strength * (1 - share)
        shared = special.digamma(total + strength) - special.digamma(strength)
        by_alpha = special.digamma(count + alpha) - special.digamma(alpha) - shared
        by_beta = special.digamma(total - count + beta) - special.digamma(beta) - shared
        da, db = float(by_alpha.sum()), float(by_beta.sum())
        slope = np.array([(da - db) * strength * share * (1 - share)])
        slope = np.append(slope, da * alpha + db * beta)
        return -_log_beta_binomial(count, total, alpha, strength), -slope

    fits = [
        optimize.minimize(
            loss,
            np.array([special.logit(mean), log]),
            jac=True,
            method="L-BFGS-B",
            bounds=[(-30.0, 30.0), (-_LARGE, _LARGE)],
            options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 100},
        )
        for log in (0.0, 4.0)
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    share, strength = special.expit(best.x[0]), np.exp(best.x[1])
    alpha = float(strength * share)
    return alpha, float(strength) - alpha, -float(best.fun)


def _log_beta_binomial(
    count: Floats, total: Floats, alpha: float, strength: float
) -> float:
    beta = strength - alpha
    return float(
        np.sum(
            _log_choose(count, total)
            + special.betaln(count + alpha, total - count + beta)
            - special.betaln(alpha, beta)
        )
    )


def _log_pooled(count: Floats, total: Floats, mean: float) -> float:
    return float(
        np.sum(
            _log_choose(count, total)
            + special.xlogy(count, mean)
            + special.xlog1py(total - count, -mean)
        )
    )


def _log_choose(count: Floats, total: Floats) -> Floats:
    return np.asarray(
        special.gammaln(total + 1)
        - special.gammaln(count + 1)
        - special.gammaln(total - count + 1),
        dtype=np.float64,
    )


def _pooled(
    total: Floats, mean: float | None, log_pooled: float | None, reason: Reason
) -> Shrinkage:
    value = np.nan if mean is None else mean
    return Shrinkage(
        mean=mean,
        shrunk=np.full(total.shape, value),
        lower=None,
        upper=None,
        weight=np.zeros(total.shape),
        variation=False,
        log_likelihood=log_pooled,
        log_likelihood_pooled=log_pooled,
        reason=reason,
    )
