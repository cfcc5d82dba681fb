"""Finds a plan or a rung for a reader; what is not there is "not there"."""

from __future__ import annotations

from evenrise.workspace.plans.models import Plan, Rung


def plan_named(slug: str) -> Plan | None:
    """A plan by its name in addresses, also one that was set aside."""
    return (
        Plan.objects.select_related("school", "parent", "made_by")
        .filter(slug=slug)
        .first()
    )


def rung_named(plan: Plan, key: str) -> Rung | None:
    """A rung of a plan by its key, also one that was removed."""
    return (
        Rung.objects.select_related(
            "plan", "parent", "department", "person", "serves__plan"
        )
        .filter(plan=plan, key=key.replace("\x00", ""))
        .first()
    )
