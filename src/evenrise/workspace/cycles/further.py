"""What stands on a page of this room besides its own words: parts, each of a subject.

    from evenrise.workspace.cycles.further import Part, offer_part
    offer_part(Part("cycle", 20, "cycles/parts/measures.html", measures_shown))

On a cycle's page parts below 20 stand with what the team asks, those below 60 with what
it sees (also where it studies and decides), all others beside the whole.

Called in `apps.py: ready()`, here and in rooms above. Each part is asked when the page
opens, with what the page shows; what it gives is the template's `part`. A part that has
nothing to say for this person gives None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from evenrise.workspace.people.models import Person


Shows = Literal["cycle", "practice"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: of which page, its place among others, its template, what it shows."""

    page: Shows
    place: int
    template: str
    shows: Callable[[Person, Any], Any]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as a page shows it."""

    template: str
    part: Any
    place: int = 0


_parts: dict[tuple[str, str], Part] = {}


def offer_part(part: Part) -> None:
    """Add a part to every such page; called once, when the application starts."""
    _parts[part.page, part.template] = part


def parts_of(person: Person, page: Shows, thing: object) -> list[ShownPart]:
    """What stands on a page, in order.

    Args:
        person: who reads it.
        page: which page.
        thing: the cycle or the practice.
    """
    ours = sorted((one for one in _parts.values() if one.page == page), key=_place)
    told = ((one, one.shows(person, thing)) for one in ours)
    return [
        ShownPart(one.template, part, one.place)
        for one, part in told
        if part is not None
    ]


def _place(part: Part) -> int:
    return part.place
