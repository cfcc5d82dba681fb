"""Trends: lines over school years with a light band, named where they end.

A year that nobody has is a hatched column with its word; a value that one line lacks
breaks that line, and a note under the picture says why. Nothing is drawn as zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenrise.findings.pictures import Series, Trend
from evenrise.publishing.charts.axis import (
    Axis,
    axis_for,
    off_zero,
    reach_of_values,
)
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import (
    LABEL,
    SMALL,
    Frame,
    Titled,
    axis_title,
    axis_words,
    finished,
    spread,
    told,
)
from evenrise.publishing.charts.ink import Tag, tags
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import amount, digits_for, school_year, tick
from evenrise.publishing.wording import NO_DATA, reason


PLOT_HEIGHT = 250.0
END_GAP = 16.0
BANDS_BEYOND = 0.5  # of the values' span


@dataclass(frozen=True, slots=True)
class Plot:
    """The field of a trend: its axes and years."""

    years: tuple[int, ...]
    left: float
    right: float
    value: Axis

    def x(self, place: int) -> float:
        """Where a year stands."""
        if len(self.years) == 1:
            return (self.left + self.right) / 2
        inset = 14.0
        room = self.right - self.left - 2 * inset
        return self.left + inset + room * place / (len(self.years) - 1)


def draw_trend(picture: Trend, frame: Frame) -> str:
    """The picture as SVG."""
    canvas = frame.canvas()
    given = tags(tuple(one.kind for one in picture.series))
    room = _label_room(picture, frame)
    points = [point for one in picture.series for point in one.points]
    values = reach_of_values(points, BANDS_BEYOND)
    scale = off_zero(values, picture.scale)
    height = PLOT_HEIGHT * (0.85 if frame.narrow else 1)
    words = axis_words(picture, axis_for(values, scale, 0, 1, most=5), frame.language)
    top = axis_title(canvas, words) + 8
    axis = axis_for(values, scale, top + height, top, most=5)
    left = ticks_beside(canvas, axis, picture, frame, frame.width - room)
    plot = Plot(picture.years, left, frame.width - room, axis)
    years_below(canvas, plot, top + height)
    missing_years(canvas, plot, picture, (top, height), frame)
    for one, tag in reversed(list(zip(picture.series, given, strict=True))):
        draw_series(canvas, plot, one, tag, say=sayer(one, picture, frame))
    below = top + height + 24
    if frame.narrow:
        below = _legend(canvas, picture, given, below, frame)
    else:
        _end_labels(canvas, plot, picture, given, frame)
    canvas.height = _notes(canvas, picture, below, frame)
    return finished(canvas, picture, frame)


def _label_room(picture: Trend, frame: Frame) -> float:
    if frame.narrow:
        return 2.0
    widest = max(
        (width(one.label[frame.language], LABEL, bold=True) for one in picture.series),
        default=0.0,
    )
    return min(max(widest, 60.0) + END_GAP + 2, frame.width * 0.32)


def ticks_beside(
    canvas: Canvas, axis: Axis, picture: Titled, frame: Frame, right: float
) -> float:
    """Level lines and their labels at the left; returns where the plot begins."""
    unit, language = picture.scale.unit, frame.language
    labels = [tick(value, unit, language, axis.step) for value in axis.ticks]
    left = max(width(label, SMALL) for label in labels) + 6
    for value, label in zip(axis.ticks, labels, strict=True):
        y = axis.place(value)
        canvas.line((left, y), (right, y), "rule" if value == 0 else "hair")
        canvas.text((left - 6, y + 4), label, "muted", size=SMALL, anchor="end")
    return left


def years_below(canvas: Canvas, plot: Plot, bottom: float) -> None:
    """The school years; every second or only the outer ones where room is short."""
    labels = [school_year(year) for year in plot.years]
    apart = plot.x(1) - plot.x(0) if len(labels) > 1 else plot.right - plot.left
    need = width(labels[0], SMALL) + 8 if labels else 0
    every = max(1, -(-int(need) // max(int(apart), 1)))
    last = len(labels) - 1
    for place, label in enumerate(labels):
        if (last - place) % every == 0:
            x = canvas.clamp(plot.x(place), label, SMALL)
            canvas.text((x, bottom + 17), label, "muted", size=SMALL, anchor="middle")


def missing_years(
    canvas: Canvas,
    plot: Plot,
    picture: Trend,
    band: tuple[float, float],
    frame: Frame,
) -> None:
    """A hatched column where no line has a value, with its word."""
    top, height = band
    apart = plot.x(1) - plot.x(0) if len(plot.years) > 1 else plot.right - plot.left
    for place in range(len(plot.years)):
        points = [one.points[place] for one in picture.series]
        if any(point.known for point in points):
            continue
        wide = min(apart * 0.5, 46.0)
        x = plot.x(place)
        canvas.hatch((x - wide / 2, top), (wide, height))
        why = {point.reason for point in points}
        words = reason(why.pop(), frame.language) if len(why) == 1 else ""
        lines = wrap(
            words or NO_DATA[frame.language], SMALL, max(apart - 6, 44), most=3
        )
        tall = SMALL * LINE * len(lines)
        room = max(width(line, SMALL) for line in lines) + 8
        middle = min(max(x, plot.left + room / 2), frame.width - room / 2)
        start = top + height / 2 - tall / 2
        canvas.rect((middle - room / 2, start - 3), (room, tall + 6), "paper", rx=3)
        canvas.lines((middle, start + SMALL), lines, size=SMALL, anchor="middle")


def runs(one: Series) -> list[list[int]]:
    """Places of years that follow one another and are known: one line each."""
    found: list[list[int]] = []
    for place, point in enumerate(one.points):
        if not point.known:
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def sayer(one: Series, picture: Trend, frame: Frame) -> Callable[[int], str]:
    """What the mark of each year says, by the year's place."""

    def say(place: int) -> str:
        label = f"{one.label[frame.language]}, {school_year(picture.years[place])}"
        return told(label, one.points[place], picture.scale.unit, frame.language)

    return say


