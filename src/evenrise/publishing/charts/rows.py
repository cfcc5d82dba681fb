"""Rows of dots with intervals: the body of gap dots and of caterpillars.

Wide: label, plot, value and n side by side. Narrow: the label with its value and n on
one line, the plot under it. A hidden value is a hatched field with its word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenrise.findings.pictures import Mark, Scale
from evenrise.publishing.charts.axis import Axis
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, Frame, told
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import count, estimate
from evenrise.publishing.wording import reason
from evenrise.vocabulary.estimates import Estimate


ROW = 31.0
GAP_BEFORE_CONTEXT = 12.0
MOST_HIDDEN_ROWS = 4
_FOCUS_KINDS = {"focus"}


@dataclass(frozen=True, slots=True)
class Column:
    """Where the parts of a row stand, from left to right."""

    label_room: float
    plot: tuple[float, float]
    value_end: float
    n_end: float


def gathered(
    marks: Sequence[Mark], frame: Frame
) -> tuple[tuple[Mark, ...], dict[str, list[str]]]:
    """Rows to draw, and names to gather under the word of what hides them.

    A few hidden rows are drawn each; many would bury what can be read, so they are
    named together under the picture, still with their hatch and their word. A row that
    repeats another's name and numbers is drawn once.
    """
    kept: dict[tuple[object, ...], Mark] = {}
    for mark in marks:
        kept.setdefault((mark.label, mark.estimate, mark.kind, mark.bound), mark)
    hidden = [mark for mark in kept.values() if _silent(mark)]
    if len(hidden) <= MOST_HIDDEN_ROWS:
        return tuple(kept.values()), {}
    words: dict[str, list[str]] = {}
    shown = {mark.label for mark in kept.values() if not _silent(mark)}
    for mark in hidden:
        if mark.label in shown:
            continue
        names = words.setdefault(reason(mark.estimate.reason, frame.language), [])
        if mark.label[frame.language] not in names:
            names.append(mark.label[frame.language])
    return tuple(mark for mark in kept.values() if not _silent(mark)), words


def _silent(mark: Mark) -> bool:
    """A row of which nothing at all can be said, and that no finding is about."""
    return not mark.estimate.known and mark.bound is None and mark.kind == "other"


def draw_gathered(
    canvas: Canvas, words: dict[str, list[str]], top: float, frame: Frame
) -> float:
    """The names gathered under each word; returns where they end."""
    y = top + 8 if words else top
    for word, names in words.items():
        why = word.replace(": ", ", ")  # one colon, before the names
        said = f"{why[:1].upper()}{why[1:]}: {', '.join(names)}"
        lines = wrap(said, SMALL, frame.width - 26, most=12)
        canvas.hatch((0, y + 3), (16, 11))
        canvas.lines((24, y + SMALL), lines, "muted", size=SMALL)
        y += SMALL * LINE * len(lines) + 5
    return y


def columns(frame: Frame, marks: Sequence[Mark], scale: Scale) -> Column:
    """Room for labels, plot, values and n."""
    language = frame.language
    n_room = max((width(n_words(mark, frame), SMALL) for mark in marks), default=20.0)
    value_room = max(
        (
            width(estimate(mark.estimate, scale.unit, language), LABEL, bold=True)
            for mark in marks
            if mark.estimate.known
        ),
        default=20.0,
    )
    n_end = frame.width - 1
    value_end = n_end - n_room - 14
    if frame.narrow:
        label_room = value_end - value_room - 10
        return Column(label_room, (8, frame.width - 8), value_end, n_end)
    widest = max(
        (width(mark.label[language], LABEL, bold=True) for mark in marks), default=40.0
    )
    label_room = min(widest + 4, frame.width * 0.34)
    return Column(
        label_room, (label_room + 18, value_end - value_room - 14), value_end, n_end
    )


def n_words(mark: Mark, frame: Frame) -> str:
    """The n at the right; nothing when it is not known or hidden."""
    if mark.estimate.n is None or not mark.estimate.known:
        return ""
    shown = count(mark.estimate.n, frame.language)
    return f"n {shown}" if frame.narrow else shown


def heights(frame: Frame, marks: Sequence[Mark], column: Column) -> list[float]:
    """How tall each row is, from how its label wraps."""
    return [
        8 + LABEL * LINE * lines + 22
        if frame.narrow
        else max(ROW, 8 + LABEL * LINE * lines)
        for lines in (len(label_lines(frame, mark, column)) for mark in marks)
    ]


def track_middle(top: float, height: float, frame: Frame) -> float:
    """Where in its band a row's dot lies."""
    return top + (height - 13 if frame.narrow else height / 2)


