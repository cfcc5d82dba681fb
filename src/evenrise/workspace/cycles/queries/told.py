"""What rooms above may tell of cycles: those that are shared and decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from evenrise.workspace.cycles.models import DECIDED, Cycle
from evenrise.workspace.plans.models import Plan


@dataclass(frozen=True, slots=True)
class ToldCycle:
    """A cycle in words for everybody, at the rung of a plan that it serves."""

    rung_key: str
    title_en: str
    title_es: str
    text_en: str
    text_es: str
    state: str
    decided_on: dt.date | None
    pk: int


def told_cycles(plan: Plan) -> list[ToldCycle]:
    """The shared and decided cycles of a plan's rungs that stand, oldest first."""
    rows = _told().filter(rung__plan=plan, rung__removed_at=None)
    return [_as_told(one) for one in rows]


def shared_cycles_of(plan: Plan, rung_keys: Iterable[str]) -> list[ToldCycle]:
    """The same for some rungs of a plan, by their keys."""
    keys = set(rung_keys)
    return [one for one in told_cycles(plan) if one.rung_key in keys]


def told_of_finding(key: str) -> list[Cycle]:
    """The shared and decided cycles that began from a finding."""
    return list(_told().filter(finding_key=key))


def _told() -> QuerySet[Cycle]:
    return (
        Cycle.objects.filter(
            shared_at__isnull=False, removed_at=None, state__in=DECIDED
        )
        .select_related("rung")
        .order_by("decided_on", "pk")
    )


def _as_told(one: Cycle) -> ToldCycle:
    return ToldCycle(
        rung_key=one.rung.key if one.rung else "",
        title_en=one.title_en,
        title_es=one.title_es,
        text_en=one.text_en,
        text_es=one.text_es,
        state=one.state,
        decided_on=one.decided_on,
        pk=one.pk,
    )
