"""A measure by the week: run and control charts, one panel a group on one scale.

Values are a line with marks; an unusual week is a triangle that points the way it lies,
so that shape tells it as well as colour. The middle is a solid line, dashed where it is
carried on past the change it stands before; limits are dashed. An upright line marks
where the change began, dotted ones where limits were made anew. A week that is left out
is hollow, or a hatched strip where nothing was counted, and breaks the line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from babel.dates import format_skeleton

from evenrise.findings.pictures import Scale
from evenrise.publishing.charts.axis import Axis, DayPlot, axis_for
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, TINY, Frame
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import LOCALES, amount, tick
from evenrise.vocabulary.text import Language, Text


ALONE = 230.0  # the height of a plot that stands alone
BESIDE = 120.0
PANEL = 300.0  # the narrowest a panel may be
GUTTER = 26.0
INSET = 9.0
WEEK = dt.timedelta(weeks=1)
_LINKED = dt.timedelta(days=10)  # weeks farther apart are not joined by a line
WEEKLY = Text("Each week", "Cada semana")
UNUSUAL_UP = Text("Unusually high", "Inusualmente alta")
UNUSUAL_DOWN = Text("Unusually low", "Inusualmente baja")
LEFT_OUT = Text("Left out", "No se cuenta")
LIMITS = Text("Limits", "Límites")
PREDICTED = Text("Predicted", "Predicción")
TARGET = Text("Target", "Objetivo")
FOR_ALL = Text("{name} for all students", "{name} para todos los estudiantes")
_DASHES = {"line": "", "dash": "3 3", "dots": "1 4", "long": "9 3 2 3"}
ANEW = Text("new limits", "límites nuevos")


@dataclass(frozen=True, slots=True)
class WeekMark:
    """One week as it is drawn; `said` is read aloud. Without a value it is a strip."""

    on: dt.date
    said: Text
    value: float | None
    center: float | None = None
    lower: float | None = None
    upper: float | None = None
    part: int = 0
    unusual: Literal["", "up", "down"] = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class WeeksPanel:
    """One group's weeks, and the verdict that stands above them.

    `frozen`: the middle stands on the weeks before the change and is carried on.
    """

    label: Text
    verdict: Text
    weeks: tuple[WeekMark, ...]
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class WeeksPicture:
    """What the picture shows; `unit` is share or plain.

    `middle` is what the middle is called: the mean or the median. `anew` are the weeks
    from which limits were made anew.
    """

    title: Text
    alternative: Text
    unit: str
    middle: Text
    panels: tuple[WeeksPanel, ...]
    change_on: dt.date | None = None
    change: Text | None = None
    anew: tuple[dt.date, ...] = ()
    predicted: float | None = None
    target: float | None = None
    source: Text | None = None


def draw_weeks(picture: WeeksPicture, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language.

    Raises:
        ValueError: when no panel has a week.
    """
    days = [one.on for panel in picture.panels for one in panel.weeks]
    if not days:
        raise ValueError("A picture of weeks needs a week.")
    canvas = frame.canvas()
    across = max(1, int((frame.width + GUTTER) // (PANEL + GUTTER)))
    across = min(across, len(picture.panels))
    wide = (frame.width - GUTTER * (across - 1)) / across
    tall = ALONE * (0.85 if frame.narrow else 1) if across == 1 else BESIDE
    if len(picture.panels) > 1:
        tall = BESIDE
    values = _values(picture)
    scale = _scale(picture, values)
    top = 2.0
    for start in range(0, len(picture.panels), across):
        row = picture.panels[start : start + across]
        heads = [_head(panel, frame, wide) for panel in row]
        over = max(len(lines) for lines in heads) * LABEL * LINE + 6
        over += SMALL * LINE + 4 if picture.change_on else 4
        for place, (panel, head) in enumerate(zip(row, heads, strict=True)):
            x = place * (wide + GUTTER)
            axis = axis_for(values, scale, top + over + tall, top + over, most=4)
            canvas.lines((x, top + LABEL), head[:-1], size=LABEL, bold=True)
            at = (x, top + LABEL + LABEL * LINE * (len(head) - 1))
            canvas.text(at, head[-1], "muted", size=SMALL)
            left = _grid(canvas, axis, picture.unit, (x, x + wide - 4), frame.language)
            plot = DayPlot(
                min(days), max(*days, min(days) + WEEK), left, x + wide - 4, axis, INSET
            )
            _panel(canvas, picture, panel, plot, frame.language)
        top += over + tall + 30
    canvas.height = _legend(canvas, picture, top - 4, frame)
    if picture.source is not None:
        for words in wrap(
            picture.source[frame.language], TINY, frame.width - 4, most=3
        ):
            canvas.height += TINY * LINE + 2
            at = (frame.width - 1, canvas.height - 3)
            canvas.text(at, words, "muted", size=TINY, anchor="end")
    return canvas.finish(
        picture.title[frame.language], picture.alternative[frame.language]
    )


def _values(picture: WeeksPicture) -> list[float]:
    """Every number that the axis must hold."""
    marks = [one for panel in picture.panels for one in panel.weeks]
    found = [
        value
        for one in marks
        for value in (one.value, one.center, one.lower, one.upper)
        if value is not None
    ]
    found += [one for one in (picture.predicted, picture.target) if one is not None]
    if picture.unit == "share":
        found = [min(max(value, 0.0), 1.0) for value in found]
    return found or [0.0, 1.0]


def _scale(picture: WeeksPicture, values: list[float]) -> Scale:
    near_zero = min(values) >= 0 and min(values) < 0.35 * max(values)
    return Scale(picture.unit, "neutral", picture.title, from_zero=near_zero)


def _head(panel: WeeksPanel, frame: Frame, wide: float) -> list[str]:
    """The lines above a panel: the group's name, then what its weeks say."""
    name = wrap(panel.label[frame.language], LABEL, wide, most=2, bold=True)
    return [*name, wrap(panel.verdict[frame.language], SMALL, wide, most=1)[0]]


def _grid(
    canvas: Canvas,
    axis: Axis,
    unit: str,
    band: tuple[float, float],
    language: Language,
) -> float:
    """Level lines and their labels; returns where the plot begins."""
    start, right = band
    labels = [tick(value, unit, language, axis.step) for value in axis.ticks]
    left = start + max(width(label, SMALL) for label in labels) + 6
    for value, label in zip(axis.ticks, labels, strict=True):
        y = axis.place(value)
        canvas.line((left, y), (right, y), "rule" if value == 0 else "hair")
        canvas.text((left - 6, y + 4), label, "muted", size=SMALL, anchor="end")
    return left


def _panel(
    canvas: Canvas,
    picture: WeeksPicture,
    panel: WeeksPanel,
    plot: DayPlot,
    language: Language,
) -> None:
    _weeks_below(canvas, plot, language)
    _uprights(canvas, picture, plot, language)
    _promised(canvas, picture, plot)
    judged = [one for one in panel.weeks if not one.left_out and one.value is not None]
    for part in sorted({one.part for one in judged}):
        own = [one for one in judged if one.part == part]
        _lines(canvas, plot, own, picture.change_on if panel.frozen else None)
    for stretch in _linked(panel.weeks):
        steps = [plot.at(one.on, one.value or 0.0) for one in stretch]
        canvas.polyline(steps, "c1", stroke_width=1.8, stroke_linejoin="round")
    for one in panel.weeks:
        _mark(canvas, plot, one, language)


def _weeks_below(canvas: Canvas, plot: DayPlot, language: Language) -> None:
    """The first week, and as many after it as have room."""
    bottom = plot.value.start
    need = width(_day(plot.last, language), SMALL) + 18
    days = (plot.last - plot.first).days
    fit = max(int((plot.right - plot.left - need / 2) / need), 1)
    every = WEEK * max(1, -(-days // (7 * fit)))
    on = plot.first
    while on <= plot.last:
        x, words = plot.x(on), _day(on, language)
        canvas.line((x, bottom), (x, bottom + 4), "rule")
        half = width(words, SMALL) / 2
        middle = min(max(x, plot.left + half - 8), plot.right - half)
        canvas.text((middle, bottom + 17), words, "muted", size=SMALL, anchor="middle")
        on += every


def _uprights(
    canvas: Canvas, picture: WeeksPicture, plot: DayPlot, language: Language
) -> None:
    """Where the change began, and where limits were made anew."""
    top, bottom = plot.value.end, plot.value.start
    marks = [(on, "2 3", ANEW) for on in picture.anew]
    if picture.change_on is not None and picture.change is not None:
        marks.append((picture.change_on, "", picture.change))
    taken: list[float] = []
    for on, dash, words in sorted(marks, key=lambda one: one[1]):
        if not plot.first <= on <= plot.last:
            continue
        x = plot.x(on) - 3  # just before the week it belongs to
        canvas.line((x, top - 4), (x, bottom), "ink", stroke_dasharray=dash)
        label = wrap(words[language], SMALL, plot.right - plot.left, most=1)[0]
        half = width(label, SMALL) / 2
        middle = min(max(x, plot.left + half), plot.right - half)
        if all(abs(middle - other) > 2 * half + 6 for other in taken):
            canvas.text((middle, top - 8), label, size=SMALL, anchor="middle")
            taken.append(middle)


def _promised(canvas: Canvas, picture: WeeksPicture, plot: DayPlot) -> None:
    """What was predicted of all students, from the change on; and the target.

    Beside a group stand the same lines: what is promised to all is promised to it.
    """
    starts = plot.left
    if picture.change_on and plot.first <= picture.change_on <= plot.last:
        starts = plot.x(picture.change_on)
    for value, start, ink, dash in (
        (picture.predicted, starts, "c3", "1 4"),
        (picture.target, plot.left, "c6", "9 3 2 3"),
    ):
        if value is not None:
            y = plot.value.place(value)
            ends = (start, y), (plot.right, y)
            canvas.line(*ends, ink, stroke_width=2, stroke_dasharray=dash)


def _lines(
    canvas: Canvas,
    plot: DayPlot,
    weeks: Sequence[WeekMark],
    frozen: dt.date | None,
) -> None:
    """Middle and limits of one phase; the middle is dashed where it is carried on."""
    before = [one for one in weeks if frozen is None or one.on < frozen]
    since = weeks[len(before) - 1 :] if before else weeks
    for part, dash in ((before, ""), (since, "6 4" if before else "")):
        steps = _steps(plot, part, "center")
        if len(steps) > 1:
            canvas.polyline(steps, "all", stroke_width=1.8, stroke_dasharray=dash)
    for side in ("lower", "upper"):
        steps = _steps(plot, weeks, side)
        if len(steps) > 1:
            canvas.polyline(steps, "muted", stroke_width=1.3, stroke_dasharray="3 3")


def _steps(
    plot: DayPlot, weeks: Sequence[WeekMark], side: str
) -> list[tuple[float, float]]:
    told = [(one.on, getattr(one, side)) for one in weeks]
    return [plot.at(on, v) for on, v in told if v is not None]


def _linked(weeks: Sequence[WeekMark]) -> list[list[WeekMark]]:
    """Weeks that follow each other with nothing left out between them."""
    found: list[list[WeekMark]] = [[]]
    for one in weeks:
        if one.left_out or one.value is None:
            found.append([])
            continue
        if found[-1] and one.on - found[-1][-1].on > _LINKED:
            found.append([])
        found[-1].append(one)
    return [stretch for stretch in found if len(stretch) > 1]


def _mark(canvas: Canvas, plot: DayPlot, one: WeekMark, language: Language) -> None:
    x, said = plot.x(one.on), one.said[language]
    if one.value is None:
        canvas.hatch((x - 4, plot.value.start - 14), (8, 14))
        return
    at = (x, plot.value.place(one.value))
    if one.left_out:
        canvas.mark(at, "ring", "muted", 4, said)
    elif one.unusual:
        shape = "triangle" if one.unusual == "up" else "down"
        canvas.mark(at, shape, "c2", 6.2, said)
    else:
        canvas.mark(at, "circle", "c1", 3.4, said)


def _legend(canvas: Canvas, picture: WeeksPicture, top: float, frame: Frame) -> float:
    """What each mark and line means; only those that are drawn."""
    language = frame.language
    marks = [one for panel in picture.panels for one in panel.weeks]
    shown: list[tuple[Text, str, str]] = [(WEEKLY, "circle", "c1")]
    for way, name, shape in (
        ("up", UNUSUAL_UP, "triangle"),
        ("down", UNUSUAL_DOWN, "down"),
    ):
        if any(one.unusual == way for one in marks):
            shown.append((name, shape, "c2"))
    if any(one.left_out or one.value is None for one in marks):
        shown.append((LEFT_OUT, "ring", "muted"))
    if any(one.center is not None for one in marks):
        shown.append((picture.middle, "line", "all"))
    if any(one.upper is not None for one in marks):
        shown.append((LIMITS, "dash", "muted"))
    drawn = [(label[language], shape, ink) for label, shape, ink in shown]
    drawn += _promises(picture, language)
    x, y = 0.0, top + 10
    for words, shape, ink in drawn:
        need = 32 + width(words, SMALL)
        if x and x + need > frame.width:
            x, y = 0.0, y + 20
        if shape in _DASHES:
            dash, end = _DASHES[shape], (x + 22, y)
            canvas.line((x, y), end, ink, stroke_width=1.8, stroke_dasharray=dash)
        else:
            canvas.mark((x + 11, y), shape, ink, 4.6)
        canvas.text((x + 28, y + 4), words, "ink", size=SMALL)
        x += need + 14
    return y + 14


def _promises(picture: WeeksPicture, language: Language) -> list[tuple[str, str, str]]:
    """What was predicted, and the target, with their values, and of whom."""
    whom = FOR_ALL[language] if len(picture.panels) > 1 else "{name}"
    return [
        (
            " ".join(
                (
                    whom.format(name=name[language]),
                    _value(value, picture.unit, language),
                )
            ),
            shape,
            ink,
        )
        for value, name, shape, ink in (
            (picture.predicted, PREDICTED, "dots", "c3"),
            (picture.target, TARGET, "long", "c6"),
        )
        if value is not None
    ]


def _value(value: float, unit: str, language: Language) -> str:
    scale = 100 if unit == "share" else 1
    whole = float(round(value * scale, 6)).is_integer()
    return amount(value, unit, language, digits=0 if whole else 1)


def _day(on: dt.date, language: Language) -> str:
    return str(format_skeleton("MMMd", on, locale=LOCALES[language]))
