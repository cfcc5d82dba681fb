"""A gap in means, beside what students bring from before (METHODS card 2i).

Oaxaca and Blinder's accounting. "Unexplained" is not discrimination and "explained" is
not justified: adjusting for track, discipline or course access hides what a review
looks for. Take facts from before the school year only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class TwoFold:
    """One way to weigh the groups' slopes, and what it makes of the gap."""

    weighting: str
    weight: float  # of the first group's slopes; -1 and -2: pooled, see `weighting`
    explained: float
    unexplained: float


@dataclass(frozen=True, slots=True)
class AdjustedGap:
    """A gap (first minus second), split in three and in two; all weightings shown."""

    gap: float | None
    mean_first: float | None
    mean_second: float | None
    n_first: int
    n_second: int
    endowments: float | None = None
    coefficients: float | None = None
    interaction: float | None = None
    two_fold: tuple[TwoFold, ...] = ()
    reason: Reason | None = None


def adjusted_gap(y: ArrayLike, x: ArrayLike, in_first: ArrayLike) -> AdjustedGap:
    """Split a gap in means by covariates x.

    Sources: Oaxaca 1973; Blinder 1973; Jann 2008, Stata Journal 8:453 (the weightings:
    either group's slopes, their mean, by size, pooled without and with the group).

    Args:
        y: outcomes, shape (students,); a row with nan anywhere is left out.
        x: covariates, shape (students, k), without a constant.
        in_first: whether each student is in the first group.

    Raises:
        ValueError: when the shapes differ.
    """
    values = np.asarray(y, dtype=np.float64)
    design = np.asarray(x, dtype=np.float64)
    first = np.asarray(in_first, dtype=bool)
    if design.ndim != 2 or not len(values) == len(design) == len(first):
        raise ValueError("y, x and the groups need one row for each student.")
    known = ~np.isnan(values) & ~np.isnan(design).any(axis=1)
    values, first = values[known], first[known]
    design = np.column_stack([np.ones(known.sum()), design[known]])
    n1, n2 = int(first.sum()), int((~first).sum())
    if n1 == 0 or n2 == 0:
        return AdjustedGap(None, None, None, n1, n2, reason=Reason.NO_STUDENTS)
    mean1, mean2 = float(values[first].mean()), float(values[~first].mean())
    slopes = [_slopes(values[part], design[part]) for part in (first, ~first)]
    pooled = _slopes(values, design)
    grouped = _slopes(values, np.column_stack([design, first]))
    own1, own2 = slopes
    if own1 is None or own2 is None or pooled is None or grouped is None:
        return AdjustedGap(mean1 - mean2, mean1, mean2, n1, n2, reason=Reason.SINGULAR)
    apart = design[first].mean(axis=0) - design[~first].mean(axis=0)
    ways = (
        ("slopes of the second group", 0.0, own2),
        ("slopes of the first group", 1.0, own1),
        ("mean of both", 0.5, (own1 + own2) / 2),
        ("by size", n1 / (n1 + n2), (n1 * own1 + n2 * own2) / (n1 + n2)),
        ("pooled without the group", -1.0, pooled),
        ("pooled with the group", -2.0, grouped[:-1]),
    )
    gap = mean1 - mean2
    return AdjustedGap(
        gap,
        mean1,
        mean2,
        n1,
        n2,
        float(apart @ own2),
        float(design[~first].mean(axis=0) @ (own1 - own2)),
        float(apart @ (own1 - own2)),
        tuple(
            TwoFold(name, weight, float(apart @ slope), gap - float(apart @ slope))
            for name, weight, slope in ways
        ),
    )


def _slopes(values: Floats, design: Floats) -> Floats | None:
    """Least squares; None when the covariates cannot be told apart."""
    if len(values) < design.shape[1]:
        return None
    scale = np.sqrt((design**2).mean(axis=0))
    if np.any(scale == 0):
        return None
    found, _, rank, _ = np.linalg.lstsq(design / scale, values, rcond=1e-10)
    return None if rank < design.shape[1] else np.asarray(found / scale)
