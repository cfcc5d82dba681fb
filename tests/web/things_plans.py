"""What stands behind the arguments of the table of doors, in the room `plans`."""

from __future__ import annotations

from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.models import Link, Plan
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
    made: dict[str, object] = {"plan": plan.slug}
    made |= {"goal": "g1", "strategy": "s1", "step": "t1"}
    return made | _of_trace(plan)


def _of_trace(plan: Plan) -> dict[str, object]:
    """What the small plan's strategy stands on."""
    return {"link": Link.objects.get(rung__plan=plan, rung__key="s1").pk}
