"""What rooms above add to plans: arrows of the trace, parts of pages.

    from evenrise.workspace.plans.further import offer_arrows, Arrow
    offer_arrows(lambda person, plan: {"r3": [Arrow("cycle", _("Six weeks"), url)]})

Called in `apps.py: ready()`. Arrows are asked for once when a plan's trace opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evenrise.workspace.foundation.page_parts import Parts
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


EDITION_PARTS: Parts[[Person, Edition]] = Parts()
RUNG_PARTS: Parts[[Person, Rung]] = Parts()
