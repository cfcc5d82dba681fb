"""One student's progress: points on their days, the aim line, and changes marked.

The aim line runs from the baseline to the target and is dashed; the points are a line
with marks. Where a support changed, an upright line stands with its words, and the
line of the points is broken there: what follows is another phase.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_skeleton

from evenrise.findings.pictures import Scale
from evenrise.publishing.charts.axis import DayPlot, axis_for
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, TINY, Frame
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import LOCALES, number, tick
from evenrise.vocabulary.text import Language, Text


PLOT_HEIGHT = 230.0
_PLAIN = "plain"  # the measure is in a district's own words and unit
AIM = Text("Aim", "Meta")
POINTS = Text("Points", "Puntos")
_INSET = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """A value on a day."""

    on: dt.date
    value: float


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """What the picture shows; `aim` is from baseline to target, or None.

    `changes` are the days on which the support changed, each with its words.
    """

    title: Text
    alternative: Text
    points: tuple[Step, ...]
    aim: tuple[Step, Step] | None = None
    changes: tuple[tuple[dt.date, Text], ...] = ()
    source: Text | None = None


def draw_progress_line(picture: ProgressLine, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language.

    Raises:
        ValueError: when there is neither a point nor an aim to draw.
    """
    steps = (*picture.points, *(picture.aim or ()))
    if not steps:
        raise ValueError("A picture of progress needs a point or an aim.")
    canvas = frame.canvas()
    top = 16.0 + (SMALL * LINE if picture.changes else 0.0)
    height = PLOT_HEIGHT * (0.85 if frame.narrow else 1)
    plot = _plot(picture, frame, (top, top + height))
    _grid(canvas, plot, frame.language)
    _days_below(canvas, plot, top + height, frame.language)
    _changes(canvas, plot, picture, (top, top + height), frame.language)
    if picture.aim is not None:
        _aim(canvas, plot, picture.aim, frame.language)
    _points(canvas, plot, picture, frame.language)
    canvas.height = _legend(canvas, picture, top + height + 26, frame.language)
    if picture.source is not None:
        canvas.height += TINY * LINE + 3
        at = (frame.width - 1, canvas.height - 3)
        words = picture.source[frame.language]
        canvas.text(at, words, "muted", size=TINY, anchor="end")
    return canvas.finish(
        picture.title[frame.language], picture.alternative[frame.language]
    )


def _plot(picture: ProgressLine, frame: Frame, band: tuple[float, float]) -> DayPlot:
    steps = (*picture.points, *(picture.aim or ()))
    values = [one.value for one in steps]
    days = [*(one.on for one in steps), *(on for on, _ in picture.changes)]
    near_zero = min(values) >= 0 and min(values) < 0.35 * max(values)
    scale = Scale(_PLAIN, "neutral", picture.title, from_zero=near_zero)
    top, bottom = band
    axis = axis_for(values, scale, bottom, top, most=5)
    room = max(width(tick(v, _PLAIN, "en", axis.step), SMALL) for v in axis.ticks)
    first, last = min(days), max(days)
    if first == last:
        last = first + dt.timedelta(days=7)
    return DayPlot(first, last, room + 8, frame.width - 4, axis, _INSET)


def _grid(canvas: Canvas, plot: DayPlot, language: Language) -> None:
    for value in plot.value.ticks:
        y = plot.value.place(value)
        canvas.line((plot.left, y), (plot.right, y), "rule" if value == 0 else "hair")
        words = tick(value, _PLAIN, language, plot.value.step)
        canvas.text((plot.left - 6, y + 4), words, "muted", size=SMALL, anchor="end")


def _days_below(
    canvas: Canvas, plot: DayPlot, bottom: float, language: Language
) -> None:
    """The first day, and as many weeks after it as have room."""
    need = width(_short_day(plot.last, language), SMALL) + 16
    days = (plot.last - plot.first).days
    fit = max(int((plot.right - plot.left) / need), 1)
    weeks = max(1, -(-days // (7 * fit)))
    on = plot.first
    while on <= plot.last:
        x = plot.x(on)
        canvas.line((x, bottom), (x, bottom + 4), "rule")
        words = _short_day(on, language)
        canvas.text(
            (canvas.clamp(x, words, SMALL), bottom + 17),
            words,
            "muted",
            size=SMALL,
            anchor="middle",
        )
        on += dt.timedelta(days=7 * weeks)


def _changes(
    canvas: Canvas,
    plot: DayPlot,
    picture: ProgressLine,
    band: tuple[float, float],
    language: Language,
) -> None:
    top, bottom = band
    for on, why in picture.changes:
        x = plot.x(on)
        canvas.line((x, top - 4), (x, bottom), "ink", stroke_dasharray="2 3")
        words = wrap(why[language], SMALL, 130, most=1)[0]
        middle = canvas.clamp(x, words, SMALL)
        canvas.text((middle, top - 8), words, "ink", size=SMALL, anchor="middle")


def _aim(
    canvas: Canvas, plot: DayPlot, aim: tuple[Step, Step], language: Language
) -> None:
    start, end = (plot.at(one.on, one.value) for one in aim)
    canvas.polyline([start, end], "c2", stroke_width=2, stroke_dasharray="7 4")
    canvas.mark(start, "ring", "c2", 4)
    canvas.mark(end, "diamond", "c2", 5)
    words = _value(aim[1].value, language)
    above = end[1] - 9 if end[1] > plot.value.end + 20 else end[1] + 18
    canvas.text(
        (end[0] - 2, above),
        words,
        "c2",
        size=LABEL,
        bold=True,
        anchor="end",
        halo=True,
    )


def _points(
    canvas: Canvas, plot: DayPlot, picture: ProgressLine, language: Language
) -> None:
    ordered = sorted(picture.points, key=lambda one: one.on)
    for phase in _phases(ordered, [on for on, _ in picture.changes]):
        if len(phase) > 1:
            canvas.polyline(
                [plot.at(one.on, one.value) for one in phase],
                "c1",
                stroke_width=2.4,
                stroke_linejoin="round",
            )
    for one in ordered:
        x, y = plot.at(one.on, one.value)
        said = f"{_short_day(one.on, language)}: {_value(one.value, language)}"
        canvas.parts.append(f'<g data-say="{said}">')
        canvas.mark((x, y), "circle", "c1", 4.6)
        canvas.parts.append("</g>")


def _phases(points: list[Step], changes: list[dt.date]) -> list[list[Step]]:
    """The points between one change and the next."""
    phases: list[list[Step]] = [[] for _ in range(len(changes) + 1)]
    for one in points:
        phases[sum(on <= one.on for on in changes)].append(one)
    return phases


def _legend(
    canvas: Canvas, picture: ProgressLine, top: float, language: Language
) -> float:
    x, y = 0.0, top + 10
    shown = [(POINTS, "c1", "")] if picture.points else []
    if picture.aim is not None:
        shown.append((AIM, "c2", "7 4"))
    for label, ink, dash in shown:
        canvas.line((x, y), (x + 28, y), ink, stroke_width=2.2, stroke_dasharray=dash)
        canvas.text((x + 36, y + 4.5), label[language], ink, size=LABEL, bold=True)
        x += 52 + width(label[language], LABEL, bold=True)
    return y + 12


def _short_day(on: dt.date, language: Language) -> str:
    return str(format_skeleton("MMMd", on, locale=LOCALES[language]))


def _value(value: float, language: Language) -> str:
    return number(value, 0 if float(value).is_integer() else 1, language)