def draw_series(
    canvas: Canvas,
    plot: Plot,
    one: Series,
    tag: Tag,
    *,
    say: Callable[[int], str],
    size: float = 5.0,
) -> None:
    """Band, line and marks of one series, broken where a year is missing."""
    strong = one.kind in {"focus", "all"}
    for run in runs(one):
        _band(canvas, plot, one, run, tag)
        line = [
            (plot.x(place), plot.value.place(one.points[place].value or 0.0))
            for place in run
        ]
        if len(line) > 1:
            canvas.polyline(
                line,
                tag.colour,
                stroke_width=2.6 if strong else 1.8,
                stroke_dasharray=tag.dash,
                stroke_linejoin="round",
            )
        for place, at in zip(run, line, strict=True):
            tall = size if strong else size * 0.85
            canvas.mark(at, tag.mark, tag.colour, tall, say(place))


def _band(canvas: Canvas, plot: Plot, one: Series, run: list[int], tag: Tag) -> None:
    upper, lower = [], []
    for place in run:
        point = one.points[place]
        if point.lower is None or point.upper is None:
            return
        upper.append((plot.x(place), plot.value.place(point.upper)))
        lower.append((plot.x(place), plot.value.place(point.lower)))
    if len(run) == 1:
        (x, high), (_, low) = upper[0], lower[0]
        canvas.line(
            (x, high), (x, low), tag.colour, stroke_width=5, stroke_opacity=0.25
        )
        return
    canvas.polygon([*upper, *reversed(lower)], tag.colour, fill_opacity=0.12)


def last_known(one: Series) -> int | None:
    """The place of the last year with a value."""
    return next(
        (p for p in reversed(range(len(one.points))) if one.points[p].known), None
    )


def _last_words(picture: Trend, one: Series, frame: Frame) -> str:
    place = last_known(one)
    if place is None:
        return reason(one.points[-1].reason, frame.language) if one.points else ""
    point = one.points[place]
    unit = picture.scale.unit
    shown = amount(
        point.value or 0.0, unit, frame.language, digits=digits_for(unit, point.n)
    )
    return (
        shown
        if place == len(one.points) - 1
        else f"{shown} ({school_year(picture.years[place])})"
    )


def _end_labels(
    canvas: Canvas, plot: Plot, picture: Trend, given: tuple[Tag, ...], frame: Frame
) -> None:
    room = frame.width - plot.right - END_GAP
    lines, wanted, ends = [], [], []
    for one in picture.series:
        name = wrap(one.label[frame.language], LABEL, room, most=3, bold=True)
        lines.append(
            (name, wrap(_last_words(picture, one, frame), SMALL, room, most=2))
        )
        place = last_known(one)
        end = (
            (plot.right, plot.value.start)
            if place is None
            else (
                plot.x(place),
                plot.value.place(one.points[place].value or 0.0),
            )
        )
        ends.append(end)
        wanted.append(end[1])
    tall = [
        LABEL * LINE * len(name) + SMALL * LINE * len(value) + 6
        for name, value in lines
    ]
    places = spread(wanted, tall, plot.value.end - 18, plot.value.start + 26)
    for (name, value), middle, height, end, tag in zip(
        lines, places, tall, ends, given, strict=True
    ):
        x = plot.right + END_GAP
        canvas.polyline(
            [(end[0] + 8, end[1]), (x - 9, middle), (x - 4, middle)],
            tag.colour,
            stroke_width=0.9,
            stroke_opacity=0.7,
        )
        y = middle - height / 2 + LABEL + 2
        canvas.lines((x, y), name, tag.colour, size=LABEL, bold=True)
        y += LABEL * LINE * len(name) - 1
        canvas.lines((x, y), value, "ink", size=SMALL)


def _legend(
    canvas: Canvas, picture: Trend, given: tuple[Tag, ...], top: float, frame: Frame
) -> float:
    y = top + 6
    for one, tag in zip(picture.series, given, strict=True):
        words = f"{one.label[frame.language]}: {_last_words(picture, one, frame)}"
        lines = wrap(words, LABEL, frame.width - 40, most=3, bold=True)
        canvas.line(
            (0, y + 8),
            (28, y + 8),
            tag.colour,
            stroke_width=2,
            stroke_dasharray=tag.dash,
        )
        canvas.mark((14, y + 8), tag.mark, tag.colour, 4.5)
        canvas.lines((36, y + 12.5), lines, tag.colour, size=LABEL, bold=True)
        y += LABEL * LINE * len(lines) + 5
    return y


def _notes(canvas: Canvas, picture: Trend, top: float, frame: Frame) -> float:
    """A line for each value that one series lacks, each with its own word."""
    y = top
    for one in picture.series:
        for place, point in enumerate(one.points):
            others = (other.points[place].known for other in picture.series)
            if point.known or not any(others):
                continue
            words = (
                f"{one.label[frame.language]}, {school_year(picture.years[place])}:"
                f" {reason(point.reason, frame.language)}"
            )
            lines = wrap(words, SMALL, frame.width - 26, most=3)
            canvas.hatch((0, y + 3), (16, 11))
            canvas.lines((24, y + SMALL), lines, "muted", size=SMALL)
            y += SMALL * LINE * len(lines) + 4
    return y + 2
