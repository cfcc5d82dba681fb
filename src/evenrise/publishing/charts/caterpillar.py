"""A caterpillar: schools' effects with intervals, as ordered, never a rank."""

from __future__ import annotations

from itertools import accumulate

from evenrise.findings.pictures import Caterpillar
from evenrise.publishing.charts.axis import axis_for, reach
from evenrise.publishing.charts.frame import (
    Frame,
    axis_title,
    axis_words,
    finished,
    ticks_below,
)
from evenrise.publishing.charts.rows import (
    columns,
    draw_gathered,
    draw_row,
    gathered,
    heights,
    upright,
)


def draw_caterpillar(picture: Caterpillar, frame: Frame) -> str:
    """The picture as SVG; a line at zero (or at 1 for ratios) means "as the others"."""
    unit = picture.scale.unit
    rows, unseen = gathered(picture.rows, frame)
    column = columns(frame, rows, picture.scale)
    axis = axis_for(
        reach(mark.estimate for mark in rows),
        picture.scale,
        *column.plot,
        most=4 if frame.narrow else 6,
    )
    canvas = frame.canvas()
    top = axis_title(canvas, axis_words(picture, None, frame.language)) + 6
    tall = heights(frame, rows, column)
    starts = accumulate(tall[:-1], initial=top)
    bands = list(zip(starts, tall, strict=True))
    bottom = top + sum(tall)
    grid = (bottom - 2, bottom) if frame.narrow else (top, bottom)
    ticks_below(canvas, axis, unit, frame.language, grid)
    even = 1.0 if unit == "ratio" else 0.0
    if bands and axis.low <= even <= axis.high:
        upright(canvas, frame, axis.place(even), bands, stroke_width=1.6)
    for mark, band in zip(rows, bands, strict=True):
        draw_row(canvas, frame, mark, (axis, column), band, unit)
    canvas.height = draw_gathered(canvas, unseen, bottom + 22, frame)
    return finished(canvas, picture, frame)
