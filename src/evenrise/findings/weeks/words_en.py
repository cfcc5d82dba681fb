"""What weeks say, in English; the twin of `words_es.py`."""

from __future__ import annotations

import datetime as dt

from evenrise.findings.sentences import numbers
from evenrise.findings.weeks import figures
from evenrise.findings.weeks.model import (
    Average,
    Measured,
    SeriesReading,
    Told,
    Verdict,
    Why,
)
from evenrise.vocabulary.text import Text


_LEADS = {
    Verdict.BETTER: "A signal, for the better:",
    Verdict.WORSE: "A signal, for the worse:",
    Verdict.SIGNAL: "A signal:",
}


def series(
    verdict: Verdict,
    told: Told | None,
    counted: int,
    since: int,
    more: int,
    changed: bool,  # noqa: FBT001 - as `both` hands it on
) -> str:
    """Variation, or a signal? In one sentence or two."""
    if verdict is Verdict.NOTHING:
        return "No week is counted yet."
    if verdict is Verdict.TOO_EARLY:
        return (
            f"Too early to say: {_weeks(counted)} {_are(counted)} counted; "
            f"{_weeks(max(more, 1), more=True)} would let the rules tell."
        )
    if verdict is Verdict.BEFORE:
        return (
            "The usual ups and downs since the change began. Before it there was a "
            "signal: find out what it was before you trust the limits."
        )
    if verdict is Verdict.USUAL:
        return _usual(since, more, changed=changed)
    if verdict is Verdict.BOTH_WAYS:
        return (
            f"Signals both ways{' since the change began' if changed else ''}: look at "
            "each week and ask what was different."
        )
    return f"{_LEADS[verdict]} {_why(told, changed=changed)}"


def _usual(since: int, more: int, *, changed: bool) -> str:
    if more:
        return (
            "The usual ups and downs so far; "
            f"{_weeks(more, more=True)} would tell more."
        )
    if changed:
        return (
            f"The usual ups and downs in the {_weeks(since)} since the change began: "
            "no sign that it moved what is measured."
        )
    return "The usual ups and downs."


def usual_anew(weeks: int) -> str:
    """Nothing unusual since a person made the limits anew."""
    return (
        f"The usual ups and downs in the {_weeks(weeks)} since the limits were made "
        "anew."
    )


def _why(told: Told | None, *, changed: bool) -> str:
    if told is None:
        return "some weeks are unusual."
    side = "above" if told.up else "below"
    start = _since(told, changed=changed)
    weeks = _weeks(told.weeks)
    if told.why is Why.RUN:
        return f"{weeks} in a row {side} the middle{start}."
    if told.why is Why.OUTSIDE:
        limit = "upper" if told.up else "lower"
        return f"{weeks} {side} the {limit} limit{start}."
    if told.why is Why.TREND:
        way = "rising" if told.up else "falling"
        return f"{weeks} in a row {way}{start}."
    if told.why is Why.TWO_OF_THREE:
        limit = "upper" if told.up else "lower"
        return f"two of three weeks near the {limit} limit{start}."
    return (
        "the weeks cross the middle less often than chance would have it, so "
        "something moved; the chart does not say in which week."
    )


def _since(told: Told, *, changed: bool) -> str:
    if not changed:
        return ""
    if told.since == told.weeks:
        return " since the change began"
    if told.since * 2 > told.weeks:
        return f", {numbers.small(told.since, 'en')} of them since the change began"
    return "; but this began before the change"


def prediction(measured: Measured, since: Average | None) -> str:
    """What was predicted beside what came."""
    promised = figures.figure(measured, measured.predicted or 0.0, "en")
    if since is None:
        return f"Predicted: {promised}. No week since the change is counted yet."
    came = figures.average(measured, since, "en")
    return (
        f"Predicted: {promised}. Since the change began: {came}, over "
        f"{_weeks(since.weeks)}."
    )


