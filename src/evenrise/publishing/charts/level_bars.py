"""Bars cut into levels: how people spread over a few levels, one bar a term or place.

Each part carries its number, so that no colour has to be told apart. Shares come in
tenths that hide small counts (see the room that makes them); widths follow them.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import LABEL, SMALL, Frame
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import count
from evenrise.vocabulary.text import Language, Text


BAR = 26.0
_FILLS = (0.95, 0.7, 0.5, 0.32, 0.18, 0.08)  # how full of ink a level is, by place


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One bar: its name, how many people, and each part's width and words.

    Widths are together 1. Without widths the row says `why`.
    """

    label: Text
    n: int | None = None
    weights: tuple[float, ...] = ()
    says: tuple[Text, ...] = ()
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class LevelBars:
    """What the picture shows; `levels` names the parts, the first at the left."""

    title: Text
    alternative: Text
    levels: tuple[Text, ...]
    rows: tuple[LevelRow, ...]


def draw_level_bars(picture: LevelBars, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language.

    Raises:
        ValueError: when a row's widths are not one for each level.
    """
    canvas, language = frame.canvas(), frame.language
    y = _legend(canvas, picture, language)
    names = [_name(one, language) for one in picture.rows]
    left = 0.0 if frame.narrow else _room(names, frame)
    for row, name in zip(picture.rows, names, strict=True):
        if frame.narrow:
            canvas.lines((0, y + SMALL), wrap(name, SMALL, frame.width, most=2), "ink")
            y += SMALL * LINE * len(wrap(name, SMALL, frame.width, most=2)) + 4
        else:
            lines = wrap(name, SMALL, left - 12, most=2)
            first = y + BAR / 2 + 4 - (len(lines) - 1) * SMALL * LINE / 2
            canvas.lines((0, first), lines, "ink", size=SMALL)
        _bar(canvas, picture, row, (left, y), language)
        y += BAR + 12
    canvas.height = y
    return canvas.finish(picture.title[language], picture.alternative[language])


def _name(row: LevelRow, language: Language) -> str:
    words = row.label[language]
    return words if row.n is None else f"{words} (n {count(row.n, language)})"


def _room(names: list[str], frame: Frame) -> float:
    widest = max((width(name, SMALL) for name in names), default=0.0)
    return min(widest + 14, frame.width * 0.36)


def _bar(
    canvas: Canvas,
    picture: LevelBars,
    row: LevelRow,
    corner: tuple[float, float],
    language: Language,
) -> None:
    left, top = corner
    room = canvas.width - left - 1
    if not row.weights:
        canvas.hatch((left, top), (room, BAR))
        if row.why is not None:
            words = wrap(row.why[language], SMALL, room - 12, most=1)[0]
            at = (left + 8, top + BAR / 2 + 4)
            canvas.text(at, words, "ink", size=SMALL, halo=True)
        return
    if len(row.weights) != len(picture.levels):
        raise ValueError("A bar needs one width for each level.")
    x = left
    for place, (weight, say) in enumerate(zip(row.weights, row.says, strict=True)):
        across = room * weight
        canvas.rect((x, top), (across, BAR), "paper")
        canvas.rect(
            (x, top), (across, BAR), "c1", fill_opacity=_FILLS[place],
            stroke=canvas.paint("ink"), stroke_width=0.8,
        )  # fmt: skip
        _number(canvas, place, (x + across / 2, top + BAR / 2), say[language])
        x += across


def _number(canvas: Canvas, place: int, at: tuple[float, float], say: str) -> None:
    """A level's number on a clear round, which says its share."""
    canvas.mark(at, "ring", "ink", 8, say=say)
    x, y = at
    canvas.text((x, y + 4), str(place + 1), "ink", size=SMALL, anchor="middle")


def _legend(canvas: Canvas, picture: LevelBars, language: Language) -> float:
    x, y = 0.0, 4.0
    for place, one in enumerate(picture.levels):
        words = wrap(one[language], LABEL, canvas.width - 40, most=1)[0]
        need = 34 + width(words, LABEL)
        if x and x + need > canvas.width:
            x, y = 0.0, y + 24
        canvas.rect((x, y), (22, 18), "paper")
        canvas.rect(
            (x, y), (22, 18), "c1", fill_opacity=_FILLS[place],
            stroke=canvas.paint("ink"), stroke_width=0.8,
        )  # fmt: skip
        _number(canvas, place, (x + 11, y + 9), "")
        canvas.text((x + 29, y + 14), words, "ink", size=LABEL)
        x += need + 16
    return y + 34
