"""The page of one measure: its picture, its weeks in a table, what to know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.findings.weeks import figures
from evenrise.findings.weeks.judging import monday
from evenrise.findings.weeks.model import Measured, Point, SeriesReading, WeeksReading
from evenrise.findings.weeks.words import CHARTS, VERDICTS, WHYS
from evenrise.publishing.charts.weeks_pictures import value_told
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleMeasure,
    MeasureKind,
    MeasurePart,
)
from evenrise.workspace.cycles.queries.live_kinds import weekly_of
from evenrise.workspace.cycles.queries.series import (
    TOO_FEW,
    first_week,
    group_text,
    held_measure,
)
from evenrise.workspace.cycles.queries.watched import drawn, read_held
from evenrise.workspace.cycles.said import aim_groups
from evenrise.workspace.data.standing import standing
from evenrise.workspace.insights.queries.pictures import Shown
from evenrise.workspace.insights.shown import day_words


GRID = 8  # weeks of the grid at once
ENOUGH_ANEW = 8  # points on which new limits can stand


@dataclass(frozen=True, slots=True)
class Group:
    """One group's answer."""

    name: str
    label: str
    sentence: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of the table, a cell a group; why it is unusual or left out."""

    on: dt.date
    words: str
    cells: list[tuple[str, str]]  # value, what is said of it
    since: bool


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """Limits made anew: by whom, and whether few weeks stand behind them."""

    pk: int
    words: str
    reason: str
    by: str
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePage:
    """One measure with all that its page says."""

    label: str
    sentence: str
    further: list[str]
    groups: list[Group]
    picture: Shown | None
    heads: list[str]
    rows: list[WeekRow]
    phases: list[PhaseShown]
    facts: list[tuple[str, str]]
    source: str
    live: bool
    snapshot: str
    hides: bool


def measure_page(
    cycle: Cycle, measure: CycleMeasure, language: Language, *, team: bool
) -> MeasurePage:
    """Everything about one measure, as this reader may see it."""
    held = held_measure(measure)
    reading = read_held(cycle, held, team=team)
    main = reading.everyone
    further = [reading.beside_prediction, reading.together, reading.assurance]
    return MeasurePage(
        label=VERDICTS[main.verdict][language] if main else "",
        sentence=main.sentence[language] if main else "",
        further=[words[language] for words in further if words is not None],
        groups=_groups(reading, language),
        picture=drawn(reading, language, "weeks"),
        heads=[one.series.name[language] for one in reading.series],
        rows=_rows(reading, language),
        phases=[
            PhaseShown(
                one.pk,
                day_words(one.begins_on, language),
                one.reason,
                one.by.name,
                main is not None and _behind(main, one.begins_on) < ENOUGH_ANEW,
            )
            for one in held.phases
        ],
        facts=_facts(cycle, measure, reading.measured, language),
        source=_source(measure, language),
        live=measure.kind == MeasureKind.LIVE,
        snapshot=next((one.snapshot for one in reversed(held.weeks)), ""),
        hides=any(_is_hidden(point) for one in reading.series for point in one.points),
    )


def _is_hidden(point: Point) -> bool:
    return point.week.left_out == TOO_FEW


def _behind(read: SeriesReading, on: dt.date) -> int:
    return sum(one.center is not None and one.week.on >= on for one in read.points)


def _groups(reading: WeeksReading, language: Language) -> list[Group]:
    return [
        Group(
            one.series.name[language],
            VERDICTS[one.verdict][language],
            one.sentence[language],
            [note[language] for note in one.notes],
        )
        for one in reading.series
    ]


def _rows(reading: WeeksReading, language: Language) -> list[WeekRow]:
    """The latest week first, as somebody looks for it."""
    mondays = sorted(
        {point.week.on for one in reading.series for point in one.points}, reverse=True
    )
    by_day = [{point.week.on: point for point in one.points} for one in reading.series]
    return [
        WeekRow(
            on,
            day_words(on, language),
            [_cell(reading.measured, points.get(on), language) for points in by_day],
            any(on in points and points[on].since for points in by_day),
        )
        for on in mondays
    ]


def _cell(
    measured: Measured, point: Point | None, language: Language
) -> tuple[str, str]:
    if point is None:
        return "–", ""
    said = WHYS[point.why][language] if point.why is not None else ""
    if point.week.left_out is not None:
        said = point.week.left_out[language]
    return value_told(measured, point, language), said


def _facts(
    cycle: Cycle, measure: CycleMeasure, measured: Measured, language: Language
) -> list[tuple[str, str]]:
    """What the measure is, for the reader who wants to know."""
    good = {1: _("Up"), -1: _("Down"), 0: _("Neither")}[measure.good]
    told = [
        (_("What it is for"), str(MeasurePart(measure.part).label)),
        (_("How it is counted"), str(MeasureKind(measure.kind).label)),
        (_("Which way is good"), good),
    ]
    live = weekly_of(measure)
    if live is not None:
        told.append((_("Live indicator"), live.title[language]))
        school = measure.school.name if measure.school else _("The whole district")
        told.append((_("School"), school))
        if measure.grades:
            told.append((_("Grades"), ", ".join(measure.grades)))
    if measure.predicted is not None:
        words = figures.figure(measured, measure.predicted, language)
        locked = _("locked") if cycle.locked_at else ""
        told.append((_("Predicted"), f"{words} {locked}".strip()))
    if measure.target is not None:
        told.append((_("Target"), figures.figure(measured, measure.target, language)))
    if measure.chart:
        told.append((_("Chart chosen"), str(CHARTS_BY[measure.chart][language])))
    return told


CHARTS_BY = {str(kind): words for kind, words in CHARTS.items()}


def _source(measure: CycleMeasure, language: Language) -> str:
    live = weekly_of(measure)
    if live is None:
        return _("Counted by the team, week by week.")
    now = standing()
    parts = [live.definition[language]]
    if now is not None:
        day = {"day": day_words(now.as_of, language)}
        parts.append(_("Counted from the district’s records, as of %(day)s.") % day)
    if live.settles:
        days = {"n": live.settles.days}
        parts.append(_("A week is told %(n)s days after its Friday.") % days)
    rule = {"authority": live.authority, "version": live.version}
    parts.append(_("Rule: %(authority)s, version %(version)s.") % rule)
    return " ".join(parts)


def grid_weeks(
    cycle: Cycle, measure: CycleMeasure, start: dt.date | None, language: Language
) -> list[tuple[dt.date, str]]:
    """The weeks that the grid shows: from a day, or the latest ones that may be told.

    Args:
        cycle: whose change begins when.
        measure: whose weeks.
        start: any day of the first week; None for the latest weeks.
        language: the reader's.
    """
    today = timezone.localdate()
    last, first = monday(today), first_week(cycle, measure, today)
    begins = (
        max(first, last - dt.timedelta(weeks=GRID - 1))
        if start is None
        else min(monday(start), last)
    )
    begins = min(begins, last)
    weeks = [begins + dt.timedelta(weeks=place) for place in range(GRID)]
    return [(on, day_words(on, language)) for on in weeks if on <= last]


def grid_groups(measure: CycleMeasure, language: Language) -> list[tuple[str, str]]:
    """All students and the groups watched, as columns."""
    codes: Sequence[str] = [code for code in measure.groups if code in aim_groups()]
    return [(code, group_text(code)[language]) for code in ("", *codes)]


def grid_initial(
    measure: CycleMeasure, weeks: Sequence[tuple[dt.date, str]]
) -> dict[str, float | None]:
    """What stands in the grid already."""
    told: dict[str, float | None] = {}
    for one in measure.weeks.filter(week_on__in=[on for on, _words in weeks]):
        end = f"{one.week_on:%Y%m%d}_{one.group or 'all'}"
        told[f"count_{end}"] = _short(one.count)
        told[f"size_{end}"] = _short(one.size)
    return told


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


FILE_HEADS = ("week_on", "group", "count", "size", "value", "left_out")


def file_rows(
    cycle: Cycle, measure: CycleMeasure, *, team: bool
) -> list[tuple[object, ...]]:
    """The weeks as a file: what the page shows, a line a week and group."""
    reading = read_held(cycle, held_measure(measure), team=team)
    return [
        (
            point.week.on.isoformat(),
            one.series.group or "all",
            point.week.count,
            point.week.size if point.week.count is not None else None,
            point.value,
            point.week.left_out.en if point.week.left_out else "",
        )
        for one in reading.series
        for point in one.points
    ]
