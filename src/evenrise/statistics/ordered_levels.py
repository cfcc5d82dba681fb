"""Gaps and school means from counts in proficiency levels (METHODS cards 2e and 2f).

Heteroskedastic ordered probit by maximum likelihood: each group has a mean and a
spread on one hidden scale, and all share the cuts. Only counts are needed, so it runs
on published files.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

from evenrise.statistics.rates import Floats
from evenrise.vocabulary.estimates import Estimate, Reason


_FIXED = (-1.0, 0.0)  # two cuts fix the scale
_SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Means and spreads of groups on the hidden scale; cuts are shared.

    `mean_known` is false where all students sit in one end level (the mean is then
    the lowest or highest of the others), `spread_known` where fewer than three levels
    are filled (the spread is then the geometric mean of the others).
    """

    mean: Floats
    spread: Floats
    cuts: Floats
    log_likelihood: float | None  # multinomial kernel
    mean_known: NDArray[np.bool_]
    spread_known: NDArray[np.bool_]
    between: float | None = None  # share of variance between groups
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class LevelGap:
    """V of two groups from counts in ordered levels.

    `v` is the model's; `v_tie_split` treats levels as scores and is drawn towards 0;
    `equal_spread` says that with two levels only the spread had to be assumed equal.
    `probit_by_cut` is the gap at each cut: when these differ much, the spreads do.
    """

    v: Estimate
    chance: float | None
    v_tie_split: float | None
    probit_by_cut: Floats
    equal_spread: bool
    model: LevelModel | None


