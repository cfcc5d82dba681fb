"""What stands behind the arguments of the table of doors, in the room `plans`."""

from __future__ import annotations

from evenrise.workspace.people.models import Person
from tests.web.plans.a_plan import make_plan


def make_plan_things(
    cast: dict[str, Person], found: dict[str, object]
) -> dict[str, object]:
    """One of everything that an address of the room can name; a function a part.

    Args:
        cast: the people, by role.
        found: what is known already.
    """
    assert found
    plan = make_plan(cast)
    return {"plan": plan.slug, "goal": "g1", "strategy": "s1", "step": "t1"}
