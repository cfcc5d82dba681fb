"""From a reading of weeks to its picture: all students, then each group."""

from __future__ import annotations

from typing import Literal

from evenrise.findings.sentences import numbers
from evenrise.findings.weeks import figures
from evenrise.findings.weeks.judging import monday
from evenrise.findings.weeks.model import (
    Measured,
    Nature,
    Point,
    SeriesReading,
    WeeksReading,
)
from evenrise.findings.weeks.words import VERDICTS, WHYS
from evenrise.publishing.charts.weeks_chart import (
    WeekMark,
    WeeksPanel,
    WeeksPicture,
)
from evenrise.statistics.process_control import Chart
from evenrise.vocabulary.text import LANGUAGES, Language, Text


_MEDIAN = Text("Middle (median)", "Línea central (mediana)")
_MEAN = Text("Middle (mean)", "Línea central (media)")
_BEGAN = Text("the change began", "empezó el cambio")
_OF = {"en": "of", "es": "de"}


def weeks_picture(
    reading: WeeksReading, source: Text | None = None
) -> WeeksPicture | None:
    """The picture of a measure; None without a week.

    Args:
        reading: of its weeks.
        source: what stands in the corner.
    """
    measured = reading.measured
    panels = tuple(_panel(measured, one) for one in reading.series if one.points)
    if not panels:
        return None
    run = all(one.chart is Chart.RUN for one in reading.series)
    change = None if measured.change_on is None else monday(measured.change_on)
    en, es = (_told(reading, language) for language in LANGUAGES)
    return WeeksPicture(
        title=measured.what,
        alternative=Text(en, es),
        unit="share" if measured.nature is Nature.SHARE else "plain",
        middle=_MEDIAN if run else _MEAN,
        panels=panels,
        change_on=change,
        change=_BEGAN,
        anew=tuple(monday(one.on) for one in measured.phases),
        predicted=measured.predicted,
        target=measured.target,
        source=source,
    )


def _panel(measured: Measured, read: SeriesReading) -> WeeksPanel:
    marks = tuple(_mark(measured, point) for point in read.points)
    return WeeksPanel(read.series.name, VERDICTS[read.verdict], marks, read.frozen)


def _mark(measured: Measured, point: Point) -> WeekMark:
    en, es = (week_told(measured, point, language) for language in LANGUAGES)
    unusual: Literal["", "up", "down"] = ""
    if point.why is not None:
        unusual = "up" if point.up else "down"
    return WeekMark(
        on=point.week.on,
        said=Text(en, es),
        value=point.value,
        center=point.center,
        lower=point.lower,
        upper=point.upper,
        part=point.part,
        unusual=unusual,
        left_out=point.week.left_out is not None,
    )


def week_told(measured: Measured, point: Point, language: Language) -> str:
    """A week in words: `Oct 5: 12% (6 of 50), outside the limits`."""
    parts = [f"{figures.day(point.week.on, language)}:"]
    if point.value is not None:
        parts.append(value_told(measured, point, language))
    if point.why is not None:
        parts[-1] += ","
        parts.append(WHYS[point.why][language])
    if point.week.left_out is not None:
        parts.append(f"({point.week.left_out[language]})")
    return " ".join(parts)


def value_told(measured: Measured, point: Point, language: Language) -> str:
    """A week's value with its counts; a dash where nothing was counted."""
    week = point.week
    if point.value is None or week.count is None:
        return "–"
    shown = figures.figure(measured, point.value, language, week.size or 1)
    if week.size is None:
        return shown
    count, size = (numbers.count(one, language) for one in (week.count, week.size))
    if not float(week.size).is_integer():  # an exposure, that nobody counted by heads
        return f"{shown} ({count})"
    return f"{shown} ({count} {_OF[language]} {size})"


def _told(reading: WeeksReading, language: Language) -> str:
    """What a sighted reader would take away: each group's sentence and its weeks."""
    parts = []
    for one in reading.series:
        weeks = "; ".join(
            week_told(reading.measured, point, language) for point in one.points
        )
        name = one.series.name[language]
        parts.append(f"{name}: {one.sentence[language]} {weeks}.")
    return " ".join(parts)
