"""A promise over the years: what was counted, the line to the target, what is ahead.

The counted years are a line with a light band; the dashed line runs from the baseline
(a ring) to the target (a diamond); a forecast stands in the target's year as a hollow
mark with its interval. A hidden or missing year is hatched and named, never drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evenrise.findings.pictures import Scale, Series
from evenrise.publishing.charts.axis import axis_for, off_zero, reach
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import (
    LABEL,
    SMALL,
    TINY,
    Frame,
    axis_title,
    axis_words,
    told,
)
from evenrise.publishing.charts.ink import Tag
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.charts.trend import (
    Plot,
    draw_series,
    last_known,
    ticks_beside,
    years_below,
)
from evenrise.publishing.numbers import amount, school_year
from evenrise.publishing.wording import reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text


PLOT_HEIGHT = 230.0
COUNTED = Text("Counted each year", "Contado cada año")
TO_TARGET = Text("Line to the target", "Línea hacia el objetivo")
AHEAD = Text("Forecast, if all goes on as it went", "Pronóstico, si todo sigue igual")
BASELINE = Text("baseline", "punto de partida")
TARGET = Text("target", "objetivo")
FORECAST = Text("forecast", "pronóstico")
_AHEAD_BEYOND = 0.5  # of the span of all else
_OWN = Tag("c1", "circle", "")


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One line of a promise: all students, or one gap.

    `years` run from the first known year to the target's; `points` are those of the
    first years, one each, and stop with the latest. `line` is baseline and target.
    """

    title: Text
    alternative: Text
    scale: Scale
    years: tuple[int, ...]
    points: tuple[Estimate, ...]
    line: tuple[tuple[int, float], tuple[int, float]] | None = None
    ahead: tuple[int, Estimate] | None = None
    source: Text | None = None


