"""Which chart suits the weeks, and which of them are unusual (METHODS card 7).

A middle and limits that stand on the weeks before the change stay there, so that what
follows is held against what was; otherwise a change would pull its own middle along.
Weeks that are left out are shown and not judged: neither do they break a run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from evenrise.findings.weeks.model import Measured, Nature, Point, Week, Why
from evenrise.statistics.making_data_count import (
    Signal,
    making_data_count,
    point_signals,
)
from evenrise.statistics.process_control import Chart, control_chart
from evenrise.statistics.rates import Floats
from evenrise.statistics.run_rules import runs_about


ENOUGH_FOR_LIMITS = 12  # weeks; below it a run chart, and chosen limits are on trial
ENOUGH_FOR_TWO_OF_THREE = 13  # the method's own tools (NHSRplotthedots #194)
ENOUGH_BEFORE = 8  # weeks before the change on which a middle can stand

_RULES = {
    Signal.ABOVE_LIMIT: (Why.OUTSIDE, True),
    Signal.BELOW_LIMIT: (Why.OUTSIDE, False),
    Signal.RISING: (Why.TREND, True),
    Signal.FALLING: (Why.TREND, False),
    Signal.TWO_ABOVE: (Why.TWO_OF_THREE, True),
    Signal.TWO_BELOW: (Why.TWO_OF_THREE, False),
    Signal.RUN_ABOVE: (Why.RUN, True),
    Signal.RUN_BELOW: (Why.RUN, False),
}
_SHARES = (Chart.P, Chart.P_PRIME)
_RATES = (Chart.U, Chart.U_PRIME)


@dataclass(frozen=True, slots=True)
class Judged:
    """The weeks on a chart.

    `crossings` is true where the weeks cross the middle less often than chance would
    have it; `rare` where too little is expected a week; `sigma` is Laney's spread.
    """

    chart: Chart
    points: tuple[Point, ...]
    frozen: bool
    useful: int
    crossings: bool = False
    rare: bool = False
    sigma: float = 1.0
    base: int = 0  # weeks on which the last middle stands


@dataclass(frozen=True, slots=True)
class _Lines:
    """Center and limits of one phase, and the weeks it stands on."""

    center: Floats
    lower: Floats
    upper: Floats
    sigma: float
    base: int
    frozen: bool


def judge(measured: Measured, weeks: Sequence[Week]) -> Judged:
    """Every week with its middle, its limits and the rule that makes it unusual.

    Args:
        measured: what is watched.
        weeks: in order of time; also those that are left out.
    """
    kept = [one for one in weeks if one.left_out is None and one.value is not None]
    chart, rare = _chart(measured, kept)
    change = None if measured.change_on is None else monday(measured.change_on)
    starts = _starts(measured, kept)
    shown: list[Point] = []
    lines: list[_Lines] = []
    useful, crossings = 0, False
    for part, (start, stop) in enumerate(starts):
        here = kept[start:stop]
        found = _lines(chart, here, change)
        values = _values(here)
        points = _points(here, values, found, part, change)
        if chart is Chart.RUN:
            points, few = _run_rules(points, values, found.center)
            crossings = few
        else:
            points = _limit_rules(points, values, found)
        useful = runs_about(values, found.center).useful
        shown += points
        lines.append(found)
    last = lines[-1] if lines else None
    return Judged(
        chart,
        _with_left_out(shown, weeks, change),
        frozen=last is not None and last.frozen,
        useful=useful,
        crossings=crossings,
        rare=rare,
        sigma=last.sigma if last else 1.0,
        base=last.base if last else 0,
    )


def monday(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def _values(weeks: Sequence[Week]) -> Floats:
    return np.array([one.value for one in weeks], dtype=np.float64)


def _counts(weeks: Sequence[Week]) -> Floats:
    return np.array([one.count for one in weeks], dtype=np.float64)


def _chart(measured: Measured, kept: Sequence[Week]) -> tuple[Chart, bool]:
    """The chart, and whether too little is expected a week for its limits."""
    chosen = measured.chart
    sized = bool(kept) and all(one.size is not None for one in kept)
    possible = {
        Nature.SHARE: (Chart.RUN, Chart.XMR, *_SHARES),
        Nature.EVENTS: (Chart.RUN, Chart.XMR, *(_RATES if sized else (Chart.C,))),
        Nature.VALUE: (Chart.RUN, Chart.XMR),
    }[measured.nature]
    if chosen is not None and chosen in possible:
        return chosen, False
    if len(kept) < ENOUGH_FOR_LIMITS:
        return Chart.RUN, False
    if measured.nature is Nature.VALUE:
        return Chart.XMR, False
    plain = Chart.P if measured.nature is Nature.SHARE else possible[-1]
    plain = Chart.U if plain is Chart.U_PRIME else plain
    advice = control_chart(plain, _counts(kept), _sizes(plain, kept)).advice
    if advice is Chart.G:
        return Chart.RUN, True
    return advice or plain, False


def _sizes(chart: Chart, weeks: Sequence[Week]) -> list[float] | None:
    if chart not in (*_SHARES, *_RATES):
        return None
    return [float(one.size or 0) for one in weeks]


def _starts(measured: Measured, kept: Sequence[Week]) -> list[tuple[int, int]]:
    """Where each phase that has weeks begins and ends."""
    at = sorted(
        {sum(one.on < monday(phase.on) for one in kept) for phase in measured.phases}
        | {0, len(kept)}
    )
    return [(a, b) for a, b in pairwise(at) if a < b]


def _lines(chart: Chart, here: Sequence[Week], change: dt.date | None) -> _Lines:
    """The middle and the limits of a phase."""
    before = sum(change is not None and one.on < change for one in here)
    frozen = ENOUGH_BEFORE <= before < len(here)
    base = before if frozen else len(here)
    freeze = before if frozen else None
    if chart is Chart.XMR:
        seen = making_data_count(_values(here), freeze=freeze)
        return _Lines(seen.mean, seen.lower, seen.upper, 1.0, base, frozen)
    sizes = _sizes(chart, here)
    y = _values(here) if chart is Chart.RUN else _counts(here)
    drawn = control_chart(chart, y, sizes, freeze=freeze)
    return _Lines(
        drawn.center, drawn.lower, drawn.upper, drawn.sigma_z[0], base, frozen
    )


def _points(
    here: Sequence[Week],
    values: Floats,
    lines: _Lines,
    part: int,
    change: dt.date | None,
) -> list[Point]:
    return [
        Point(
            week,
            float(values[at]),
            _known(lines.center[at]),
            _known(lines.lower[at]),
            _known(lines.upper[at]),
            part,
            change is not None and week.on >= change,
        )
        for at, week in enumerate(here)
    ]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _run_rules(
    points: list[Point], values: Floats, center: Floats
) -> tuple[list[Point], bool]:
    """Anhøj's rules: the longest run where it is too long; too few crossings."""
    runs = runs_about(values, center)
    if runs.too_early or not runs.signal:
        return points, False
    longest, limit = runs.longest_run or 0, runs.longest_run_limit or 0
    if longest <= limit:
        return points, True
    side = np.sign(values - center)
    return [
        replace(point, why=Why.RUN, up=bool(side[at] > 0))
        if side[at] and _run_at(side, at) == longest
        else point
        for at, point in enumerate(points)
    ], False


