"""Counts in groups with a random intercept, by adaptive Gauss-Hermite quadrature.

x_s ~ binomial(n_s, expit(X_s b + sigma z_s)), z ~ N(0, 1). The likelihood of each
group is integrated on points placed at its own mode (Pinheiro and Bates 1995, JCGS
4:12; Liu and Pierce 1994, Biometrika 81:624); slopes by Louis 1982, JRSS B 44:226.
One point is Laplace's approximation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


_STEPS = 50
_FAR = 25.0  # a logit beyond which a fixed effect is taken as infinite
_START = 0.4  # a spread between groups to start from
_ENOUGH_POINTS = 7  # for the slope that takes the points as given


@dataclass(frozen=True, slots=True)
class BinomialFit:
    """A fitted model, or the reason why there is none (then arrays are empty).

    `effects` are conditional modes on the logit scale and `effect_sd` their spread;
    `linear` is the fixed part of each group. `log_likelihood` includes the binomial
    coefficients.
    """

    fixed: Floats
    variance: float
    log_likelihood: float
    linear: Floats
    effects: Floats
    effect_sd: Floats
    singular: bool
    reason: Reason | None = None


def fit_binomial(
    x: Floats, n: Floats, design: Floats, *, points: int = 25
) -> BinomialFit:
    """Fit counts in groups.

    Args:
        x: counts, shape (groups,).
        n: students, above 0.
        design: the fixed part's columns, shape (groups, k), with the constant.
        points: of the quadrature, 1 or more.
    """
    reason = _no_model(x, n, design)
    if reason is not None:
        empty = np.empty(0)
        return BinomialFit(empty, 0.0, 0.0, empty, empty, empty, False, reason)
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    constant = special.gammaln(n + 1) - special.gammaln(x + 1)
    constant = float((constant - special.gammaln(n - x + 1)).sum())
    constant -= len(x) * math.log(2 * math.pi) / 2
    problem = _Problem(x, n, design, nodes, weights, constant)
    flat = problem.without_effects()
    none = -problem.loss(np.append(flat, 0.0))
    if np.abs(flat).max() > _FAR:
        empty = np.empty(0)
        return BinomialFit(
            empty, 0.0, 0.0, empty, empty, empty, False, Reason.SEPARATED
        )
    found = problem.climb(np.append(flat, _START))
    theta = found if -problem.loss(found) > none + 1e-8 else np.append(flat, 0.0)
    best = -problem.loss(theta)
    sigma = float(theta[-1])
    linear = design @ theta[:-1]
    z, curve = problem.modes(linear, sigma)
    return BinomialFit(
        theta[:-1],
        sigma**2,
        best,
        linear,
        sigma * z,
        sigma / np.sqrt(curve),
        sigma < 1e-4,
    )


def _no_model(x: Floats, n: Floats, design: Floats) -> Reason | None:
    if len(x) < 2:
        return Reason.TOO_FEW
    if x.sum() in (0, n.sum()):
        return Reason.NO_VARIATION
    if len(x) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        return Reason.SINGULAR
    return None


@dataclass(frozen=True)
class _Problem:
    x: Floats
    n: Floats
    design: Floats
    nodes: Floats
    weights: Floats
    constant: float

    def without_effects(self) -> Floats:
        """Logistic regression by Newton's steps: where sigma is 0."""
        beta = np.zeros(self.design.shape[1])
        for _ in range(_STEPS):
            rate = special.expit(self.design @ beta)
            spread = np.maximum(self.n * rate * (1 - rate), 1e-12)
            slope = self.design.T @ (self.x - self.n * rate)
            step = np.linalg.solve(self.design.T * spread @ self.design, slope)
            beta = beta + np.clip(step, -5, 5)
            if np.abs(step).max() < 1e-12 or np.abs(beta).max() > 2 * _FAR:
                break
        return beta

    def modes(self, linear: Floats, sigma: float) -> tuple[Floats, Floats]:
        """Each group's most likely z, and the curvature there."""
        z = np.zeros(linear.shape)
        curve = np.ones(linear.shape)
        for _ in range(_STEPS):
            rate = special.expit(linear + sigma * z)
            curve = 1 + sigma**2 * self.n * rate * (1 - rate)
            step = (sigma * (self.x - self.n * rate) - z) / curve
            z = z + np.clip(step, -1, 1)  # Newton overshoots far from the mode
            if np.abs(step).max() < 1e-11:
                break
        return z, curve

    def loss(self, theta: Floats) -> float:
        """Minus the log likelihood."""
        return -self.climbing(theta)[0]

    def loss_and_slope(self, theta: Floats) -> tuple[float, Floats]:
        """Minus the log likelihood, and its slope with the points taken as given."""
        log, slope, _ = self.climbing(theta)
        return -log, -slope

    def climbing(self, theta: Floats) -> tuple[float, Floats, Floats]:
        """The log likelihood, its slope and its curvature, the points as given."""
        sigma = float(theta[-1])
        linear = self.design @ theta[:-1]
        mode, curve = self.modes(linear, sigma)
        z = mode[:, None] + self.nodes / np.sqrt(curve)[:, None]
        logit = linear[:, None] + sigma * z
        # log(1 + exp(logit)) and expit from one exponential, without overflow.
        small = np.exp(-np.abs(logit))
        rate = np.where(logit > 0, 1.0, small) / (1 + small)
        log_density = (
            self.x[:, None] * logit
            - self.n[:, None] * (np.maximum(logit, 0) + np.log1p(small))
            - z * z / 2
            + (self.nodes**2 / 2 + np.log(self.weights))
        )
        top = log_density.max(axis=1)
        share = np.exp(log_density - top[:, None])
        whole = share.sum(axis=1)
        share /= whole[:, None]
        log = float((top + np.log(whole) - np.log(curve) / 2).sum()) + self.constant
        left = self.x[:, None] - self.n[:, None] * rate
        bend = self.n[:, None] * rate * (1 - rate)
        return log, *self._derivatives(share, left, bend, z)

    def _derivatives(
        self, share: Floats, left: Floats, bend: Floats, z: Floats
    ) -> tuple[Floats, Floats]:
        """Slope and curvature in (b, sigma) from each group's points (Louis 1982)."""

        def mean(of: Floats) -> Floats:
            return np.asarray((share * of).sum(axis=1))

        by_linear, by_sigma = mean(left), mean(left * z)
        c_ll = mean(left**2 - bend) - by_linear**2
        c_ls = mean((left**2 - bend) * z) - by_linear * by_sigma
        c_ss = mean((left**2 - bend) * z * z) - by_sigma**2
        slope = np.append(self.design.T @ by_linear, by_sigma.sum())
        k = len(slope) - 1
        curvature = np.empty((k + 1, k + 1))
        curvature[:k, :k] = (self.design.T * c_ll) @ self.design
        curvature[:k, k] = curvature[k, :k] = self.design.T @ c_ls
        curvature[k, k] = c_ss.sum()
        return slope, curvature

    def climb(self, theta: Floats) -> Floats:
        """Newton's steps to the maximum, each made sure to go up."""
        if len(self.nodes) < _ENOUGH_POINTS:
            return np.asarray(self.search(theta).x)
        log, slope, curvature = self.climbing(theta)
        for _ in range(_STEPS):
            values, vectors = np.linalg.eigh(-curvature)
            values = np.maximum(np.abs(values), 1e-8 * np.abs(values).max())
            step = vectors @ ((vectors.T @ slope) / values)
            for _half in range(30):
                tried = theta + step
                tried[-1] = abs(tried[-1])
                found = self.climbing(tried)
                if found[0] >= log - 1e-12 * abs(log):
                    break
                step = step / 2
            else:
                break
            moved, (log, slope, curvature) = float(np.abs(tried - theta).max()), found
            theta = tried
            if moved < 1e-8:
                return theta
        return np.asarray(self.search(theta).x)

    def search(self, start: Floats) -> optimize.OptimizeResult:
        """The maximum by a general search: slower, for what Newton cannot do."""
        bounds = [(None, None)] * (len(start) - 1) + [(0.0, 20.0)]
        exact = len(self.nodes) >= _ENOUGH_POINTS
        return optimize.minimize(
            self.loss_and_slope if exact else self.loss,
            start,
            jac=True if exact else "3-point",
            method="L-BFGS-B",
            bounds=bounds,
            options={"ftol": 1e-14, "gtol": 1e-7, "maxiter": 1000},
        )
