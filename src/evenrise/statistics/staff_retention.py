"""How long do staff stay, and whom do we lose (METHODS card 11)?

Kaplan and Meier's curve of years to leaving. People still employed are censored: never
counted as leavers, nor as staying for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from evenrise.statistics.rates import CONFIDENCE, Floats, quantile
from evenrise.vocabulary.estimates import Reason


@dataclass(frozen=True, slots=True)
class Curve:
    """Who was still there at each time asked for; departures at that time are gone.

    `lower` and `upper` are log-log limits, nan where the share is 0 or 1. `median` is
    when half had left; None when half never did.
    """

    time: Floats
    at_risk: NDArray[np.int64]
    survival: Floats
    se: Floats
    lower: Floats
    upper: Floats
    median: float | None
    n: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The log-rank test that groups stay equally long."""

    chi_squared: float | None
    freedom: int
    p: float | None
    reason: Reason | None = None


def staying(
    years: ArrayLike, left: ArrayLike, at: ArrayLike, *, conf: float = CONFIDENCE
) -> Curve:
    """The share still there, with Greenwood's error and log-log limits.

    Source: Kaplan and Meier 1958; Kalbfleisch and Prentice 2002.

    Args:
        years: time to leaving, or to now for people still there; shape (people,).
        left: 1 for people who left.
        at: times to ask for.
        conf: the confidence of the limits.
    """
    time, gone = np.asarray(years, np.float64), np.asarray(left, np.float64) > 0
    ask = np.atleast_1d(np.asarray(at, np.float64))
    if time.size == 0:
        nothing = np.full(ask.shape, np.nan)
        none = np.zeros(ask.shape, np.int64)
        return Curve(
            ask, none, *(nothing,) * 4, median=None, n=0, reason=Reason.NO_STUDENTS
        )
    when, risk, leaving = _table(time, gone)
    steps = 1 - leaving / risk
    curve = np.concatenate([[1.0], np.cumprod(steps)])
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = leaving / (risk * (risk - leaving))
        spread = np.sqrt(np.concatenate([[0.0], np.cumsum(parts)]))
        place = np.searchsorted(when, ask, side="right")
        share, relative = curve[place], spread[place]
        half = quantile(conf) * relative / np.abs(np.log(share))
        lower, upper = share ** np.exp(half), share ** np.exp(-half)
    inside = (share > 0) & (share < 1)
    return Curve(
        ask,
        np.array([(time >= t).sum() for t in ask], dtype=np.int64),
        share,
        np.where(share > 0, share * np.nan_to_num(relative, posinf=0.0), 0.0),
        np.where(inside, lower, np.nan),
        np.where(inside, upper, np.nan),
        _median(when, curve[1:]),
        int(time.size),
    )


def times_of(
    years: ArrayLike,
    left: ArrayLike,
    shares: Sequence[float] = (0.25, 0.5, 0.75),
) -> tuple[float | None, ...]:
    """When each share had left; None where so many never did.

    The same curve as `staying`: whoever is still there counts until now and no longer.

    Source: Kaplan and Meier 1958; midway where the curve rests on the share, as R's
    `survival::quantile.survfit`.

    Args:
        years: time to leaving, or to now for people still there; shape (people,).
        left: 1 for people who left.
        shares: of the people, between 0 and 1.
    """
    time, gone = np.asarray(years, np.float64), np.asarray(left, np.float64) > 0
    if time.size == 0:
        return (None,) * len(shares)
    when, risk, leaving = _table(time, gone)
    curve = np.asarray(np.cumprod(1 - leaving / risk), np.float64)
    return tuple(_when(when, curve, 1 - share) for share in shares)


def compare_staying(years: ArrayLike, left: ArrayLike, group: ArrayLike) -> Compared:
    """The log-rank test between groups.

    Source: Mantel 1966.

    Args:
        years: time to leaving or to now.
        left: 1 for people who left.
        group: each person's group.
    """
    time, gone = np.asarray(years, np.float64), np.asarray(left, np.float64) > 0
    labels, code = np.unique(np.asarray(group), return_inverse=True)
    k = len(labels)
    if time.size == 0 or k < 2:
        reason = Reason.NO_STUDENTS if time.size == 0 else Reason.NOT_APPLICABLE
        return Compared(None, max(k - 1, 0), None, reason)
    off, spread = np.zeros(k), np.zeros((k, k))
    for when in np.unique(time[gone]):
        here = time >= when
        n = np.bincount(code[here], minlength=k).astype(np.float64)
        now = gone & (time == when)
        d, total = float(now.sum()), float(n.sum())
        share = n / total
        off += np.bincount(code[now], minlength=k) - d * share
        if total > 1:
            factor = d * (total - d) / (total - 1)
            spread += factor * (np.diag(share) - np.outer(share, share))
    if not gone.any() or np.linalg.matrix_rank(spread[1:, 1:]) < k - 1:
        return Compared(None, k - 1, None, Reason.NO_VARIATION)
    chi = float(off[1:] @ np.linalg.solve(spread[1:, 1:], off[1:]))
    return Compared(chi, k - 1, float(special.chdtrc(k - 1, chi)))


def _table(time: Floats, gone: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Times of leaving, people there just before, and people who left."""
    when = np.unique(time[gone])
    ordered = np.sort(time)
    risk = time.size - np.searchsorted(ordered, when, side="left")
    left = np.sort(time[gone])
    count = np.searchsorted(left, when, "right") - np.searchsorted(left, when, "left")
    return when, risk.astype(np.float64), count.astype(np.float64)


def _median(when: Floats, curve: Floats) -> float | None:
    """The first time half have left; midway when the curve rests on a half."""
    return _when(when, curve, 0.5)


def _when(when: Floats, curve: Floats, rest: float) -> float | None:
    """The first time that no more than a rest is there; midway where it stays so."""
    below = np.flatnonzero(curve <= rest + 1e-12)
    if below.size == 0:
        return None
    first = int(below[0])
    if abs(curve[first] - rest) <= 1e-12 and first + 1 < when.size:
        return float((when[first] + when[first + 1]) / 2)
    return float(when[first])