def upright(
    canvas: Canvas,
    frame: Frame,
    x: float,
    bands: Sequence[tuple[float, float]],
    **looks: str | float,
) -> None:
    """A line through all rows; on a narrow picture only where the dots lie.

    Args:
        canvas: where it is drawn.
        frame: tells wide from narrow.
        x: its place.
        bands: (top, height) of each row.
        looks: SVG attributes with `_` for `-`.
    """
    if not frame.narrow:
        end = bands[-1][0] + bands[-1][1]
        canvas.line((x, bands[0][0] - 3), (x, end), "all", **looks)
        return
    for top, height in bands:
        middle = track_middle(top, height, frame)
        canvas.line((x, middle - 12), (x, middle + 12), "all", **looks)


def label_lines(frame: Frame, mark: Mark, column: Column) -> tuple[str, ...]:
    """A row's name in the lines it needs."""
    bold = mark.kind in _FOCUS_KINDS
    return wrap(mark.label[frame.language], LABEL, column.label_room, bold=bold, most=3)


def draw_row(
    canvas: Canvas,
    frame: Frame,
    mark: Mark,
    places: tuple[Axis, Column],
    band: tuple[float, float],
    unit: str,
) -> None:
    """One row: its name, what is known, or why nothing is."""
    axis, column = places
    top, height = band
    bold = mark.kind in _FOCUS_KINDS
    lines = label_lines(frame, mark, column)
    middle = track_middle(top, height, frame)
    if frame.narrow:
        first = top + LABEL + 2
    else:
        first = middle - LABEL * LINE * (len(lines) - 1) / 2 + LABEL * 0.36
    quiet = "muted" if mark.kind == "context" else "ink"
    canvas.lines((0, first), lines, quiet, size=LABEL, bold=bold)
    value_at = first if frame.narrow else middle + LABEL * 0.36
    if not mark.estimate.known:
        _draw_unknown(canvas, frame, mark, column, middle)
        return
    words = told(mark.label[frame.language], mark.estimate, unit, frame.language)
    _draw_dot(canvas, mark, axis, middle, words)
    canvas.text(
        (column.value_end, value_at),
        estimate(mark.estimate, unit, frame.language),
        quiet,
        size=LABEL,
        bold=bold,
        anchor="end",
    )
    canvas.text(
        (column.n_end, value_at),
        n_words(mark, frame),
        "muted",
        size=SMALL,
        anchor="end",
    )


def _draw_dot(
    canvas: Canvas, mark: Mark, axis: Axis, middle: float, words: str
) -> None:
    one = mark.estimate
    assert one.value is not None  # noqa: S101 - the caller asked
    ink = {"focus": "c1", "all": "all"}.get(mark.kind, "muted")
    shape = {"focus": "circle", "all": "bar"}.get(mark.kind, "ring")
    left = axis.start if one.lower is None else axis.place(one.lower)
    if one.lower is not None and one.upper is not None:
        right = axis.place(one.upper)
        canvas.line(
            (left, middle),
            (right, middle),
            ink,
            stroke_width=6 if mark.kind == "focus" else 4,
            stroke_opacity=0.35,
            stroke_linecap="round",
        )
    _beyond(canvas, one, axis, middle, ink)
    size = 6.5 if mark.kind == "focus" else 4.8
    canvas.mark((axis.place(one.value), middle), shape, ink, size, words)


def _beyond(canvas: Canvas, one: Estimate, axis: Axis, middle: float, ink: str) -> None:
    """An arrow where an interval runs out of the picture."""
    for end, edge, way in (
        (one.lower, axis.start, -1),
        (one.upper, axis.end, 1),
    ):
        outside = end is not None and (end - (axis.low, axis.high)[way > 0]) * way > 0
        if outside:
            tip, back = edge + way * 5, edge - way * 3
            canvas.polygon([(tip, middle), (back, middle - 5), (back, middle + 5)], ink)


def _draw_unknown(
    canvas: Canvas, frame: Frame, mark: Mark, column: Column, middle: float
) -> None:
    left, right = column.plot
    language = frame.language
    words = (
        mark.bound[language] if mark.bound else reason(mark.estimate.reason, language)
    )
    words = wrap(words, SMALL, right - left - 20, most=1)[0]
    canvas.hatch((left, middle - 9), (right - left, 18))
    room = width(words, SMALL) + 12
    center = (left + right) / 2
    canvas.rect((center - room / 2, middle - 8), (room, 16), "paper", rx=3)
    canvas.text((center, middle + 4.2), words, size=SMALL, anchor="middle")
