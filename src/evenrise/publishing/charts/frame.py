"""What every chart is drawn in: language, medium, width; and what charts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from evenrise.findings.pictures import Picture, Scale
from evenrise.publishing.charts.axis import Axis
from evenrise.publishing.charts.canvas import LINE, Canvas
from evenrise.publishing.charts.ink import Medium
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.publishing.numbers import count, estimate, interval, tick
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text


class Titled(Protocol):
    """A picture with one scale."""

    @property
    def title(self) -> Text:
        """What it is called."""

    @property
    def scale(self) -> Scale:
        """How its values are read."""


WIDE = 720.0
NARROW = 310.0
NARROW_BELOW = 520.0
SMALL = 12.0
TINY = 11.0
LABEL = 13.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture is to be drawn.

    `ident` makes ids unique where one page holds many pictures; `width` is in the
    picture's own units, which a page shows at about one CSS pixel each.
    """

    language: Language
    width: float = WIDE
    medium: Medium = "page"
    ident: str = "picture"

    @property
    def narrow(self) -> bool:
        """Whether labels stand above their rows instead of beside them."""
        return self.width < NARROW_BELOW

    def canvas(self) -> Canvas:
        """An empty drawing board."""
        return Canvas(self.width, self.medium, self.ident)


STARTS = Text("the axis starts at {start}", "el eje empieza en {start}")


def axis_words(picture: Titled, axis: Axis | None, language: Language) -> str:
    """What the axis measures, unless the title says it; and where it starts."""
    scale = picture.scale
    parts = []
    if not picture.title[language].startswith(scale.title[language]):
        parts.append(scale.title[language])
    if axis is not None and axis.low > 0:
        start = tick(axis.low, scale.unit, language, axis.step)
        parts.append(STARTS[language].format(start=start))
    words = "; ".join(parts)
    return words[:1].upper() + words[1:]


def finished(canvas: Canvas, picture: Picture, frame: Frame) -> str:
    """The picture with its source in the corner, named and described."""
    language = frame.language
    if picture.source is not None:
        lines = wrap(picture.source[language], TINY, frame.width - 4, most=3)
        for words in lines:
            canvas.height += TINY * LINE + 1
            at = (frame.width - 1, canvas.height - 3)
            canvas.text(at, words, "muted", size=TINY, anchor="end")
        canvas.height += 2
    return canvas.finish(picture.title[language], picture.alternative[language])


def told(label: str, one: Estimate, unit: str, language: Language) -> str:
    """What a point says: `Lincoln: 14% (11% to 17%), n 412`."""
    words = f"{label}: {estimate(one, unit, language)}"
    if one.lower is not None and one.upper is not None:
        words += f" ({interval(one, unit, language)})"
    return words if one.n is None else f"{words}, n {count(one.n, language)}"


def axis_title(canvas: Canvas, words: str) -> float:
    """What the axis measures, at the upper left; returns where it ends."""
    if not words:
        return 2.0
    lines = wrap(words, SMALL, canvas.width - 4, most=2)
    canvas.lines((0, SMALL + 1), lines, "muted", size=SMALL)
    return SMALL * LINE * len(lines) + 6


def ticks_below(
    canvas: Canvas, axis: Axis, unit: str, language: Language, band: tuple[float, float]
) -> None:
    """Light upright lines through the plot and their labels under it."""
    top, bottom = band
    labels = [tick(value, unit, language, axis.step) for value in axis.ticks]
    widest = max(width(label, SMALL) for label in labels) + 8
    apart = (axis.end - axis.start) / max(len(labels) - 1, 1)
    every = 1 if widest <= apart else 2 if widest <= 2 * apart else len(labels) - 1
    for place, (value, label) in enumerate(zip(axis.ticks, labels, strict=True)):
        x = axis.place(value)
        canvas.line((x, top), (x, bottom), "hair")
        if place % max(every, 1) == 0:
            middle = canvas.clamp(x, label, SMALL)
            canvas.text(
                (middle, bottom + 15), label, "muted", size=SMALL, anchor="middle"
            )


def spread(
    wanted: list[float], heights: list[float], low: float, high: float
) -> list[float]:
    """Middles of labels moved apart until none covers another, as little as can be.

    A plain sweep: neighbours that collide become one block around their common mean,
    which is then held inside `low` to `high`. The order of `wanted` is kept.

    Args:
        wanted: the middle each label would like.
        heights: the room each needs.
        low: the upper edge of the room.
        high: its lower edge.
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    blocks: list[tuple[list[int], float]] = []
    for place in order:
        members, middle = [place], wanted[place]
        while True:
            half = sum(heights[m] for m in members) / 2
            middle = min(max(middle, low + half), max(high - half, low + half))
            if not blocks:
                break
            before, at = blocks[-1]
            half_before = sum(heights[m] for m in before) / 2
            if at + half_before <= middle - half + 1e-9:
                break
            blocks.pop()
            members = [*before, *members]
            middle = sum(wanted[m] for m in members) / len(members)
        blocks.append((members, middle))
    places = [0.0] * len(wanted)
    for members, middle in blocks:
        edge = middle - sum(heights[m] for m in members) / 2
        for member in members:
            places[member] = edge + heights[member] / 2
            edge += heights[member]
    return places
