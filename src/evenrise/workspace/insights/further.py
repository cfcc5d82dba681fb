"""What rooms above this one add to the page of a finding or of a recommendation.

    from evenrise.workspace.insights.further import PagePart, offer_part
    offer_part(PagePart("finding", 10, "plans/parts/became.html", became_of))

Called in `apps.py: ready()`. Each part is asked when such a page opens, with the key of
what the page shows; what it gives is the template's `part`. A part that has nothing to
say for this person gives None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from evenrise.workspace.people.models import Person


Shows = Literal["finding", "recommendation"]


@dataclass(frozen=True, slots=True)
class PagePart:
    """One part: of which page, its place among others, its template, what it shows."""

    page: Shows
    place: int
    template: str
    shows: Callable[[Person, str], Any]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as a page shows it."""

    template: str
    part: Any


_parts: dict[tuple[str, str], PagePart] = {}


def offer_part(part: PagePart) -> None:
    """Add a part to every such page; called once, when the application starts."""
    _parts[part.page, part.template] = part


def parts_of(person: Person, page: Shows, key: str) -> list[ShownPart]:
    """What other rooms add to a page, in order.

    Args:
        person: who reads it.
        page: what it shows.
        key: the finding's key, or the recommendation's as text.
    """
    ours = sorted(
        (part for part in _parts.values() if part.page == page),
        key=lambda part: part.place,
    )
    told = ((part.template, part.shows(person, key)) for part in ours)
    return [ShownPart(template, part) for template, part in told if part is not None]
