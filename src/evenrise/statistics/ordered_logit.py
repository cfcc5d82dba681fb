"""Proportional odds for ordered answers, by maximum likelihood.

logit P(answer <= k) = cut_k - x'b, as R's MASS::polr. Newton's steps on the exact
slope and curvature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


_STEPS = 100
_FAR = 40.0


@dataclass(frozen=True, slots=True)
class OrderedLogit:
    """Slopes with standard errors, cuts, and the log likelihood."""

    slopes: Floats
    se: Floats
    cuts: Floats
    log_likelihood: float


def ordered_logit(y: Floats, x: Floats) -> OrderedLogit | Reason:
    """Fit ordered answers on columns x.

    Args:
        y: answers, any increasing numbers, shape (people,).
        x: shape (people, k), without a constant; k may be 0.
    """
    levels, code = np.unique(y, return_inverse=True)
    k, last = x.shape[1], len(levels) - 1
    if last < 1:
        return Reason.NO_VARIATION
    scale = x.std(axis=0)
    center = x.mean(axis=0)
    if np.any(scale == 0) or np.linalg.matrix_rank((x - center) / scale) < k:
        return Reason.SINGULAR
    z = (x - center) / scale
    share = np.cumsum(np.bincount(code))[:-1] / len(y)
    theta = np.concatenate([special.logit(share), np.zeros(k)])
    problem = _Problem(code, z, last)
    log, slope, curvature = problem.at(theta)
    for _ in range(_STEPS):
        step = np.linalg.solve(-curvature, slope)
        for _half in range(40):
            tried = theta + step
            if np.all(np.diff(tried[:last]) > 0):
                found = problem.at(tried)
                if found[0] >= log - 1e-10 * abs(log):
                    break
            step = step / 2
        theta, (log, slope, curvature) = tried, found
        if np.abs(theta).max() > _FAR:
            return Reason.SEPARATED
        if np.abs(step).max() < 1e-10:
            break
    else:
        return Reason.DID_NOT_CONVERGE
    cov = np.linalg.inv(-curvature)
    slopes = theta[last:] / scale
    return OrderedLogit(
        slopes,
        np.sqrt(np.diagonal(cov)[last:]) / scale,
        theta[:last] + float(slopes @ center),
        log,
    )


@dataclass(frozen=True)
class _Problem:
    code: np.ndarray[tuple[int], np.dtype[np.intp]]
    x: Floats
    last: int

    def at(self, theta: Floats) -> tuple[float, Floats, Floats]:
        """Log likelihood, slope and curvature at (cuts, slopes)."""
        n, k, last = len(self.code), self.x.shape[1], self.last
        cuts = np.concatenate([[-np.inf], theta[:last], [np.inf]])
        line = self.x @ theta[last:]
        high, low = cuts[self.code + 1] - line, cuts[self.code] - line
        above, below = special.expit(high), special.expit(low)
        chance = np.maximum(above - below, 1e-300)
        d_high, d_low = above * (1 - above), below * (1 - below)
        dd_high, dd_low = d_high * (1 - 2 * above), d_low * (1 - 2 * below)
        # Each row depends on its two cuts and its line alone.
        by_high, by_low = np.zeros((n, last + k)), np.zeros((n, last + k))
        rows = np.arange(n)
        has_high, has_low = self.code < last, self.code > 0
        by_high[rows[has_high], self.code[has_high]] = 1.0
        by_low[rows[has_low], self.code[has_low] - 1] = 1.0
        by_high[:, last:] = by_low[:, last:] = -self.x
        slopes = (d_high[:, None] * by_high - d_low[:, None] * by_low) / chance[:, None]
        curvature = (by_high.T * (dd_high / chance)) @ by_high
        curvature -= (by_low.T * (dd_low / chance)) @ by_low
        curvature -= slopes.T @ slopes
        return float(np.log(chance).sum()), slopes.sum(axis=0), curvature
