"""A small drawing board: shapes and words become one accessible SVG.

Everything drawn goes through here, so escaping, rounding and the two media (page and
paper) are decided once. No style attributes: a page's content policy forbids them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypedDict, Unpack

from evenrise.publishing.charts.ink import Medium, colour
from evenrise.publishing.charts.lettering import width as text_width


Anchor = Literal["start", "middle", "end"]
LINE = 1.28  # line height of wrapped labels


class Letters(TypedDict, total=False):
    """How words are set: size, weight, the side they are held at, a clear edge."""

    size: float
    bold: bool
    anchor: Anchor
    halo: bool


def short(value: float) -> str:
    """A coordinate with one decimal, without a trailing zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


@dataclass(slots=True)
class Canvas:
    """Parts of a picture, in drawing order; `width` x `height` in its own units."""

    width: float
    medium: Medium
    ident: str
    height: float = 0.0
    parts: list[str] = field(default_factory=list)

    def paint(self, name: str) -> str:
        """A colour of the palette as an attribute's value."""
        return "none" if name == "none" else colour(name, self.medium)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        ink: str = "rule",
        **looks: str | float,
    ) -> None:
        """A straight line; `looks` are SVG attributes with `_` for `-`."""
        self.parts.append(
            f'<line x1="{short(start[0])}" y1="{short(start[1])}" x2="{short(end[0])}"'
            f' y2="{short(end[1])}" stroke="{self.paint(ink)}"{_looks(looks)}/>'
        )

    def path(
        self, steps: str, ink: str = "none", fill: str = "none", **looks: str | float
    ) -> None:
        """A path, already written in SVG's path language."""
        self.parts.append(
            f'<path d="{steps}" fill="{self.paint(fill)}"'
            f' stroke="{self.paint(ink)}"{_looks(looks)}/>'
        )

    def polyline(
        self, points: Sequence[tuple[float, float]], ink: str, **looks: str | float
    ) -> None:
        """A line through points."""
        steps = " ".join(f"{short(x)},{short(y)}" for x, y in points)
        self.parts.append(
            f'<polyline points="{steps}" fill="none"'
            f' stroke="{self.paint(ink)}"{_looks(looks)}/>'
        )

    def polygon(
        self, points: Sequence[tuple[float, float]], fill: str, **looks: str | float
    ) -> None:
        """A filled shape through points."""
        steps = " ".join(f"{short(x)},{short(y)}" for x, y in points)
        self.parts.append(
            f'<polygon points="{steps}" fill="{self.paint(fill)}"{_looks(looks)}/>'
        )

    def rect(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: str = "none",
        **looks: str | float,
    ) -> None:
        """A rectangle from its upper left corner."""
        self.parts.append(
            f'<rect x="{short(corner[0])}" y="{short(corner[1])}"'
            f' width="{short(max(size[0], 0))}" height="{short(max(size[1], 0))}"'
            f' fill="{self.paint(fill)}"{_looks(looks)}/>'
        )

    def hatch(self, corner: tuple[float, float], size: tuple[float, float]) -> None:
        """A hatched field: something is there that is not shown."""
        x, y = corner
        across, down = size
        self.rect(corner, size, "wash")
        steps = []
        offset = -down
        while offset < across:
            left = max(offset, 0.0)
            right = min(offset + down, across)
            steps.append(
                f"M{short(x + left)} {short(y + down - (left - offset))}"
                f"L{short(x + right)} {short(y + down - (right - offset))}"
            )
            offset += 6.0
        self.path("".join(steps), "rule", stroke_width=0.8, stroke_opacity=0.75)

    def mark(
        self,
        at: tuple[float, float],
        shape: str,
        ink: str,
        size: float = 5.5,
        say: str = "",
    ) -> None:
        """A point's mark, told apart by its shape as well as by its colour.

        On a page it says `say` under the pointer, a finger and the keyboard's focus.
        """
        x, y = at
        told = self._told(say)
        if shape in {"circle", "ring"}:
            fill = ink if shape == "circle" else "paper"
            self.parts.append(
                f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(size)}"'
                f' fill="{self.paint(fill)}" stroke="{self.paint(ink)}"'
                f' stroke-width="1.8"{told}/>'
            )
            return
        self.parts.append(
            f'<path d="{_shape(shape, x, y, size)}" fill="{self.paint(ink)}"'
            f' stroke="{self.paint("paper")}" stroke-width="1"{told}/>'
        )

    def _told(self, words: str) -> str:
        return f' data-say="{escape(words)}"' if words and self.medium == "page" else ""

    def text(
        self,
        at: tuple[float, float],
        words: str,
        ink: str = "ink",
        **letters: Unpack[Letters],
    ) -> None:
        """One line of words; with a halo it stays readable over lines."""
        bold, anchor = letters.get("bold", False), letters.get("anchor", "start")
        looks = ""
        if letters.get("halo") and self.medium == "page":
            looks = (
                f' stroke="{self.paint("paper")}" stroke-width="4"'
                ' stroke-linejoin="round" paint-order="stroke"'
            )
        elif bold and self.medium == "paper":
            # The document's SVG engine has one weight: a thin outline stands in.
            looks = f' stroke="{self.paint(ink)}" stroke-width="0.3"'
        weight = ' font-weight="650"' if bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.parts.append(
            f'<text x="{short(at[0])}" y="{short(at[1])}"'
            f' font-size="{short(letters.get("size", 13))}"'
            f' fill="{self.paint(ink)}"{weight}{side}{looks}>'
            f"{escape(words, quote=False)}</text>"
        )

    def lines(
        self,
        at: tuple[float, float],
        lines: Sequence[str],
        ink: str = "ink",
        **letters: Unpack[Letters],
    ) -> None:
        """Several lines, the first one's baseline at `at`."""
        x, y = at
        step = letters.get("size", 13) * LINE
        for place, words in enumerate(lines):
            self.text((x, y + place * step), words, ink, **letters)

    def clamp(self, x: float, words: str, size: float, *, bold: bool = False) -> float:
        """The middle of a centred text moved so that it stays inside the picture."""
        half = text_width(words, size, bold=bold) / 2
        return min(max(x, half + 1), self.width - half - 1)

    def finish(self, title: str, description: str) -> str:
        """The whole picture, named and described."""
        name, words = f"{self.ident}-t", f"{self.ident}-d"
        alone = (
            f' width="{short(self.width)}" height="{short(self.height)}"'
            ' font-family="Noto Sans"'
            if self.medium == "paper"
            else ""
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" role="img"'
            f' aria-labelledby="{name} {words}"'
            f' viewBox="0 0 {short(self.width)} {short(self.height)}"{alone}>'
            f'<title id="{name}">{escape(title, quote=False)}</title>'
            f'<desc id="{words}">{escape(description, quote=False)}</desc>'
            + "".join(self.parts)
            + "</svg>"
        )


