"""What a school's plan stands on by serving the plan above it."""

from __future__ import annotations

from evenrise.workspace.plans.models import Link, Plan, Rung, RungKind


def held_above(plan: Plan) -> frozenset[int]:
    """The rungs of the plan above that stand on something, or whose goal does.

    By their keys in the database; two queries, none where no plan stands above.
    """
    if plan.parent_id is None:
        return frozenset()
    rows = Rung.objects.filter(plan=plan.parent_id, removed_at=None).values_list(
        "pk", "parent_id", "kind"
    )
    above = {pk: (parent, kind) for pk, parent, kind in rows}
    linked = set(
        Link.objects.filter(
            rung__plan=plan.parent_id, rung__removed_at=None
        ).values_list("rung_id", flat=True)
    )

    def held(pk: int | None) -> bool:
        while pk in above:
            if pk in linked:
                return True
            parent, kind = above[pk]
            pk = None if kind == RungKind.GOAL else parent
        return False

    return frozenset(pk for pk in above if held(pk))