def assurance(measured: Measured, word: str) -> str:
    """Whether the target will be met if all goes on as it goes."""
    target = figures.figure(measured, measured.target or 0.0, "en")
    return {
        "always": f"As things go, every week will reach the target of {target}.",
        "never": f"As things go, no week will reach the target of {target}: it needs "
        "a change in how we work.",
        "sometimes": f"As things go, some weeks will reach the target of {target} and "
        "others will not, by chance.",
    }[word]


def all_moved(measured: Measured, everyone: SeriesReading) -> str:
    """All students before and since."""
    return (
        "Since the change began, all students went from "
        f"{figures.average(measured, everyone.before_change, 'en')} to "
        f"{figures.average(measured, everyone.since_change, 'en')}."
    )


def group_beside_all(
    measured: Measured, everyone: SeriesReading, group: SeriesReading, way: str
) -> str:
    """One group before and since, and what became of the gap."""
    name = group.series.students.en
    was, now = _gaps(measured, everyone, group)
    lead = (
        f"{name[:1].upper()}{name[1:]} went from "
        f"{figures.average(measured, group.before_change, 'en')} to "
        f"{figures.average(measured, group.since_change, 'en')}"
    )
    if was == now and way in {"rose_and_narrowed", "rose_not_narrowed"}:
        return f"{lead}: both did better, and the gap stayed at {now}."
    return {
        "rose_and_narrowed": f"{lead}: both did better, and the gap narrowed from "
        f"{was} to {now}.",
        "rose_not_narrowed": f"{lead}: both did better, but the gap did not narrow "
        f"({was} before, {now} since).",
        "narrowed_by_fall": f"{lead}: the gap is smaller ({was} before, {now} since) "
        "only because all students lost ground, and that does not close it.",
        "fell": f"{lead}: this group lost ground (gap {was} before, {now} since).",
        "unchanged": f"{lead}: this group did not move (gap {was} before, {now} "
        "since).",
    }[way]


def only_averages() -> str:
    """What averages do not show."""
    return (
        "These are averages of the weeks; each group's own chart tells whether they "
        "are more than the usual ups and downs."
    )


def _gaps(
    measured: Measured, everyone: SeriesReading, group: SeriesReading
) -> tuple[str, str]:
    pairs = (
        (everyone.before_change, group.before_change),
        (everyone.since_change, group.since_change),
    )
    told = [
        figures.apart(measured, a.value - b.value, "en", b.size or 1)
        if a is not None and b is not None
        else "–"
        for a, b in pairs
    ]
    return told[0], told[1]


def frozen(weeks: int) -> str:
    """The middle stands on what was before."""
    return (
        f"The middle stands on the {_weeks(weeks)} before the change, so that what "
        "followed is held against what was."
    )


def not_frozen(enough: int) -> str:
    """The middle moves with the change."""
    return (
        f"Fewer than {_weeks(enough)} are counted before the change, so the middle "
        "stands on all weeks: a change pulls it along and is harder to see."
    )


def rare() -> str:
    """Fewer than two expected a week."""
    return (
        "It happens less than twice a week, too seldom for limits: count by two or "
        "four weeks to see more."
    )


def on_trial(weeks: int, enough: int) -> str:
    """Limits from few weeks."""
    return (
        f"The limits stand on {_weeks(weeks)}; with fewer than "
        f"{numbers.small(enough, 'en')} they are on trial."
    )


def laney(sigma: float) -> str:
    """Why limits are wider."""
    return (
        "The limits allow for weeks that differ more than chance among students would "
        f"make them (Laney, {numbers.amount(sigma, 'en')} times); they are never made "
        "narrower."
    )


def made_anew(on: dt.date, reason: Text) -> str:
    """A phase and its reason."""
    return f"Limits made anew from {figures.day(on, 'en')}: {reason.en}"


def _weeks(number: int, *, more: bool = False) -> str:
    word = "week" if number == 1 else "weeks"
    return f"{numbers.small(number, 'en')} {'more ' if more else ''}{word}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
