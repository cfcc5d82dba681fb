"""What rooms above add to plans: arrows of the trace, parts of pages.

    from evenrise.workspace.plans.further import offer_arrows, Arrow
    offer_arrows(lambda person, plan: {"r3": [Arrow("cycle", _("Six weeks"), url)]})

Called in `apps.py: ready()`. Each is asked once when a plan's trace opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import Edition, Plan, Rung


@dataclass(frozen=True, slots=True)
class Arrow:
    """One thing a rung leads to: kind ("cycle", "practice"), words, address, day."""

    kind: str
    words: str
    url: str
    on: dt.date | None = None


Arrows = Mapping[str, Sequence[Arrow]]  # by the rung's key
_offered: list[Callable[[Person, Plan], Arrows]] = []


def offer_arrows(how: Callable[[Person, Plan], Arrows]) -> None:
    """Add what a room above knows of a plan's rungs."""
    if how not in _offered:
        _offered.append(how)


def further_arrows(person: Person, plan: Plan) -> dict[str, list[Arrow]]:
    """All that rooms above know, by the rung's key."""
    found: dict[str, list[Arrow]] = {}
    for how in _offered:
        for key, arrows in how(person, plan).items():
            found.setdefault(key, []).extend(arrows)
    return found


Shows = Callable[[Person, Edition], Mapping[str, Any] | None]
_parts: list[tuple[str, Shows]] = []


def offer_edition_part(template: str, shows: Shows) -> None:
    """Add a part to the page of an edition: its template, and what it shows as `part`.

    Args:
        template: of the part; it stands beside the edition.
        shows: what it shows a person; None leaves it out.
    """
    if (template, shows) not in _parts:
        _parts.append((template, shows))


def edition_parts(
    person: Person, edition: Edition
) -> list[tuple[str, Mapping[str, Any]]]:
    """The parts that rooms above add for this person."""
    told = ((template, shows(person, edition)) for template, shows in _parts)
    return [(template, part) for template, part in told if part is not None]


RungShows = Callable[[Person, Rung], Any]
_rung_parts: list[tuple[str, RungShows]] = []


def offer_rung_part(template: str, shows: RungShows) -> None:
    """Add a part to the page of every rung: its template, and what it shows as `part`.

    Args:
        template: of the part.
        shows: what it shows a person; None leaves it out.
    """
    if (template, shows) not in _rung_parts:
        _rung_parts.append((template, shows))


def rung_parts(person: Person, rung: Rung) -> list[tuple[str, Any]]:
    """The parts that rooms above add to a rung's page for this person."""
    told = ((template, shows(person, rung)) for template, shows in _rung_parts)
    return [(template, part) for template, part in told if part is not None]
