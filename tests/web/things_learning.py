"""What stands behind the arguments of the table of doors, in the room `learning`."""

from __future__ import annotations

from evenrise.workspace.people.models import Person
from tests.web.learning.a_coaching import make_coaching


def make_learning_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    return {**_adults(cast)}


def _adults(cast: dict[str, Person]) -> dict[str, object]:
    """Coaching of the coach and the teacher: theirs alone."""
    coaching = make_coaching(cast)
    asked = make_coaching(cast, agreed_at=None, by=cast["coach"])
    return {
        "coaching": coaching.pk,
        "coaching_asked": asked.pk,
        "coaching_note": coaching.notes.get(by=cast["coach"]).pk,
    }
