"""Did a support help at the line where it starts (METHODS card 9)?

Regression discontinuity at a tier's cut-off: local lines on both sides, a bandwidth
that minimizes the squared error, and an interval that allows for the bias. The effect
is at the cut only. The rule must really have decided, nobody may have moved their own
score over it, and whole-number scores are flagged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.cutoff_bandwidth import Bandwidths, Side, best_bandwidths
from evenrise.statistics.cutoff_crowding import crowding
from evenrise.statistics.least_squares import least_squares
from evenrise.statistics.rates import CONFIDENCE, quantile, two_sided_p
from evenrise.vocabulary.estimates import Estimate, Reason


ENOUGH = 100  # students on each side, near the cut
HEAPED = 0.2  # share of repeated scores from which they are heaped
_FEWEST = 10  # on each side, to compute anything


@dataclass(frozen=True, slots=True)
class CutoffEffect:
    """The jump at the cut (right minus left), or why there is none.

    `effect` is the bias-corrected jump with its robust interval, and is what may be
    reported. `conventional` ignores the bias. `near` counts students within the
    bandwidth on both sides; below `ENOUGH` on either the answer is refused. `heaped`
    says that scores repeat (whole numbers), `crowding_p` that as many students lie
    just left of the cut as just right of it (see `cutoff_crowding`).
    """

    effect: Estimate
    conventional: float | None = None
    se_conventional: float | None = None
    se_robust: float | None = None
    p: float | None = None
    bandwidths: Bandwidths | None = None
    n: tuple[int, int] = (0, 0)
    near: tuple[int, int] = (0, 0)
    distinct_scores: int = 0
    heaped: bool = False
    crowding_p: float | None = None
    reason: Reason | None = None

    @property
    def refused(self) -> bool:
        """Whether there are too few students near the cut to claim anything."""
        return self.effect.value is None or min(self.near) < ENOUGH


@dataclass(frozen=True, slots=True)
class FixedBandwidth:
    """The same with a bandwidth set beforehand; HC1 errors, no allowance for bias."""

    effect: Estimate
    se: float | None
    used: int


def cutoff_effect(
    score: ArrayLike, y: ArrayLike, cutoff: float, *, conf: float = CONFIDENCE
) -> CutoffEffect:
    """The jump of the outcome at a cut of the score.

    Triangular weights, local lines corrected by local parabolas, errors from three
    nearest neighbors. Source: Calonico, Cattaneo and Titiunik 2014, Econometrica
    82:2295; Calonico, Cattaneo and Farrell 2020.

    Args:
        score: what the rule looked at, shape (students,).
        y: the outcome; rows with a nan are left out.
        cutoff: the line; a score on it counts as right of it.
        conf: the confidence of the interval.
    """
    x, values = np.asarray(score, np.float64), np.asarray(y, np.float64)
    known = ~np.isnan(x) & ~np.isnan(values)
    x, values = x[known] - cutoff, values[known]
    sides = Side.of(x[x < 0], values[x < 0]), Side.of(x[x >= 0], values[x >= 0])
    n = sides[0].x.size, sides[1].x.size
    distinct = sides[0].distinct, sides[1].distinct
    if min(n) == 0 or min(distinct) < _FEWEST:
        reason = Reason.NO_STUDENTS if min(n) == 0 else Reason.TOO_FEW
        return CutoffEffect(Estimate.unknown(reason, sum(n)), n=n, reason=reason)
    if np.ptp(values) == 0:
        reason = Reason.NO_VARIATION
        return CutoffEffect(Estimate.unknown(reason, sum(n)), n=n, reason=reason)
    heaped = max(1 - d / m for d, m in zip(distinct, n, strict=True)) >= HEAPED
    found = best_bandwidths(*sides, heaped=heaped)
    seen = CutoffEffect(
        Estimate.unknown(Reason.SINGULAR, sum(n)),
        bandwidths=found,
        n=n,
        near=_near(sides, found.main),
        distinct_scores=sum(distinct),
        heaped=heaped,
        crowding_p=crowding(sides[0].x, sides[1].x, heaped=heaped),
        reason=Reason.SINGULAR,
    )
    if not np.isfinite([found.main, found.bias]).all() or min(seen.near) < 4:
        return seen
    return _jump(seen, sides, found, conf)


def _jump(
    seen: CutoffEffect, sides: tuple[Side, Side], found: Bandwidths, conf: float
) -> CutoffEffect:
    left, right = (side.at_cut(found.main, found.bias) for side in sides)
    plain = right.plain - left.plain
    corrected = right.corrected - left.corrected
    se = float(np.sqrt(left.plain_variance + right.plain_variance))
    robust = float(np.sqrt(left.corrected_variance + right.corrected_variance))
    half = quantile(conf) * robust
    return replace(
        seen,
        effect=Estimate(corrected, corrected - half, corrected + half, sum(seen.n)),
        conventional=plain,
        se_conventional=se,
        se_robust=robust,
        p=float(two_sided_p(corrected / robust)) if robust > 0 else None,
        reason=None,
    )


def fixed_bandwidth(
    score: ArrayLike,
    y: ArrayLike,
    cutoff: float,
    h: float,
    *,
    conf: float = CONFIDENCE,
) -> FixedBandwidth:
    """The jump from weighted lines within a bandwidth set beforehand.

    Args:
        score: what the rule looked at.
        y: the outcome.
        cutoff: the line.
        h: the bandwidth, above 0.
        conf: the confidence of the interval.

    Raises:
        ValueError: unless the bandwidth is above 0.
    """
    if not h > 0:
        raise ValueError(f"A bandwidth is above 0; got {h}.")
    x, values = np.asarray(score, np.float64) - cutoff, np.asarray(y, np.float64)
    weight = 1 - np.abs(x) / h
    used = (weight > 0) & ~np.isnan(values)
    x, values, weight = x[used], values[used], weight[used]
    right = (x >= 0).astype(np.float64)
    design = np.column_stack([right, np.ones(x.size), x, right * x])
    found = least_squares(("jump", "one", "slope", "turn"), design, values, weight)
    if isinstance(found, Reason):
        return FixedBandwidth(Estimate.unknown(found, x.size), None, int(x.size))
    se = float(np.sqrt(found.hc1()[0, 0]))
    jump, half = float(found.beta[0]), quantile(conf) * se
    return FixedBandwidth(
        Estimate(jump, jump - half, jump + half, int(x.size)), se, int(x.size)
    )


def _near(sides: tuple[Side, Side], h: float) -> tuple[int, int]:
    left, right = (int((np.abs(side.x) < h).sum()) for side in sides)
    return left, right
