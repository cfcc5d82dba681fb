"""Axes: where they start, which ticks they have, where a value lies."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from evenrise.findings.pictures import Scale
from evenrise.vocabulary.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale from values to places: `low` lies at `start`."""

    low: float
    high: float
    start: float
    end: float
    step: float

    def place(self, value: float) -> float:
        """Where a value lies; values outside stop at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round values from low to high."""
        steps = round((self.high - self.low) / self.step)
        return tuple(
            round(self.low + place * self.step, 10) for place in range(steps + 1)
        )


@dataclass(frozen=True, slots=True)
class DayPlot:
    """A field with days across, from `left` to `right`, and values up.

    The first and the last day stand `inset` away from the edges.
    """

    first: dt.date
    last: dt.date
    left: float
    right: float
    value: Axis
    inset: float

    def x(self, on: dt.date) -> float:
        """Where a day stands."""
        span = max((self.last - self.first).days, 1)
        room = self.right - self.left - 2 * self.inset
        return self.left + self.inset + room * (on - self.first).days / span

    def at(self, on: dt.date, value: float) -> tuple[float, float]:
        """Where a value of a day stands."""
        return self.x(on), self.value.place(value)


def reach(estimates: Iterable[Estimate | None]) -> list[float]:
    """Every number that the axis must reach: values and the ends of intervals."""
    return [
        part
        for one in estimates
        if one is not None and one.value is not None
        for part in (one.value, one.lower, one.upper)
        if part is not None and math.isfinite(part)
    ]


def reach_of_values(estimates: Iterable[Estimate | None], room: float) -> list[float]:
    """What an axis must reach: all values, and intervals only so far beyond them.

    A small group's wide interval would otherwise press everything else to one side; it
    runs out of the picture instead, marked as doing so, and the table has its ends.

    Args:
        estimates: what the picture shows.
        room: how far beyond the values intervals count, as a share of their span.
    """
    kept = list(estimates)
    values = [one.value for one in kept if one is not None and one.value is not None]
    if not values:
        return []
    low, high = min(values), max(values)
    beyond = room * max(high - low, 0.25 * abs(high))
    return [min(max(part, low - beyond), high + beyond) for part in reach(kept)]


def off_zero(values: list[float], scale: Scale) -> Scale:
    """The scale of dots and lines, which may leave zero where all values are high.

    Bars start at zero; dots far from it would all stand at one edge. The picture then
    says where its axis starts.
    """
    high = scale.unit == "share" and values and min(values) > 0.5
    return replace(scale, from_zero=False) if high else scale


def axis_for(
    values: list[float], scale: Scale, start: float, end: float, *, most: int = 6
) -> Axis:
    """An axis that holds all values in at most about `most` steps.

    Shares never run below 0 or above 100 per cent. An axis that may leave zero
    (`from_zero` false) says so by its first tick.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if scale.from_zero or not values:
        low = min(low, 0.0)
    if scale.unit == "points":
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9:
        high = low + (0.1 if scale.unit in {"share", "points"} else 1.0)
    step = _round_step((high - low) / most, whole=scale.unit == "students")
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    if scale.unit == "share":
        bottom, top = max(bottom, 0.0), min(top, 1.0)
        if top - bottom < step:
            bottom = max(0.0, top - step)
    return Axis(bottom, top, start, end, step)


def _round_step(rough: float, *, whole: bool) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * m for m in (1, 2, 5, 10) if size * m >= rough - 1e-12)
    return max(1.0, round(step)) if whole else step
