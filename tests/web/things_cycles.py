"""What stands behind the arguments of the table of doors, in the room `cycles`."""

from __future__ import annotations

from django.utils import timezone

from evenrise.workspace.people.models import Person
from tests.web.cycles.a_cycle import make_cycle


def make_cycle_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    now = timezone.now()
    private = make_cycle(cast)
    shared = make_cycle(cast, shared_at=now, shared_by=cast["teacher"])
    return {"cycle": private.pk, "cycle_shared": shared.pk}
