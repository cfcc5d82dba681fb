"""Reads the weeks of a measure: a signal, or the usual ups and downs?

read_weeks(Measured(...), [Series("", ALL, ALL_STUDENTS, weeks), ...])
"""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.weeks.judging import (
    ENOUGH_BEFORE,
    ENOUGH_FOR_LIMITS,
    Judged,
    judge,
)
from evenrise.findings.weeks.model import (
    Average,
    Measured,
    Point,
    Series,
    SeriesReading,
    Told,
    Verdict,
    WeeksReading,
    Why,
)
from evenrise.findings.weeks.together import FEWEST_WEEKS, together
from evenrise.findings.weeks.words import both, rules_of
from evenrise.statistics.process_control import Chart
from evenrise.statistics.run_rules import ENOUGH
from evenrise.vocabulary.text import Text


SEVEN = 7  # weeks in a row that make a signal on a chart with limits
_ORDER = (Why.RUN, Why.OUTSIDE, Why.TREND, Why.TWO_OF_THREE)


def read_weeks(measured: Measured, series: Sequence[Series]) -> WeeksReading:
    """What the weeks say of all students and of each group, and of them together.

    Args:
        measured: what is watched, when the change began, what was predicted.
        series: weeks in order of time, all students first; a holiday and a week that
            the team leaves out are in them, with their reason.
    """
    read = tuple(_series(measured, one) for one in series)
    everyone = next((one for one in read if not one.series.group), None)
    groups = tuple(one for one in read if one.series.group)
    return WeeksReading(
        measured=measured,
        series=read,
        together=together(measured, everyone, groups) if everyone else None,
        beside_prediction=_prediction(measured, everyone or next(iter(read), None)),
        assurance=_assurance(measured, everyone or next(iter(read), None)),
        notes=tuple(
            both("made_anew", phase.on, phase.reason) for phase in measured.phases
        ),
    )


def _series(measured: Measured, series: Series) -> SeriesReading:
    judged = judge(measured, series.weeks)
    counted = [
        one
        for one in judged.points
        if one.value is not None and one.week.left_out is None
    ]
    since = [one for one in counted if one.since]
    before = [one for one in counted if not one.since]
    changed = bool(since)  # a change that is still ahead has changed nothing
    averages = (average(before) if changed else None, average(since))
    verdict, told = _verdict(measured, judged, counted, averages)
    more = _more_weeks(judged, verdict, len(counted), len(since))
    anew = bool(counted) and counted[-1].part > 0 and verdict is Verdict.USUAL
    if anew:  # these limits stand on the weeks since: they cannot tell of the change
        sentence = both(
            "usual_anew", sum(one.part == counted[-1].part for one in counted)
        )
    else:
        sentence = both(
            "series", verdict, told, len(counted), len(since), more, changed
        )
    return SeriesReading(
        series=series,
        chart=judged.chart,
        points=judged.points,
        verdict=verdict,
        told=told,
        sentence=sentence,
        counted=len(counted),
        since=len(since),
        frozen=judged.frozen,
        before_change=averages[0],
        since_change=averages[1],
        notes=tuple(_notes(measured, judged, counted)),
    )


def average(points: Sequence[Point]) -> Average | None:
    """Counts pooled over weeks, or the mean of values; None without any."""
    weeks = [one.week for one in points if one.week.count is not None]
    if not weeks:
        return None
    sized = all(one.size is not None for one in weeks)
    size = sum(one.size or 0 for one in weeks) if sized else None
    if size == 0:
        return None
    return Average(sum(one.count or 0 for one in weeks), size, len(weeks))


def _verdict(
    measured: Measured,
    judged: Judged,
    counted: Sequence[Point],
    averages: tuple[Average | None, Average | None],
) -> tuple[Verdict, Told | None]:
    early = judged.useful if judged.chart is Chart.RUN else len(counted)
    if early < ENOUGH:
        return (Verdict.TOO_EARLY if counted else Verdict.NOTHING), None
    if judged.crossings:
        return _few_crossings(measured, counted, averages)
    changed = counted[-1].since
    unusual = [one for one in counted if one.why]
    now = [one for one in unusual if one.since or not changed]
    if not now:
        return (Verdict.BEFORE if unusual else Verdict.USUAL), None
    return _unusual(measured, counted, now)


def _unusual(
    measured: Measured, counted: Sequence[Point], now: Sequence[Point]
) -> tuple[Verdict, Told]:
    """Which way the unusual weeks lie."""
    told = _told(counted, now)
    ways = {one.up for one in now}
    if measured.good == 0:
        return Verdict.SIGNAL, told
    if len(ways) > 1:
        return Verdict.BOTH_WAYS, told
    better = told.up == (measured.good > 0)
    return (Verdict.BETTER if better else Verdict.WORSE), told


