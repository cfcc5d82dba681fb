"""The colours and marks of pictures, for the page (light and dark) and for paper.

A colour is a name tag: it never carries meaning alone (each line also has a mark and a
dash) and never judges a group. On a page, colours are CSS variables whose fallback is
the light palette, so that a picture taken out of its page still has its colours; on
paper they are resolved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


Medium = Literal["page", "paper"]

LIGHT: dict[str, str] = {
    "paper": "#fbfaf6",
    "ink": "#1d2430",
    "muted": "#566070",
    "rule": "#8a8f98",
    "hair": "#dcdad2",
    "wash": "#f1efe8",
    "all": "#4a5160",
    "c1": "#0a5c8f",
    "c2": "#b3470b",
    "c3": "#6b4ba1",
    "c4": "#2f7d32",
    "c5": "#a3195b",
    "c6": "#7a5c00",
}
DARK: dict[str, str] = {
    "paper": "#14181f",
    "ink": "#e9e6df",
    "muted": "#a9b0bb",
    "rule": "#737b87",
    "hair": "#2e353f",
    "wash": "#1c2129",
    "all": "#bcc3ce",
    "c1": "#7cc0ee",
    "c2": "#f0975a",
    "c3": "#bda6ec",
    "c4": "#86c98a",
    "c5": "#f08fbb",
    "c6": "#d6b656",
}
COLOURS = ("c1", "c2", "c3", "c4", "c5", "c6")
MARKS = ("circle", "diamond", "triangle", "square", "down", "cross")
DASHES = ("", "7 4", "2 3", "9 3 2 3", "4 2", "1 4")


@dataclass(frozen=True, slots=True)
class Tag:
    """How a line or a dot is told apart: colour, mark and dash, always together."""

    colour: str
    mark: str
    dash: str


ALL_TAG = Tag("all", "bar", "")
CONTEXT_TAG = Tag("muted", "ring", "2 3")


def tags(kinds: tuple[str, ...]) -> tuple[Tag, ...]:
    """A tag for each series: all students keep theirs, the focus comes first."""
    order = {"focus": 0, "reference": 1}
    seats = sorted(
        (place for place, kind in enumerate(kinds) if kind not in {"all", "context"}),
        key=lambda place: (order.get(kinds[place], 2), place),
    )
    given = {
        place: Tag(
            COLOURS[seat % len(COLOURS)],
            MARKS[seat % len(MARKS)],
            DASHES[seat % len(DASHES)],
        )
        for seat, place in enumerate(seats)
    }
    return tuple(
        ALL_TAG if kind == "all" else CONTEXT_TAG if kind == "context" else given[place]
        for place, kind in enumerate(kinds)
    )


def colour(name: str, medium: Medium) -> str:
    """The colour as an attribute's value."""
    return f"var(--{name},{LIGHT[name]})" if medium == "page" else LIGHT[name]
