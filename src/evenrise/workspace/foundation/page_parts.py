"""Parts that rooms add to a page of a room below: a place, a template, what it shows.

    FINDING_PARTS: Parts[[Person, str]] = Parts()
    FINDING_PARTS.offer(10, "plans/parts/became.html", finding_became)

A page has one `Parts`, in its own room. They are offered in `apps.py: ready()`. Each is
asked when the page opens, with what the page shows; what it gives is the template's
`part`. A part that has nothing to say for this person gives None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec


Asked = ParamSpec("Asked")


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as a page shows it: its template, what that shows, its place."""

    template: str
    part: Any
    place: int


class Parts(Generic[Asked]):
    """The parts of one kind of page, asked with what such a page shows."""

    def __init__(self) -> None:
        self._offered: dict[str, tuple[int, Callable[Asked, Any]]] = {}

    def offer(self, place: int, template: str, shows: Callable[Asked, Any]) -> None:
        """Add a part to every such page; called once, when the application starts.

        Args:
            place: among the others, lower ones first.
            template: of the part; offered again it stands once.
            shows: what it shows; None leaves it out.
        """
        self._offered[template] = (place, shows)

    def shown(self, *asked: Asked.args, **more: Asked.kwargs) -> list[ShownPart]:
        """What stands on a page, in order."""
        offered = sorted(self._offered.items(), key=lambda one: one[1][0])
        told = (
            ShownPart(template, shows(*asked, **more), place)
            for template, (place, shows) in offered
        )
        return [one for one in told if one.part is not None]
