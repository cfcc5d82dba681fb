"""A funnel: rates of schools against their size, with the limits of chance. No ranks.

Points inside the limits are quiet; points outside, and the finding's own school, are
named. The limits widen where few students make a rate jump about.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.findings.pictures import FunnelPlot, FunnelPoint
from evenrise.publishing.charts.axis import Axis, axis_for
from evenrise.publishing.charts.canvas import Canvas
from evenrise.publishing.charts.frame import (
    LABEL,
    SMALL,
    Frame,
    axis_title,
    axis_words,
    finished,
    spread,
    ticks_below,
    told,
)
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import amount, count, tick
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


SIZE_AXIS = Text("Students counted at the school", "Estudiantes contados en la escuela")
CENTER = Text("All schools together", "Todas las escuelas juntas")
LIMIT_95 = Text("95 % limit", "límite del 95 %")
LIMIT_998 = Text("99.8 % limit", "límite del 99.8 %")
HEIGHT = 300.0


@dataclass(frozen=True, slots=True)
class Field:
    """Both axes of the funnel."""

    n: Axis
    rate: Axis

    def at(self, n: float, rate: float) -> tuple[float, float]:
        """Where a school of this size and rate stands."""
        return self.n.place(n), self.rate.place(rate)


def draw_funnel_plot(picture: FunnelPlot, frame: Frame) -> str:
    """The picture as SVG."""
    canvas = frame.canvas()
    top = axis_title(canvas, axis_words(picture, None, frame.language)) + 10
    height = HEIGHT * (0.9 if frame.narrow else 1)
    field = _field(picture, frame, top, height)
    _grid(canvas, field, picture, frame, (top, top + height))
    _limits(canvas, field, picture, frame)
    quiet = [point for point in picture.points if not _named(point)]
    loud = [point for point in picture.points if _named(point)]
    for point in quiet:
        words = _told(point, picture, frame)
        canvas.mark(field.at(point.n, point.value), "ring", "muted", 4, words)
    for point in loud:
        ink = "c1" if point.kind == "focus" else "c2"
        shape = "circle" if point.kind == "focus" else "diamond"
        words = _told(point, picture, frame)
        canvas.mark(field.at(point.n, point.value), shape, ink, 6, words)
    _names(canvas, field, loud, picture, frame)
    words = wrap(SIZE_AXIS[frame.language], SMALL, frame.width - 4, most=1)[0]
    canvas.text(
        (frame.width - 1, top + height + 34), words, "muted", size=SMALL, anchor="end"
    )
    canvas.height = top + height + 42
    return finished(canvas, picture, frame)


def _told(point: FunnelPoint, picture: FunnelPlot, frame: Frame) -> str:
    one = Estimate(point.value, None, None, point.n)
    unit, language = picture.scale.unit, frame.language
    return told(point.label[language], one, unit, language)


def _named(point: FunnelPoint) -> bool:
    return point.outside > 0 or point.kind == "focus"


def _field(picture: FunnelPlot, frame: Frame, top: float, height: float) -> Field:
    values = [point.value for point in picture.points] + [picture.center]
    values += [part for row in picture.limits for part in row[1:3]]
    tallest = max([point.value for point in picture.points], default=picture.center)
    values = [min(value, max(tallest, picture.center) * 1.6) for value in values]
    rate = axis_for(values, picture.scale, top + height, top, most=5)
    sizes = [float(point.n) for point in picture.points] or [1.0]
    scale = type(picture.scale)("students", "neutral", SIZE_AXIS)
    left = 6 + max(
        width(tick(value, picture.scale.unit, frame.language, rate.step), SMALL)
        for value in rate.ticks
    )
    n = axis_for(
        [0.0, *sizes], scale, left, frame.width - 12, most=4 if frame.narrow else 6
    )
    return Field(n, rate)


def _grid(
    canvas: Canvas,
    field: Field,
    picture: FunnelPlot,
    frame: Frame,
    band: tuple[float, float],
) -> None:
    ticks_below(canvas, field.n, "students", frame.language, band)
    unit = picture.scale.unit
    for value in field.rate.ticks:
        y = field.rate.place(value)
        canvas.line((field.n.start, y), (field.n.end, y), "hair")
        words = tick(value, unit, frame.language, field.rate.step)
        canvas.text(
            (field.n.start - 6, y + 4), words, "muted", size=SMALL, anchor="end"
        )


def _limits(canvas: Canvas, field: Field, picture: FunnelPlot, frame: Frame) -> None:
    rows = [row for row in picture.limits if row[0] <= field.n.high]
    for place, dash in ((1, "5 4"), (2, "5 4"), (3, ""), (4, "")):
        line = [
            field.at(row[0], row[place])
            for row in rows
            if field.rate.low <= row[place] <= field.rate.high
        ]
        if len(line) > 1:
            canvas.polyline(line, "rule", stroke_width=1.3, stroke_dasharray=dash)
    y = field.rate.place(picture.center)
    canvas.line((field.n.start, y), (field.n.end, y), "all", stroke_width=1.6)
    shown = amount(picture.center, picture.scale.unit, frame.language)
    said = f"{CENTER[frame.language]}: {shown}"
    _words(canvas, field, rows, (said, y), frame)


def _words(
    canvas: Canvas,
    field: Field,
    rows: list[tuple[float, float, float, float, float]],
    center: tuple[str, float],
    frame: Frame,
) -> None:
    """What the lines are, said before the smallest school where there is room.

    Large schools stand at the right end of the lines, so words there meet points.
    """
    limits = ((2, LIMIT_95[frame.language]), (4, LIMIT_998[frame.language]))
    said, y = center
    longest = max(width(word, SMALL) for word in (said, *(w for _, w in limits)))
    begin = field.at(rows[0][0], 0)[0] if rows else field.n.start
    before = begin - field.n.start > longest + 16
    words = [(said, y - 6, "all")]
    for place, label in limits if rows else ():
        value = rows[0 if before else -1][place]
        if field.rate.low <= value <= field.rate.high:
            nudge = 4 if before else -5
            words.append((label, field.rate.place(value) + nudge, "muted"))
    low = field.rate.start if before else y
    places = spread([w[1] for w in words], [15.0] * len(words), field.rate.end, low)
    x = begin - 8 if before else field.n.end
    for (text, _, ink), at in zip(words, places, strict=True):
        canvas.text((x, at), text, ink, size=SMALL, anchor="end", halo=True)


def _names(
    canvas: Canvas,
    field: Field,
    loud: list[FunnelPoint],
    picture: FunnelPlot,
    frame: Frame,
) -> None:
    """Names beside their points, moved up or down where two would collide."""
    room = min(210.0, frame.width * 0.5)
    labels = []
    for point in loud:
        x, y = field.at(point.n, point.value)
        shown = amount(point.value, picture.scale.unit, frame.language)
        name = wrap(point.label[frame.language], LABEL, room, most=2, bold=True)
        value = f"{shown}, n {count(point.n, frame.language)}"
        wide = max(width(line, LABEL, bold=True) for line in (*name, value))
        left = x + 12 + wide < frame.width
        labels.append((x, y, name, value, left))
    for side in (True, False):
        mine = [label for label in labels if label[4] == side]
        tall = [16.0 * len(label[2]) + 18 for label in mine]
        middles = spread(
            [label[1] for label in mine], tall, field.rate.end, field.rate.start
        )
        for (x, y, name, value, _), middle, height in zip(
            mine, middles, tall, strict=True
        ):
            at = x + 12 if side else x - 12
            if abs(middle - y) > 6:
                canvas.line((x, y), (at, middle), "rule", stroke_width=0.8)
            _label(canvas, (at, middle - height / 2 + 13), name, value, start=side)


def _label(
    canvas: Canvas,
    at: tuple[float, float],
    name: tuple[str, ...],
    value: str,
    *,
    start: bool,
) -> None:
    x, y = at
    longest = max((*name, value), key=lambda line: width(line, LABEL, bold=True))
    half = width(longest, LABEL, bold=True)
    x = min(x, canvas.width - half - 1) if start else max(x, half + 1)
    for line in name:
        canvas.text(
            (x, y),
            line,
            size=LABEL,
            bold=True,
            anchor="start" if start else "end",
            halo=True,
        )
        y += 16
    canvas.text(
        (x, y),
        value,
        "muted",
        size=SMALL,
        anchor="start" if start else "end",
        halo=True,
    )
