"""What a multilevel model answers: effects, their spread, variances, reliability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.moments import ONE
from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Reason


Method = Literal["REML", "ML"]
RELIABLE = 0.5  # schools below are "too few to say"


@dataclass(frozen=True, slots=True)
class Level:
    """The random effects of one level: their names and their covariance."""

    names: tuple[str, ...]
    cov: Floats  # (q, q)
    groups: int


@dataclass(frozen=True, slots=True)
class MultilevelFit:
    """A fitted model, or the reason why there is none (then arrays are empty).

    `fixed` and `fixed_se` follow `names`. `effects[j, k]` is the BLUP of group j of
    the last level and `effect_cov[j]` its conditional covariance (given the fixed part
    and the variances). `levels` run from the lowest to the highest. `singular`: a
    variance is zero, which is an answer and not a fault.
    """

    method: Method
    n: int
    names: tuple[str, ...]
    fixed: Floats
    fixed_cov: Floats
    residual_variance: float
    levels: tuple[Level, ...]
    log_likelihood: float
    singular: bool
    ids: NDArray[np.object_]
    group_n: NDArray[np.int64]
    effects: Floats  # (groups, q)
    effect_cov: Floats  # (groups, q, q)
    reason: Reason | None = None

    @property
    def fixed_se(self) -> Floats:
        """Standard errors of the fixed part."""
        return np.asarray(np.sqrt(np.diagonal(self.fixed_cov)))

    @property
    def effect_sd(self) -> Floats:
        """Conditional standard deviations of the effects, shape (groups, q)."""
        return np.asarray(np.sqrt(np.diagonal(self.effect_cov, axis1=1, axis2=2)))

    @property
    def icc(self) -> float | None:
        """The share of variance between groups; None unless one random intercept."""
        variance = self._intercept_variance
        return (
            None if variance is None else variance / (variance + self.residual_variance)
        )

    @property
    def _intercept_variance(self) -> float | None:
        if len(self.levels) != 1 or self.levels[0].names != (ONE,):
            return None
        return float(self.levels[0].cov[0, 0])

    @property
    def reliability(self) -> Floats | None:
        """How much of a group's own mean counts; None unless one random intercept."""
        variance = self._intercept_variance
        if variance is None:
            return None
        return np.asarray(variance / (variance + self.residual_variance / self.group_n))

    @property
    def reliable(self) -> NDArray[np.bool_]:
        """Which groups may be spoken of; the others are too few to say."""
        reliability = self.reliability
        if reliability is None:
            # Of a slope model: how far the intercept's spread has shrunk.
            if not self.levels or self.levels[-1].cov[0, 0] <= 0:
                return np.zeros(len(self.ids), dtype=bool)
            left = self.effect_cov[:, 0, 0] / self.levels[-1].cov[0, 0]
            reliability = 1 - left
        return reliability >= RELIABLE

    def effect_at(self, values: ArrayLike) -> tuple[Floats, Floats]:
        """Each group's effect where its random columns have `values`, and its SD.

        A school can be good for low and poor for high prior scores: ask at -1, 0, 1
        standard deviations, for example `effect_at([1, -1])`.
        """
        at = np.asarray(values, dtype=np.float64)
        variance = np.einsum("i,gij,j->g", at, self.effect_cov, at)
        return self.effects @ at, np.sqrt(np.maximum(variance, 0))

    def interval(self, conf: float = CONFIDENCE) -> tuple[Floats, Floats]:
        """Limits of each group's first effect, by its conditional SD."""
        half = quantile(conf) * self.effect_sd[:, 0]
        return self.effects[:, 0] - half, self.effects[:, 0] + half