def draw_promise_line(picture: PromiseLine, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language.

    Raises:
        ValueError: when it has no year.
    """
    if not picture.years:
        raise ValueError("A picture of a promise needs a year.")
    canvas = frame.canvas()
    values = _values(picture)
    scale = off_zero(values, picture.scale)
    words = axis_words(picture, axis_for(values, scale, 0, 1, most=5), frame.language)
    top = axis_title(canvas, words) + 16
    height = PLOT_HEIGHT * (0.85 if frame.narrow else 1)
    axis = axis_for(values, scale, top + height, top, most=5)
    left = ticks_beside(canvas, axis, picture, frame, frame.width - 4)
    plot = Plot(picture.years, left, frame.width - 4, axis)
    years_below(canvas, plot, top + height)
    _missing(canvas, plot, picture, (top, height))
    if picture.line is not None:
        _line(canvas, plot, picture, frame.language)
    own = Series(COUNTED, picture.points, "focus")
    draw_series(canvas, plot, own, _OWN, say=_sayer(picture, frame.language))
    if picture.ahead is not None:
        _ahead(canvas, plot, picture, frame.language)
    below = _legend(canvas, picture, top + height + 26, frame)
    canvas.height = _why_missing(canvas, picture, below, frame)
    _source(canvas, picture, frame)
    return canvas.finish(
        picture.title[frame.language], picture.alternative[frame.language]
    )


def _values(picture: PromiseLine) -> list[float]:
    """What the axis must hold: every interval of a counted year, the line's ends.

    A forecast's interval may be far wider than all that was counted; it is cut short.
    """
    values = [*reach(picture.points), *(value for _, value in picture.line or ())]
    if picture.ahead is None:
        return values
    one = picture.ahead[1]
    values.append(one.value or 0.0)
    low, high = min(values), max(values)
    beyond = _AHEAD_BEYOND * (high - low)
    ends = [end for end in (one.lower, one.upper) if end is not None]
    return [*values, *(min(max(end, low - beyond), high + beyond) for end in ends)]


def _at(
    plot: Plot, picture: PromiseLine, year: int, value: float
) -> tuple[float, float]:
    low, high = plot.value.low, plot.value.ticks[-1]
    held = min(max(value, low), high)
    return plot.x(picture.years.index(year)), plot.value.place(held)


def _line(canvas: Canvas, plot: Plot, picture: PromiseLine, language: Language) -> None:
    if picture.line is None:
        return
    unit = picture.scale.unit
    ends = [_at(plot, picture, *end) for end in picture.line]
    canvas.polyline(ends, "c2", stroke_width=2, stroke_dasharray="7 4")
    for end, at, shape, name in zip(
        picture.line, ends, ("ring", "diamond"), (BASELINE, TARGET), strict=True
    ):
        value = amount(end[1], unit, language)
        say = f"{school_year(end[0])}, {name[language]}: {value}"
        canvas.mark(at, shape, "c2", 6 if shape == "diamond" else 4, say)
    words = f"{TARGET[language]} {amount(picture.line[1][1], unit, language)}"
    x, y = ends[1]
    above = y - 11 if y > plot.value.end + 16 else y + 20
    canvas.text(
        (x + 2, above), words, "c2", size=LABEL, bold=True, anchor="end", halo=True
    )


def _ahead(
    canvas: Canvas, plot: Plot, picture: PromiseLine, language: Language
) -> None:
    """The forecast: a light dashed line from the latest year, a ring, its interval."""
    if picture.ahead is None:
        return
    year, one = picture.ahead
    at = _at(plot, picture, year, one.value or 0.0)
    last = last_known(Series(COUNTED, picture.points))
    if last is not None:
        value = picture.points[last].value or 0.0
        begins = _at(plot, picture, picture.years[last], value)
        canvas.polyline([begins, at], "c1", stroke_width=1.4, stroke_dasharray="2 4")
    if one.lower is not None and one.upper is not None:
        low, high = (_at(plot, picture, year, end) for end in (one.lower, one.upper))
        canvas.line(low, high, "c1", stroke_width=6, stroke_opacity=0.22)
    label = f"{school_year(year)}, {FORECAST[language]}"
    canvas.mark(at, "ring", "c1", 4.6, told(label, one, picture.scale.unit, language))


def _sayer(picture: PromiseLine, language: Language) -> Callable[[int], str]:
    """What the mark of each counted year says, by its place."""

    def say(place: int) -> str:
        label = school_year(picture.years[place])
        return told(label, picture.points[place], picture.scale.unit, language)

    return say


def _missing(
    canvas: Canvas, plot: Plot, picture: PromiseLine, band: tuple[float, float]
) -> None:
    top, height = band
    apart = (plot.right - plot.left) / max(len(picture.years), 1)
    for place, point in enumerate(picture.points):
        if not point.known:
            wide = min(apart * 0.5, 40.0)
            canvas.hatch((plot.x(place) - wide / 2, top), (wide, height))


def _why_missing(
    canvas: Canvas, picture: PromiseLine, top: float, frame: Frame
) -> float:
    """The word of each hatched year, under the picture."""
    y = top
    for place, point in enumerate(picture.points):
        if point.known:
            continue
        why = reason(point.reason, frame.language)
        words = f"{school_year(picture.years[place])}: {why}"
        canvas.hatch((0, y + 3), (16, 11))
        canvas.text((24, y + SMALL), words, "muted", size=SMALL)
        y += SMALL * LINE + 4
    return y + 2


def _legend(canvas: Canvas, picture: PromiseLine, top: float, frame: Frame) -> float:
    """Line, dash and mark of each thing that is drawn, with its name."""
    shown = [(COUNTED, "c1", "", "circle")]
    if picture.line is not None:
        shown.append((TO_TARGET, "c2", "7 4", "diamond"))
    if picture.ahead is not None:
        shown.append((AHEAD, "c1", "2 4", "ring"))
    x, y = 0.0, top + 10
    for label, ink, dash, shape in shown:
        words = label[frame.language]
        need = 36 + width(words, LABEL, bold=True)
        if x and x + need > frame.width:
            x, y = 0.0, y + 21
        canvas.line((x, y), (x + 28, y), ink, stroke_width=2.2, stroke_dasharray=dash)
        canvas.mark((x + 14, y), shape, ink, 4.2)
        canvas.text((x + 36, y + 4.5), words, ink, size=LABEL, bold=True)
        x += need + 20
    return y + 16


def _source(canvas: Canvas, picture: PromiseLine, frame: Frame) -> None:
    if picture.source is None:
        return
    for words in wrap(picture.source[frame.language], TINY, frame.width - 4, most=3):
        canvas.height += TINY * LINE + 2
        at = (frame.width - 1, canvas.height - 3)
        canvas.text(at, words, "muted", size=TINY, anchor="end")