def _run_at(side: NDArray[np.float64], at: int) -> int:
    """How many points on the same side stand around one; the middle breaks none."""
    useful = np.flatnonzero(side)
    place = int(np.searchsorted(useful, at))
    own = side[useful]
    first = last = place
    while first > 0 and own[first - 1] == own[place]:
        first -= 1
    while last + 1 < own.size and own[last + 1] == own[place]:
        last += 1
    return last - first + 1


def _limit_rules(points: list[Point], values: Floats, lines: _Lines) -> list[Point]:
    # A limit that is cut off at 0 or 1 still lies as far away as the other one.
    half = np.fmax(lines.upper - lines.center, lines.center - lines.lower)
    signals = point_signals(
        values,
        lines.center,
        half,
        two_of_three=len(points) >= ENOUGH_FOR_TWO_OF_THREE,
    )
    told = [_RULES.get(one) for one in signals]
    return [
        point if why is None else replace(point, why=why[0], up=why[1])
        for point, why in zip(points, told, strict=True)
    ]


def _with_left_out(
    shown: Sequence[Point], weeks: Sequence[Week], change: dt.date | None
) -> tuple[Point, ...]:
    """All weeks in order: the judged ones, and those left out beside them."""
    judged = {one.week.on: one for one in shown}
    return tuple(
        judged.get(
            one.on,
            Point(one, one.value, since=change is not None and one.on >= change),
        )
        for one in weeks
    )
