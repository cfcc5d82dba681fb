"""The NHS "Making Data Count" rules on an XmR chart, with a direction of good (card 7).

Outside the limits; seven points on one side; a seven-point trend; two of three points
beyond two sigma on the same side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenrise.statistics.process_control import moving_range
from evenrise.statistics.rates import Floats


FACTOR = 2.66  # limits in mean moving ranges; the rules' own rounding of 3 / 1.128
RUN = 7


class Signal(StrEnum):
    """Why a point is unusual; the first that holds, in this order."""

    ABOVE_LIMIT = "Above UCL"
    BELOW_LIMIT = "Below LCL"
    RISING = "7 Point Trend (Increasing)"
    FALLING = "7 Point Trend (Decreasing)"
    TWO_ABOVE = "2 in 3 Above CL"
    TWO_BELOW = "2 in 3 Below CL"
    RUN_ABOVE = "7 Points Above CL"
    RUN_BELOW = "7 Points Below CL"
    NONE = "Common Cause"


class Meaning(StrEnum):
    """What an unusual point means, given which way is good."""

    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"
    COMMON = "common_cause"


_UP = frozenset({Signal.ABOVE_LIMIT, Signal.RISING, Signal.TWO_ABOVE, Signal.RUN_ABOVE})


@dataclass(frozen=True, slots=True)
class MeasuredOverTime:
    """Values with limits and, for each, the signal and what it means."""

    value: Floats
    mean: Floats
    lower: Floats
    upper: Floats
    signal: tuple[Signal, ...]
    meaning: tuple[Meaning, ...]


def making_data_count(
    y: ArrayLike,
    *,
    good: int = 1,
    rebase: Sequence[int] = (),
    freeze: int | None = None,
    screen: bool = True,
) -> MeasuredOverTime:
    """An XmR chart read by the Making Data Count rules.

    Source: NHS England, Making Data Count. A point on the mean breaks a run; two equal
    points break a trend; rules start anew where limits do.

    Args:
        y: values in order of time, shape (periods,).
        good: 1 when up is good, -1 when down is, 0 when neither.
        rebase: periods, counted from 1, from which limits are made anew.
        freeze: limits from the first so many periods of each phase.
        screen: leave out unusual moving ranges, once.
    """
    value = np.asarray(y, dtype=np.float64)
    starts = [0, *(start - 1 for start in sorted(rebase)), value.size]
    mean, lower, upper = (np.full(value.shape, np.nan) for _ in range(3))
    signal: list[Signal] = []
    for start, stop in pairwise(starts):
        here = slice(start, stop)
        if start == stop:
            continue
        base = value[here][:freeze]
        center = float(np.nanmean(base)) if np.any(~np.isnan(base)) else np.nan
        half = FACTOR * (moving_range(base, screen=screen) or 0.0)
        mean[here], lower[here], upper[here] = center, center - half, center + half
        signal += point_signals(value[here], center, half)
    return MeasuredOverTime(
        value,
        mean,
        lower,
        upper,
        tuple(signal),
        tuple(_meaning(one, good) for one in signal),
    )


def point_signals(
    y: ArrayLike, mean: ArrayLike, half: ArrayLike, *, two_of_three: bool = True
) -> list[Signal]:
    """Why each point is unusual: the four rules on any chart with limits.

    Args:
        y: values in order of time, shape (periods,).
        mean: the center line, one number or one a period.
        half: how far the limits lie from it, one number or one a period.
        two_of_three: whether that rule is used; the method's own tools use it from
            thirteen points on.
    """
    return _signals(
        np.asarray(y, dtype=np.float64),
        np.asarray(mean, dtype=np.float64),
        np.asarray(half, dtype=np.float64),
        two_of_three=two_of_three,
    )


def _signals(
    y: Floats, mean: Floats, half: Floats, *, two_of_three: bool
) -> list[Signal]:
    side = np.nan_to_num(np.sign(y - mean))
    outside = np.abs(y - mean) > half
    near = two_of_three & ~outside & (np.abs(y - mean) > half * 2 / 3)
    runs = {
        Signal.ABOVE_LIMIT: outside & (side > 0),
        Signal.BELOW_LIMIT: outside & (side < 0),
        Signal.RISING: _spread(_all(np.diff(y) > 0, RUN - 1), RUN, y.size),
        Signal.FALLING: _spread(_all(np.diff(y) < 0, RUN - 1), RUN, y.size),
        Signal.TWO_ABOVE: near & _two_of_three(near, side > 0),
        Signal.TWO_BELOW: near & _two_of_three(near, side < 0),
        Signal.RUN_ABOVE: _spread(_all(side > 0, RUN), RUN, y.size),
        Signal.RUN_BELOW: _spread(_all(side < 0, RUN), RUN, y.size),
    }
    return [
        next((name for name, found in runs.items() if found[i]), Signal.NONE)
        for i in range(y.size)
    ]


def _all(flags: NDArray[np.bool_], width: int) -> NDArray[np.bool_]:
    """Whether all flags of each window are set; one entry a window."""
    if flags.size < width:
        return np.zeros(0, dtype=bool)
    windows = np.lib.stride_tricks.sliding_window_view(flags, width)
    return np.asarray(windows.all(axis=1))


def _spread(starts: NDArray[np.bool_], width: int, size: int) -> NDArray[np.bool_]:
    """Every point of a window that starts where a flag is set."""
    part = np.zeros(size, dtype=bool)
    for start in np.flatnonzero(starts):
        part[start : start + width] = True
    return part


def _two_of_three(
    near: NDArray[np.bool_], same_side: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Points of three in a row, all on one side and two of them near the limit."""
    if near.size < 3:
        return np.zeros(near.size, dtype=bool)
    close = np.lib.stride_tricks.sliding_window_view(near, 3).sum(axis=1) >= 2
    return _spread(close & _all(same_side, 3), 3, near.size)


def _meaning(signal: Signal, good: int) -> Meaning:
    if signal is Signal.NONE:
        return Meaning.COMMON
    up = signal in _UP
    if good == 0:
        return Meaning.NEUTRAL_HIGH if up else Meaning.NEUTRAL_LOW
    return Meaning.IMPROVEMENT if up == (good > 0) else Meaning.CONCERN
