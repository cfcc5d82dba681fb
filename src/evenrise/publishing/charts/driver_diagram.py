"""A theory of improvement: the aim, what drives it, what that needs, change ideas.

Wide, the four stand in columns from left to right (an idea may serve a driver directly)
and lines join what belongs together; narrow, they stand below each other, stepped in.
The idea that is tried has a stronger edge, a diamond and its word, so that no colour
tells it alone. The words are a team's own, in one language; all of them stand in the
outline beside the picture, which is its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.frame import SMALL, TINY, Frame
from evenrise.publishing.charts.lettering import wrap
from evenrise.vocabulary.text import Text


Kind = Literal["aim", "driver", "need", "idea"]
COLUMNS: dict[Kind, Text] = {
    "aim": Text("Aim", "Propósito"),
    "driver": Text("What drives it", "Qué lo impulsa"),
    "need": Text("What that needs", "Qué se necesita"),
    "idea": Text("Change ideas", "Ideas de cambio"),
}
TRIED = Text("tried in this cycle", "se prueba en este ciclo")
GUTTER = 26.0
PAD = 8.0
APART = 9.0
STEP = 18.0  # how far a level is stepped in on a narrow picture
MOST = 9  # lines of a box; the outline has all of them
HEAD = 24.0


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of a theory, with what stands below it, in order."""

    kind: Kind
    words: str
    below: tuple[Node, ...] = field(default=())
    tried: bool = False


@dataclass(frozen=True, slots=True)
class DriverDiagram:
    """A whole theory: the aim is its root."""

    title: Text
    alternative: Text
    aim: Node


def draw_driver_diagram(picture: DriverDiagram, frame: Frame) -> str:
    """The picture as SVG, titled and described in the reader's language."""
    canvas = frame.canvas()
    board = _narrow(picture, frame) if frame.narrow else _wide(picture, frame)
    canvas.height = max(box.bottom for box in board.boxes) + 3
    for start, end in board.joins:
        _join(canvas, start, end, narrow=frame.narrow)
    for x, y, words in board.heads:
        canvas.text((x, y), words, "muted", size=SMALL, bold=True)
    for box in board.boxes:
        _draw(canvas, box, frame)
    language = frame.language
    return canvas.finish(picture.title[language], picture.alternative[language])


@dataclass(frozen=True, slots=True)
class _Box:
    """Where one thing stands."""

    node: Node
    x: float
    y: float
    wide: float
    lines: tuple[str, ...]
    kind: str  # the word above it, on a narrow picture

    @property
    def tall(self) -> float:
        """Its height: kind, words, and the word of a tried idea."""
        extra = bool(self.kind) + self.node.tried
        return _tall(len(self.lines), extra)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.tall

    @property
    def middle(self) -> float:
        """The middle of its height."""
        return self.y + self.tall / 2


def _lines(node: Node, wide: float) -> tuple[str, ...]:
    room = wide - 2 * PAD - 10  # faces on screen are wider than the document's
    return wrap(node.words, SMALL, room, most=MOST, bold=node.kind == "aim")


def _tall(lines: int, extra: int) -> float:
    return lines * SMALL * LINE + extra * TINY * LINE + 2 * PAD


@dataclass(slots=True)
class _Board:
    """Everything that is drawn, in place."""

    boxes: list[_Box] = field(default_factory=list)
    joins: list[tuple[_Box, _Box]] = field(default_factory=list)
    heads: list[tuple[float, float, str]] = field(default_factory=list)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for one in node.below:
        yield from _nodes(one)


def _wide(picture: DriverDiagram, frame: Frame) -> _Board:
    used = {one.kind for one in _nodes(picture.aim)}
    kinds = [kind for kind in COLUMNS if kind in used]
    wide = (frame.width - 2 - GUTTER * (len(kinds) - 1)) / len(kinds)
    places = {kind: 1 + at * (wide + GUTTER) for at, kind in enumerate(kinds)}
    board = _Board(
        heads=[
            (places[kind], SMALL + 2, COLUMNS[kind][frame.language]) for kind in kinds
        ]
    )
    _place(board, picture.aim, HEAD, places, wide)
    return board


def _place(
    board: _Board, node: Node, top: float, places: dict[Kind, float], wide: float
) -> _Box:
    """Place a thing beside all that stands below it; the tree keeps its order."""
    lines = _lines(node, wide)
    own = _tall(len(lines), int(node.tried))
    below = [one for one in node.below if one.kind in places]
    need = _reach(below, wide)
    top_below = top + max(0.0, (own - need) / 2)
    children: list[_Box] = []
    for one in below:
        children.append(_place(board, one, top_below, places, wide))
        top_below += _needs(one, wide) + APART
    y = top + max(0.0, (need - own) / 2)
    box = _Box(node, places[node.kind], y, wide, lines, "")
    board.boxes.append(box)
    board.joins += [(box, child) for child in children]
    return box


def _needs(node: Node, wide: float) -> float:
    """The height that a thing takes with all below it."""
    lines = _lines(node, wide)
    return max(_tall(len(lines), int(node.tried)), _reach(node.below, wide))


def _reach(nodes: Sequence[Node], wide: float) -> float:
    if not nodes:
        return 0.0
    return sum(_needs(one, wide) for one in nodes) + APART * (len(nodes) - 1)


def _narrow(picture: DriverDiagram, frame: Frame) -> _Board:
    board = _Board()
    _stack(board, picture.aim, 0, 2.0, frame)
    return board


def _stack(
    board: _Board, node: Node, level: int, top: float, frame: Frame
) -> tuple[_Box, float]:
    """Stack a thing above all that stands below it; returns where that ends."""
    x = 1 + level * STEP
    wide = frame.width - 2 - level * STEP
    lines = _lines(node, wide)
    kind = COLUMNS[node.kind][frame.language]
    box = _Box(node, x, top, wide, lines, kind)
    board.boxes.append(box)
    end = box.bottom
    for one in node.below:
        child, end = _stack(board, one, level + 1, end + APART, frame)
        board.joins.append((box, child))
    return box, end


def _join(canvas: Canvas, start: _Box, end: _Box, *, narrow: bool) -> None:
    if narrow:
        x = start.x + STEP / 2
        canvas.line((x, start.bottom), (x, end.middle), "rule")
        canvas.line((x, end.middle), (end.x, end.middle), "rule")
        return
    left, right = start.x + start.wide, end.x
    turn = right - GUTTER / 2
    points = (
        (left, start.middle),
        (turn, start.middle),
        (turn, end.middle),
        (right, end.middle),
    )
    canvas.polyline(points, "rule", stroke_width=1.2)


def _draw(canvas: Canvas, box: _Box, frame: Frame) -> None:
    language, node = frame.language, box.node
    edge = "c1" if node.tried or node.kind == "aim" else "rule"
    canvas.rect(
        (box.x, box.y),
        (box.wide, box.tall),
        "wash" if node.kind == "aim" else "paper",
        stroke=canvas.paint(edge),
        stroke_width=2.4 if node.tried else 1.2,
        rx=4,
    )
    y = box.y + PAD + SMALL * 0.85
    x = box.x + PAD
    if box.kind:
        canvas.text((x, y - 1), box.kind, "muted", size=TINY)
        y += TINY * LINE
    canvas.lines((x, y), box.lines, size=SMALL, bold=node.kind == "aim")
    if node.tried:
        y += len(box.lines) * SMALL * LINE
        said = f"{node.words} ({TRIED[language]})"
        canvas.mark((x + 4, y - 4), "diamond", "c1", 4.5, say=said)
        canvas.text((x + 14, y), TRIED[language], "c1", size=TINY, bold=True)
