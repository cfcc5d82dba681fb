"""What stands behind the arguments of the table of doors, in the room `supports`."""

from __future__ import annotations

from evenrise.workspace.people.models import Person


def make_support_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name.

    Args:
        cast: the people, by role.
        found: what is known already: the students served, taught, elsewhere.
    """
    things: dict[str, object] = {}
    assert cast
    assert found
    return things