def _looks(looks: dict[str, str | float]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{value}"' for name, value in looks.items() if value
    )


def _shape(shape: str, x: float, y: float, size: float) -> str:
    s = size * 1.15
    corners = {
        "diamond": ((0, -s), (s, 0), (0, s), (-s, 0)),
        "square": ((-s, -s), (s, -s), (s, s), (-s, s)),
        "triangle": ((0, -s), (s, s * 0.8), (-s, s * 0.8)),
        "down": ((0, s), (s, -s * 0.8), (-s, -s * 0.8)),
        "bar": ((-2.2, -s * 1.25), (2.2, -s * 1.25), (2.2, s * 1.25), (-2.2, s * 1.25)),
        "cross": _cross(s),
    }[shape]
    if shape == "square":
        corners = tuple((dx * 0.82, dy * 0.82) for dx, dy in corners)
    return (
        "M" + "L".join(f"{short(x + dx)} {short(y + dy)}" for dx, dy in corners) + "Z"
    )


def _cross(s: float) -> tuple[tuple[float, float], ...]:
    t = s * 0.36
    return (
        (-t, -s),
        (t, -s),
        (t, -t),
        (s, -t),
        (s, t),
        (t, t),
        (t, s),
        (-t, s),
        (-t, t),
        (-s, t),
        (-s, -t),
        (-t, -t),
    )
