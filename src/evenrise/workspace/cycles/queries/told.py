"""What rooms above may tell everybody of cycles: those that are shared and decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from evenrise.workspace.cycles.models import DECIDED, Cycle


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


def told_cycles(plan: int, rung_keys: Iterable[str] | None = None) -> list[ToldCycle]:
    """The shared and decided cycles of a plan's rungs that say what they found.

    Args:
        plan: the plan's key in the database.
        rung_keys: of the rungs that are meant; None: all that stand.
    """
    rows = Cycle.objects.filter(
        rung__plan=plan,
        shared_at__isnull=False,
        removed_at=None,
        state__in=DECIDED,
    ).exclude(text_en="", text_es="")
    if rung_keys is None:
        rows = rows.filter(rung__removed_at=None)
    else:
        rows = rows.filter(rung__key__in=list(rung_keys))
    return [_as_told(one) for one in rows.select_related("rung").order_by("pk")]


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
