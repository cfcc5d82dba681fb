"""Rungs that stand: of a plan in work, with nothing above them removed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from evenrise.workspace.plans.models import Rung


def standing_rungs(rungs: QuerySet[Rung]) -> list[Rung]:
    """Those of some rungs that stand; two queries whatever their number.

    What stands below a removed rung is gone with it, though its own row says nothing.
    """
    found = list(
        rungs.filter(removed_at=None, plan__set_aside_at=None).select_related(
            "plan", "person"
        )
    )
    above = _parents({one.plan_id for one in found})
    return [one for one in found if _stands(one.pk, above)]


def _parents(plans: Iterable[int]) -> dict[int, tuple[int | None, bool]]:
    rows = Rung.objects.filter(plan__in=list(plans)).values_list(
        "pk", "parent", "removed_at"
    )
    return {pk: (parent, removed is not None) for pk, parent, removed in rows}


def _stands(pk: int, above: dict[int, tuple[int | None, bool]]) -> bool:
    at: int | None = pk
    for _rung in range(len(above)):
        if at is None:
            return True
        at, removed = above[at]
        if removed:
            return False
    return at is None
