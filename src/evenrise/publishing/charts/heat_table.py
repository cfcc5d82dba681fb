"""A heat table: pairs of groups, the number in each cell, hidden cells hatched.

The tint only helps the eye; every cell prints its number and its n. On a narrow page
each row of the table becomes a block of labelled lines.
"""

from __future__ import annotations

from evenrise.findings.pictures import HeatTable
from evenrise.publishing.charts.axis import reach
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import (
    LABEL,
    SMALL,
    Frame,
    axis_title,
    axis_words,
    finished,
)
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import count, estimate
from evenrise.publishing.wording import reason, short_reason
from evenrise.vocabulary.estimates import Estimate


CELL_HEIGHT = 46.0
FAINTEST, DEEPEST = 0.06, 0.34


def draw_heat_table(picture: HeatTable, frame: Frame) -> str:
    """The picture as SVG."""
    canvas = frame.canvas()
    top = axis_title(canvas, axis_words(picture, None, frame.language)) + 4
    wide_enough = frame.width >= 110 + 62 * len(picture.columns)
    draw = _grid if wide_enough and not frame.narrow else _blocks
    canvas.height = draw(canvas, picture, frame, top) + 4
    return finished(canvas, picture, frame)


def _depth(picture: HeatTable, one: Estimate) -> float:
    values = reach(
        Estimate(cell.value) for row in picture.cells for cell in row if cell.known
    )
    low, high = min(values), max(values)
    share = 0.5 if high <= low else ((one.value or 0.0) - low) / (high - low)
    return round(FAINTEST + share * (DEEPEST - FAINTEST), 3)


def _grid(canvas: Canvas, picture: HeatTable, frame: Frame, top: float) -> float:
    language = frame.language
    names = [row[language] for row in picture.rows]
    room = min(max(width(name, LABEL) for name in names) + 10, frame.width * 0.3)
    wide = (frame.width - room) / len(picture.columns)
    heads = [
        wrap(column[language], SMALL, wide - 6, most=4) for column in picture.columns
    ]
    tall = max(len(head) for head in heads) * SMALL * LINE
    for place, head in enumerate(heads):
        x = room + (place + 0.5) * wide
        start = top + tall - (len(head) - 1) * SMALL * LINE
        canvas.lines((x, start), head, "muted", size=SMALL, anchor="middle")
    y = top + tall + 8
    for name, cells in zip(names, picture.cells, strict=True):
        lines = wrap(name, LABEL, room - 8, most=3)
        first = y + CELL_HEIGHT / 2 - LABEL * LINE * (len(lines) - 1) / 2 + 4.5
        canvas.lines((0, first), lines, size=LABEL)
        for place, one in enumerate(cells):
            corner = (room + place * wide + 1.5, y + 1.5)
            _cell(canvas, picture, one, (corner, (wide - 3, CELL_HEIGHT - 3)), frame)
        y += CELL_HEIGHT
    return y


def _cell(
    canvas: Canvas,
    picture: HeatTable,
    one: Estimate,
    box: tuple[tuple[float, float], tuple[float, float]],
    frame: Frame,
) -> None:
    (x, y), (wide, tall) = box
    middle = x + wide / 2
    if not one.known:
        canvas.hatch((x, y), (wide, tall))
        lines = wrap(reason(one.reason, frame.language), 11, wide - 8, most=3)
        if len(lines) > 2 or any(line.endswith(("-", "…")) for line in lines):
            lines = (short_reason(one.reason, frame.language),)
        room = min(max(width(line, 11) for line in lines) + 8, wide)
        height = 11 * LINE * len(lines) + 4
        canvas.rect(
            (middle - room / 2, y + tall / 2 - height / 2),
            (room, height),
            "paper",
            rx=3,
        )
        first = y + tall / 2 - height / 2 + 12
        canvas.lines((middle, first), lines, size=11, anchor="middle")
        return
    canvas.rect((x, y), (wide, tall), "c1", fill_opacity=_depth(picture, one), rx=3)
    value = estimate(one, picture.scale.unit, frame.language)
    canvas.text(
        (middle, y + tall / 2 + (0 if one.n is not None else 5)),
        value,
        size=LABEL,
        bold=True,
        anchor="middle",
    )
    if one.n is not None:
        words = f"n {count(one.n, frame.language)}"
        canvas.text((middle, y + tall / 2 + 15), words, size=11, anchor="middle")


def _blocks(canvas: Canvas, picture: HeatTable, frame: Frame, top: float) -> float:
    language = frame.language
    y = top
    for name, cells in zip(picture.rows, picture.cells, strict=True):
        head = wrap(name[language], LABEL, frame.width - 2, bold=True, most=2)
        canvas.lines((0, y + LABEL + 4), head, size=LABEL, bold=True)
        y += LABEL * LINE * len(head) + 8
        for column, one in zip(picture.columns, cells, strict=True):
            box = 104.0 if one.known else 132.0
            lines = wrap(column[language], SMALL, frame.width - box - 12, most=2)
            tall = max(42.0, SMALL * LINE * len(lines) + 8)
            first = y + tall / 2 - SMALL * LINE * (len(lines) - 1) / 2 + 4
            canvas.lines((0, first), lines, size=SMALL)
            corner = (frame.width - box, y + 1)
            _cell(canvas, picture, one, (corner, (box, tall - 2)), frame)
            y += tall
        y += 6
    return y