def _few_crossings(
    measured: Measured,
    counted: Sequence[Point],
    averages: tuple[Average | None, Average | None],
) -> tuple[Verdict, Told]:
    """Too few crossings tell that something moved, but not when."""
    before, since = averages
    told = Told(Why.CROSSINGS, up=False, weeks=len(counted))
    enough = (
        before is not None
        and since is not None
        and min(before.weeks, since.weeks) >= FEWEST_WEEKS
    )
    if not enough or before is None or since is None or measured.good == 0:
        return Verdict.SIGNAL, told
    up = since.value > before.value
    told = Told(Why.CROSSINGS, up, len(counted))
    better = up == (measured.good > 0)
    return (Verdict.BETTER if better else Verdict.WORSE), told


def _told(counted: Sequence[Point], now: Sequence[Point]) -> Told:
    """The rule that tells most, and how many weeks of it since when."""
    last = next(one for why in _ORDER for one in reversed(now) if one.why is why)
    why = last.why or Why.OUTSIDE
    if why is Why.OUTSIDE:
        same = [one for one in now if one.why is why and one.up == last.up]
    else:
        same = _stretch(counted, last)
    return Told(why, last.up, len(same), sum(one.since for one in same))


def _stretch(counted: Sequence[Point], last: Point) -> list[Point]:
    """The weeks in a row, up to the last of them, that the rule is about."""
    at = next(place for place, one in enumerate(counted) if one is last)
    first = at
    if last.why is Why.RUN:
        while first > 0 and _same_side(counted[first - 1], last):
            first -= 1
        while at + 1 < len(counted) and _same_side(counted[at + 1], last):
            at += 1
        return list(counted[first : at + 1])
    marked = last.why, last.up
    while first > 0 and (counted[first - 1].why, counted[first - 1].up) == marked:
        first -= 1
    return list(counted[first : at + 1])


def _same_side(one: Point, last: Point) -> bool:
    if one.part != last.part or one.value is None or one.center is None:
        return False
    return one.value != one.center and (one.value > one.center) == last.up


def _more_weeks(judged: Judged, verdict: Verdict, counted: int, since: int) -> int:
    """How many more weeks let the rules tell more; 0 when there are enough."""
    if verdict is Verdict.TOO_EARLY:
        return ENOUGH - (counted if counted < ENOUGH else judged.useful)
    further = SEVEN - since if since else ENOUGH_FOR_LIMITS - counted
    return max(further, 0)


def _notes(measured: Measured, judged: Judged, counted: Sequence[Point]) -> list[Text]:
    """What a reader must know of the chart to trust it."""
    notes = [rules_of(judged.chart)] if counted else []
    if judged.frozen:
        notes.append(both("frozen", judged.base))
    elif measured.change_on is not None and any(one.since for one in counted):
        notes.append(both("not_frozen", ENOUGH_BEFORE))
    if judged.rare:
        notes.append(both("rare"))
    limits = any(one.upper is not None for one in counted)
    if limits and judged.base < ENOUGH_FOR_LIMITS:
        notes.append(both("on_trial", judged.base, ENOUGH_FOR_LIMITS))
    if limits and judged.chart in (Chart.P_PRIME, Chart.U_PRIME):
        notes.append(both("laney", max(1.0, judged.sigma)))
    return notes


def _prediction(measured: Measured, read: SeriesReading | None) -> Text | None:
    """What was predicted beside what came, in the sentence's own unit."""
    if measured.predicted is None:
        return None
    since = read.since_change if read else None
    return both("prediction", measured, since)


def _assurance(measured: Measured, read: SeriesReading | None) -> Text | None:
    """Whether the last limits lie on one side of the target (Making Data Count).

    Only where they tell of the weeks as they are now: not where a change has moved
    the weeks away from limits that stand on what was before (NHSRplotthedots #172).
    """
    if read is None or measured.target is None or measured.good == 0:
        return None
    usual = read.verdict in (Verdict.USUAL, Verdict.BEFORE)
    last = next((one for one in reversed(read.points) if one.upper is not None), None)
    if last is None or not usual or last.lower is None or last.upper is None:
        return None
    low, high = last.lower - measured.target, last.upper - measured.target
    passes = low > 0 if measured.good > 0 else high < 0
    fails = high < 0 if measured.good > 0 else low > 0
    word = "always" if passes else "never" if fails else "sometimes"
    return both("assurance", measured, word)