def level_model(counts: ArrayLike, *, star: bool = True) -> LevelModel:
    """Means and spreads of groups from counts in K >= 3 ordered levels.

    Source: Reardon, Shear, Castellano and Ho 2017, JEBS 42:3 (HETOP).

    Args:
        counts: students, shape (groups, levels), lowest level first.
        star: on the scale where students' mean is 0 and their variance 1; otherwise
            on the scale where the first two cuts are -1 and 0.

    Raises:
        ValueError: for negative counts or fewer than three levels.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 3 or np.any(table < 0):
        raise ValueError("Counts need groups in rows and three or more levels.")
    filled = table > 0
    total = table.sum(axis=1)
    ends = (table[:, 0] == total) | (table[:, -1] == total)
    mean_known = (total > 0) & ~ends
    spread_known = mean_known & (filled.sum(axis=1) >= 3)
    if not spread_known.any() or np.any(table.sum(axis=0) == 0):
        empty = np.full(total.shape, np.nan)
        reason = Reason.NO_STUDENTS if total.sum() == 0 else Reason.TOO_FEW
        cuts = np.full(table.shape[1] - 1, np.nan)
        return LevelModel(
            empty, empty, cuts, None, mean_known, spread_known, reason=reason
        )
    model = _fit(table, mean_known, spread_known)
    return _star(model, total) if star else model


def level_gap(first: ArrayLike, second: ArrayLike) -> LevelGap:
    """V of two groups from their counts in ordered levels.

    V = (mean1 - mean2) / sqrt((spread1^2 + spread2^2) / 2). With two levels the
    spreads are assumed equal, and said so. Source: Ho and Reardon 2012, JEBS 37:489.

    Args:
        first: students by level, lowest first, shape (levels,).
        second: the same of the other group.

    Raises:
        ValueError: when the shapes differ or a count is negative.
    """
    a, b = (np.asarray(part, dtype=np.float64) for part in (first, second))
    if a.shape != b.shape or a.ndim != 1 or a.size < 2 or np.any((a < 0) | (b < 0)):
        raise ValueError("Both groups need counts for the same two or more levels.")
    n = int(a.sum() + b.sum())
    if a.sum() == 0 or b.sum() == 0:
        unknown = Estimate.unknown(Reason.NO_STUDENTS, n)
        return LevelGap(unknown, None, None, np.full(a.size - 1, np.nan), False, None)
    below_b = np.cumsum(b) - b
    chance = float((a * (below_b + b / 2)).sum() / (a.sum() * b.sum()))
    apart = chance in (0.0, 1.0)
    tie_split = None if apart else math.sqrt(2) * float(special.ndtri(chance))
    probit = _probit_above(a) - _probit_above(b)
    parts = (chance, tie_split, probit)
    if a.size == 2:
        known = bool(np.isfinite(probit[0]))
        v = (
            Estimate(float(probit[0]), n=n)
            if known
            else Estimate.unknown(Reason.SEPARATED, n)
        )
        return LevelGap(v, *parts, True, None)
    used = (a + b) > 0  # a level nobody is in has no cut
    if used.sum() < 3:
        return LevelGap(Estimate.unknown(Reason.TOO_FEW, n), *parts, False, None)
    model = level_model(np.vstack([a, b])[:, used], star=False)
    if model.reason is not None or not model.mean_known.all():
        reason = model.reason or Reason.SEPARATED
        return LevelGap(Estimate.unknown(reason, n), *parts, False, model)
    v_model = (model.mean[0] - model.mean[1]) / math.sqrt(
        float((model.spread**2).mean())
    )
    return LevelGap(Estimate(float(v_model), n=n), *parts, False, model)


def _probit_above(counts: Floats) -> Floats:
    """Probit of the share above each cut; nan where it is none or all."""
    share = 1 - np.cumsum(counts)[:-1] / counts.sum()
    share = np.clip(share, 0, 1)
    inside = (share > 0) & (share < 1)
    return np.where(inside, special.ndtri(np.where(inside, share, 0.5)), np.nan)


def _fit(
    table: Floats, mean_known: NDArray[np.bool_], spread_known: NDArray[np.bool_]
) -> LevelModel:
    """Maximum likelihood over free means, log spreads and log steps between cuts."""
    used = table[mean_known]
    groups, levels = used.shape
    own = spread_known[mean_known]
    # Log spreads of groups without their own are the mean of the others'.
    spreads = np.where(own[:, None], np.eye(groups), own / own.sum())[:, own]
    steps = levels - 3
    count = (groups, int(own.sum()))

    def unpack(theta: Floats) -> tuple[Floats, Floats, Floats]:
        mean = theta[: count[0]]
        spread = np.exp(spreads @ theta[count[0] : sum(count)])
        cuts = np.concatenate([_FIXED, np.cumsum(np.exp(theta[sum(count) :]))])
        return mean, spread, cuts

    def loss(theta: Floats) -> tuple[float, Floats]:
        mean, spread, cuts = unpack(theta)
        z = (cuts - mean[:, None]) / spread[:, None]
        share, density = _shares(z), np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        weight = used / share
        gap = weight[:, :-1] - weight[:, 1:]  # what one cut's move brings
        by_cut = gap * density / spread[:, None]
        slope = np.concatenate(
            [
                -by_cut.sum(axis=1),
                spreads.T @ -(by_cut * spread[:, None] * z).sum(axis=1),
                np.cumsum(by_cut.sum(axis=0)[:1:-1])[::-1] * np.diff(cuts[1:]),
            ]
        )
        return -float((used * np.log(share)).sum()), -slope

    start = np.concatenate([np.zeros(groups), np.zeros(count[1]), np.zeros(steps)])
    found = optimize.minimize(
        loss, start, jac=True, method="BFGS", options={"gtol": 1e-7, "maxiter": 2000}
    )
    mean, spread, cuts = unpack(found.x)
    all_means = np.full(table.shape[0], np.nan)
    all_means[mean_known] = mean
    total = table.sum(axis=1)
    all_means[(total > 0) & (table[:, 0] == total)] = mean.min()
    all_means[(total > 0) & (table[:, -1] == total)] = mean.max()
    all_spreads = np.full(table.shape[0], math.exp(float(np.log(spread[own]).mean())))
    all_spreads[mean_known] = spread
    return LevelModel(
        all_means, all_spreads, cuts, -float(found.fun), mean_known, spread_known
    )


def _shares(z: Floats) -> Floats:
    """Shares of the levels between cuts, without cancelling in the upper tail."""
    ends = np.full((z.shape[0], 1), np.inf)
    lower, upper = np.hstack([-ends, z]), np.hstack([z, ends])
    turn = lower > 0
    low, high = np.where(turn, -upper, lower), np.where(turn, -lower, upper)
    share: Floats = np.maximum(special.ndtr(high) - special.ndtr(low), _SMALLEST)
    return share


def _star(model: LevelModel, total: Floats) -> LevelModel:
    """The same model where students' mean is 0 and their total variance 1."""
    some = total > 0
    weight = total[some] / total.sum()
    mean, spread = model.mean[some], model.spread[some]
    center = float(weight @ mean)
    between = float(weight @ (mean - center) ** 2)
    scale = math.sqrt(between + float(weight @ spread**2))
    return LevelModel(
        (model.mean - center) / scale,
        model.spread / scale,
        (model.cuts - center) / scale,
        model.log_likelihood,
        model.mean_known,
        model.spread_known,
        between / scale**2,
    )
