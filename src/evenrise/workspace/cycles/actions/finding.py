"""What every verb of cycles begins with: the cycle, held, for somebody of its team."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from evenrise.workspace.cycles.access import cycles_of, leads
from evenrise.workspace.cycles.models import Cycle, CycleMember
from evenrise.workspace.foundation.audit import About
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


def own_cycle(person: Person, key: int) -> Cycle:
    """A cycle of the person's team.

    Raises:
        NotYours: when it is not there, or not their team's.
    """
    found = cycles_of(person).filter(pk=key).first()
    if found is None or not person.may(Right.INQUIRE):
        raise NotYours
    return found


def held_cycle(
    person: Person, pk: int, *, lead: bool = False, seen: int | None = None
) -> Cycle:
    """A cycle of the person's team, held until the verb is done.

    Args:
        person: who asks.
        pk: the cycle's key.
        lead: whether only who leads the team may do it.
        seen: the version that the person had before them; None does not compare.

    Raises:
        NotYours: when it is not there, or not theirs.
        Overtaken: when it was changed since.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    found = cycles_of(person).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None or (lead and not leads(person, found)):
        raise NotYours
    if seen is not None and found.version != seen:
        raise Overtaken
    return found


def held_removed(person: Person, pk: int) -> Cycle:
    """A removed cycle that the person leads, held.

    Raises:
        NotYours: when it is not there, not removed, or not theirs.
    """
    mine = CycleMember.objects.filter(person=person, left_at=None)
    found = (
        Cycle.objects.select_for_update(of=("self",))
        .filter(pk=pk, removed_at__isnull=False, pk__in=mine.values("cycle"))
        .first()
    )
    if found is None or not person.may(Right.INQUIRE) or not leads(person, found):
        raise NotYours
    return found


def stir(cycle: Cycle) -> None:
    """Say that something beside the cycle's own words changed, as of now.

    Its version stays, so that whoever writes in it meanwhile is not stopped.
    """
    Cycle.objects.filter(pk=cycle.pk).update(changed_at=timezone.now())


def touch(cycle: Cycle) -> None:
    """Count a change of the cycle's words; `cycle` knows its new version after."""
    now = timezone.now()
    Cycle.objects.filter(pk=cycle.pk).update(version=F("version") + 1, changed_at=now)
    cycle.refresh_from_db(fields=["version", "changed_at"])


def about(cycle: Cycle) -> About:
    """A cycle, for the record of deeds: by its key alone."""
    return About("cycle", str(cycle.pk))
