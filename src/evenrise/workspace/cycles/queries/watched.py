"""What a cycle watches by the week, read: for its page and for rooms above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from evenrise.findings.weeks.model import Verdict, WeeksReading
from evenrise.findings.weeks.reading import read_weeks
from evenrise.findings.weeks.words import VERDICTS
from evenrise.publishing.charts.weeks_chart import draw_weeks
from evenrise.publishing.charts.weeks_pictures import weeks_picture
from evenrise.records.snapshots.school_weeks import school_weeks
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.cycles.access import in_team
from evenrise.workspace.cycles.models import Cycle, CycleMeasure, MeasurePart
from evenrise.workspace.cycles.queries.series import (
    Held,
    held_measures,
    measured_of,
    series_of,
)
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.insights.queries.pictures import Shown, show_by
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True)
class Watched:
    """One measure of a cycle and what its weeks say.

    `sentence` answers "Variation, or a signal?" for all students; `groups` for each
    group; `together` whether all rose and the gap narrowed.
    """

    pk: int
    name: str
    part: str
    balancing: bool
    verdict: Verdict
    label: Text
    sentence: Text
    groups: tuple[tuple[Text, Text], ...]
    together: Text | None
    beside_prediction: Text | None
    reading: WeeksReading


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as the cycle's page shows it."""

    measure: Watched
    label: str
    sentence: str
    groups: list[tuple[str, str]]
    further: list[str]
    picture: Shown | None


@dataclass(frozen=True, slots=True)
class WatchedPart:
    """The part of the cycle's page: each measure; whether the reader may add one."""

    cycle: Cycle
    lines: list[Line]
    writes: bool


def watched(cycle: Cycle, *, team: bool = False) -> tuple[Watched, ...]:
    """Each measure of a cycle, read.

    Args:
        cycle: a cycle that the reader may read.
        team: whether the reader is of its team; others see no group's week of which
            nobody can tell how many students stand behind it.
    """
    return tuple(
        _watched(held.measure, read_held(cycle, held, team=team))
        for held in held_measures(cycle)
    )


def read_held(cycle: Cycle, held: Held, *, team: bool) -> WeeksReading:
    """The reading of one measure with its rows."""
    told = series_of(held, holidays_of(cycle, held.measure), in_team=team)
    return read_weeks(measured_of(cycle, held), told)


def holidays_of(cycle: Cycle, measure: CycleMeasure) -> Mapping[dt.date, int]:
    """Days of instruction by week, by the calendar of what is current."""
    now = standing()
    if now is None:
        return {}
    school = measure.school_id or cycle.school_id
    try:
        return school_weeks(snapshot_store().get(now.snapshot), school)
    except InputProblem:  # a store that is being repaired shows weeks as they stand
        return {}


def _watched(measure: CycleMeasure, reading: WeeksReading) -> Watched:
    main = reading.everyone
    verdict = main.verdict if main is not None else Verdict.NOTHING
    return Watched(
        pk=measure.pk,
        name=measure.name,
        part=str(MeasurePart(measure.part).label),
        balancing=measure.part == MeasurePart.BALANCING,
        verdict=verdict,
        label=VERDICTS[verdict],
        sentence=main.sentence if main is not None else VERDICTS[Verdict.NOTHING],
        groups=tuple(
            (one.series.name, one.sentence)
            for one in reading.series
            if one.series.group
        ),
        together=reading.together,
        beside_prediction=reading.beside_prediction,
        reading=reading,
    )


def watched_part(person: Person, cycle: Cycle) -> WatchedPart | None:
    """What stands on a cycle's page; None where there is nothing to see or to add."""
    team, language = in_team(person, cycle), reader_language()
    lines = [_line(one, language) for one in watched(cycle, team=team)]
    return WatchedPart(cycle, lines, team) if lines or team else None


def _line(one: Watched, language: Language) -> Line:
    further = [one.beside_prediction, one.together]
    return Line(
        one,
        one.label[language],
        one.sentence[language],
        [(name[language], words[language]) for name, words in one.groups],
        [words[language] for words in further if words is not None],
        drawn(one.reading, language, f"weeks-{one.pk}"),
    )


def drawn(reading: WeeksReading, language: Language, ident: str) -> Shown | None:
    """The picture of a measure; None before the first week."""
    picture = weeks_picture(reading)
    if picture is None:
        return None
    return show_by(
        partial(draw_weeks, picture), language, ident, picture.title[language]
    )
