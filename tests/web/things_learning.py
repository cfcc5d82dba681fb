"""What stands behind the arguments of the table of doors, in the room `learning`."""

from __future__ import annotations

from evenrise.workspace.people.models import Person


def make_learning_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert cast
    assert found
    return {}
