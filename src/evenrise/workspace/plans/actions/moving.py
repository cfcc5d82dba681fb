"""Verbs about a rung's place: up, down, below another; removed and brought back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.finding import held_plan, held_rung
from evenrise.workspace.plans.actions.rungs import put_in_order, refuse_place
from evenrise.workspace.plans.actions.touching import (
    keep_version,
    keep_versions,
    touch,
)
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.plans.queries.content import rungs_of


def move_rung(person: Person, *, plan: str, key: str, by: int) -> Rung:
    """Move a rung up (`by` -1) or down (+1) among those beside it.

    Raises:
        NotYours: when the person does not write the plan, or the rung is gone.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key)
        beside = list(
            Rung.objects.filter(
                plan=one, parent=rung.parent, kind=rung.kind, removed_at=None
            ).order_by("place", "id")
        )
        keys = [found.key for found in beside]
        to = keys.index(key) + (1 if by > 0 else -1)
        if not 0 <= to < len(beside):
            return rung
        keep_version(person, rung)
        _put_beside(rung, beside[to], after=by > 0)
        _count(one, rung)
        record(person, "plans.move_rung", _about(rung))
    return rung


def put_below(person: Person, *, plan: str, key: str, parent: str) -> Rung:
    """Put a rung below another one, last; blank: below the plan itself.

    Raises:
        NotYours: when the person does not write the plan, or one of them is gone.
        InputProblem: when such a rung does not stand there, or below itself.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key)
        above = held_rung(one, parent) if parent else None
        refuse_place(rung.kind, above)
        if above is not None and above.pk in {rung.pk, *_below(one, [rung.pk])}:
            raise InputProblem(_("It cannot stand below itself; choose another place."))
        if rung.parent_id == (above.pk if above else None):
            return rung
        keep_version(person, rung)
        rung.parent = above
        rung.place = _last(one, above) + 1
        rung.save(update_fields=["parent", "place"])
        _count(one, rung)
        record(person, "plans.move_rung", _about(rung))
    return rung


def remove_rung(person: Person, *, plan: str, key: str) -> Rung:
    """Remove a rung with all that stands below it; it can be brought back.

    Raises:
        NotYours: when the person does not write the plan, or the rung is gone.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key)
        now = timezone.now()
        keys = [rung.pk, *_below(one, [rung.pk])]
        keep_versions(person, rungs_of(one).filter(pk__in=keys))
        Rung.objects.filter(pk__in=keys).update(
            removed_at=now, version=F("version") + 1
        )
        touch(one, now)
        record(person, "plans.remove_rung", _about(rung), rungs=len(keys))
        rung.refresh_from_db(fields=["removed_at", "version"])
    return rung


def restore_rung(person: Person, *, plan: str, key: str) -> Rung:
    """Bring a removed rung back, with all that was removed together with it.

    Raises:
        NotYours: when the person does not write the plan, or it was not removed.
        InputProblem: when what it stood below is removed as well.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        rung = held_rung(one, key, removed=True)
        if rung.parent is not None and rung.parent.removed_at is not None:
            raise InputProblem(
                _("It stood below “%(title)s”, which was removed; bring that back.")
                % {"title": rung.parent.title_en or rung.parent.title_es}
            )
        keys = [rung.pk, *_below(one, [rung.pk], removed_at=rung.removed_at)]
        Rung.objects.filter(pk__in=keys).update(
            removed_at=None, version=F("version") + 1
        )
        touch(one, timezone.now())
        record(person, "plans.restore_rung", _about(rung), rungs=len(keys))
        rung.refresh_from_db(fields=["removed_at", "version"])
        put_in_order(rung, rung.place)
    return rung


def _below(
    plan: Plan, keys: Iterable[int], removed_at: dt.datetime | None = None
) -> list[int]:
    """Primary keys of all that stands below rungs: a query a level.

    Args:
        plan: theirs.
        keys: the rungs.
        removed_at: those that were removed at this moment; None: those that stand.
    """
    found: list[int] = []
    level = list(keys)
    while level:
        level = list(
            Rung.objects.filter(
                plan=plan, parent__in=level, removed_at=removed_at
            ).values_list("pk", flat=True)
        )
        found += level
    return found


def _put_beside(rung: Rung, other: Rung, *, after: bool) -> None:
    """Put a rung just before or after another; kinds between do not count."""
    beside = list(
        Rung.objects.filter(plan=rung.plan, parent=rung.parent_id, removed_at=None)
        .exclude(pk=rung.pk)
        .order_by("place", "id")
    )
    at = [one.pk for one in beside].index(other.pk)
    put_in_order(rung, at + 1 if after else at)


def _last(plan: Plan, above: Rung | None) -> int:
    rows = Rung.objects.filter(plan=plan, parent=above, removed_at=None)
    last = rows.aggregate(last=Max("place"))["last"]
    return -1 if last is None else int(last)


def _count(plan: Plan, rung: Rung) -> None:
    Rung.objects.filter(pk=rung.pk).update(version=F("version") + 1)
    rung.refresh_from_db(fields=["version", "place"])
    touch(plan, timezone.now())


def _about(rung: Rung) -> About:
    return About("rung", f"{rung.plan.slug}/{rung.key}")
