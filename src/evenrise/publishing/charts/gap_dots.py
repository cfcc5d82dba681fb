"""Gap dots: one row a group, a dot with its interval, all students as a line."""

from __future__ import annotations

from evenrise.findings.pictures import GapDots, Mark
from evenrise.publishing.charts.axis import (
    Axis,
    axis_for,
    off_zero,
    reach_of_values,
)
from evenrise.publishing.charts.canvas import Canvas
from evenrise.publishing.charts.frame import (
    LABEL,
    SMALL,
    Frame,
    axis_title,
    axis_words,
    finished,
    ticks_below,
)
from evenrise.publishing.charts.rows import (
    GAP_BEFORE_CONTEXT,
    columns,
    draw_gathered,
    draw_row,
    gathered,
    heights,
    upright,
)
from evenrise.publishing.numbers import estimate
from evenrise.publishing.wording import ALL_STUDENTS


INTERVALS_BEYOND = 0.6  # of the values' span


def draw_gap_dots(picture: GapDots, frame: Frame) -> str:
    """The picture as SVG.

    Rows stand in the order given; rows of kind `context` (the state, districts like
    this one) stand apart under the others.
    """
    rows, unseen = gathered(_in_order(picture.rows), frame)
    column = columns(frame, rows, picture.scale)
    shown = [*(mark.estimate for mark in rows), picture.line]
    values = reach_of_values(shown, INTERVALS_BEYOND)
    scale = off_zero(values, picture.scale)
    axis = axis_for(values, scale, *column.plot, most=4 if frame.narrow else 6)
    canvas = frame.canvas()
    top = axis_title(canvas, axis_words(picture, axis, frame.language))
    top = _headings(canvas, frame, picture, axis, (top, column.n_end))
    tall = heights(frame, rows, column)
    apart = GAP_BEFORE_CONTEXT * (_own(rows) < len(rows))
    bands = _bands(rows, tall, top)
    bottom = top + sum(tall) + apart
    grid = (bottom - 2, bottom) if frame.narrow else (top, bottom)
    ticks_below(canvas, axis, picture.scale.unit, frame.language, grid)
    _line(canvas, frame, picture, axis, bands)
    for mark, band in zip(rows, bands, strict=True):
        draw_row(canvas, frame, mark, (axis, column), band, picture.scale.unit)
    if apart:
        rule = bands[_own(rows)][0] - GAP_BEFORE_CONTEXT / 2
        canvas.line((0, rule), (frame.width, rule), "hair")
    canvas.height = draw_gathered(canvas, unseen, bottom + 22, frame)
    return finished(canvas, picture, frame)


def _in_order(rows: tuple[Mark, ...]) -> tuple[Mark, ...]:
    own = tuple(mark for mark in rows if mark.kind != "context")
    return own + tuple(mark for mark in rows if mark.kind == "context")


def _headings(
    canvas: Canvas,
    frame: Frame,
    picture: GapDots,
    axis: Axis,
    places: tuple[float, float],
) -> float:
    top, n_end = places
    if not frame.narrow:
        canvas.text((n_end, top + SMALL), "n", "muted", size=SMALL, anchor="end")
    if picture.line is None or picture.line.value is None:
        return top + (0 if frame.narrow else SMALL + 8)
    label = (picture.line_label or ALL_STUDENTS)[frame.language]
    words = f"{label}: {estimate(picture.line, picture.scale.unit, frame.language)}"
    middle = canvas.clamp(axis.place(picture.line.value), words, LABEL, bold=True)
    canvas.text(
        (middle, top + SMALL), words, "all", size=SMALL, bold=True, anchor="middle"
    )
    return top + SMALL + 8


def _own(rows: tuple[Mark, ...]) -> int:
    return sum(mark.kind != "context" for mark in rows)


def _bands(
    rows: tuple[Mark, ...], tall: list[float], top: float
) -> list[tuple[float, float]]:
    bands, y = [], top
    for place, height in enumerate(tall):
        if place == _own(rows):
            y += GAP_BEFORE_CONTEXT
        bands.append((y, height))
        y += height
    return bands


def _line(
    canvas: Canvas,
    frame: Frame,
    picture: GapDots,
    axis: Axis,
    bands: list[tuple[float, float]],
) -> None:
    one = picture.line
    if one is None or one.value is None or not bands:
        return
    if one.lower is not None and one.upper is not None:
        left, right = axis.place(one.lower), axis.place(one.upper)
        middle, room = (left + right) / 2, max(right - left, 2.0)
        upright(
            canvas,
            frame,
            middle,
            bands,
            stroke_width=round(room, 1),
            stroke_opacity=0.12,
        )
    upright(canvas, frame, axis.place(one.value), bands, stroke_width=1.6)
