"""Verbs about a cycle's team: add somebody, let them lead, leave."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import about, held_cycle
from evenrise.workspace.cycles.models import Cycle, CycleMember, MemberRole
from evenrise.workspace.cycles.queries.team import who_may_join
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person


def add_member(person: Person, *, cycle: int, who: int) -> CycleMember:
    """Add somebody who works in cycles; nobody adds themselves.

    Raises:
        NotYours: when the person does not lead the team.
        InputProblem: when that person cannot join, or is in the team already.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        found = who_may_join(timezone.localdate()).filter(pk=who).first()
        if found is None:
            raise InputProblem(_("This person cannot join; choose another."))
        if one.members.filter(person=found, left_at=None).exists():
            raise InputProblem(
                _("%(name)s is in the team already.") % {"name": found.name}
            )
        made = CycleMember.objects.create(cycle=one, person=found, added_by=person)
        record(person, "cycles.add_member", about(one), member=found.pk)
    return made


def let_lead(person: Person, *, cycle: int, who: int, lead: bool = True) -> CycleMember:
    """Let somebody of the team lead it too, or no longer.

    Raises:
        NotYours: when the person does not lead the team, or the other is not in it.
        InputProblem: when nobody would lead it any more.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        found = _member(one, who)
        if not lead:
            _refuse_last(one, found)
        found.role = MemberRole.LEAD if lead else MemberRole.MEMBER
        found.save(update_fields=["role"])
        record(person, "cycles.let_lead", about(one), member=who, lead=lead)
    return found


def leave(person: Person, *, cycle: int, who: int) -> CycleMember:
    """Leave a team, or (whoever leads it) take somebody out of it.

    Leaving ends the reading of a cycle that is not shared.

    Raises:
        NotYours: when it is somebody else, and the person does not lead the team.
        InputProblem: when nobody would lead it any more.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=who != person.pk)
        found = _member(one, who)
        _refuse_last(one, found)
        found.left_at = timezone.now()
        found.save(update_fields=["left_at"])
        record(person, "cycles.leave", about(one), member=who)
    return found


def _member(cycle: Cycle, who: int) -> CycleMember:
    found = cycle.members.filter(person=who, left_at=None).first()
    if found is None:
        raise NotYours
    return found


def _refuse_last(cycle: Cycle, member: CycleMember) -> None:
    leaders = cycle.members.filter(left_at=None, role=MemberRole.LEAD)
    if member.role == MemberRole.LEAD and not leaders.exclude(pk=member.pk).exists():
        raise InputProblem(
            _("Somebody has to lead the team; let another person lead it first.")
        )
