"""What every verb of the ladder begins with: the plan, held, for somebody who may."""

from __future__ import annotations

from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Plan, Rung


def held_plan(person: Person, slug: str, *, aside: bool = False) -> Plan:
    """A plan that the person writes, held until the verb is done.

    Args:
        person: who asks.
        slug: the plan's.
        aside: also one that was set aside.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    found = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("school", "parent")
        .filter(slug=slug)
        .first()
    )
    if found is None or not may_write(person, found):
        raise NotYours
    if found.set_aside_at is not None and not aside:
        raise NotYours
    return found


def held_rung(plan: Plan, key: str, *, removed: bool = False) -> Rung:
    """A rung of a held plan; only its own row is held.

    Args:
        plan: a plan that is held.
        key: the rung's.
        removed: a rung that was removed, instead of one that stands.

    Raises:
        NotYours: when it is not there.
    """
    found = (
        Rung.objects.select_related("parent", "department", "person", "serves__plan")
        .filter(plan=plan, key=key.replace("\x00", ""), removed_at__isnull=not removed)
        .first()
    )
    if found is None:
        raise NotYours
    found.plan = plan
    return found
