"""Learning teams: make one, change it, say who belongs to it and who leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing.page_store.model import FindingLine
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.access import cycles_read_by
from evenrise.workspace.cycles.models import Cycle, MemberRole
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import (
    colleagues,
    in_team,
    leads_team,
)
from evenrise.workspace.learning.models import LearningTeam, TeamMember
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTold:
    """What a team is, and what its goal stands on."""

    name: str
    kind: str
    school: School | None
    goal: str
    evidence: str
    cycle: Cycle | None
    begins_on: dt.date
    ends_on: dt.date | None


def make_learning_team(person: Person, *, told: TeamTold) -> LearningTeam:
    """Make a team; its maker leads it.

    Raises:
        NotYours: when the person does not learn here, or does not read the cycle.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    _refuse_cycle(person, told.cycle)
    with transaction.atomic():
        team = LearningTeam.objects.create(
            **{part.name: getattr(told, part.name) for part in fields(told)},
            made_by=person,
        )
        TeamMember.objects.create(team=team, person=person, role=MemberRole.LEAD)
        record(person, "learning.make_team", _about(team))
    return team


def change_learning_team(
    person: Person, *, team: int, told: TeamTold, seen: int
) -> LearningTeam:
    """Change a team; whoever leads it may.

    Args:
        person: who changes it.
        team: which one.
        told: what it is from now on.
        seen: the version that the page showed.

    Raises:
        NotYours: for whoever does not lead it, or does not read the cycle.
        Overtaken: when somebody changed it meanwhile.
    """
    with transaction.atomic():
        one = led_team(person, team)
        if one.version != seen:
            raise Overtaken
        if told.cycle is not None and told.cycle.pk != one.cycle_id:
            _refuse_cycle(person, told.cycle)
        for part in fields(told):
            setattr(one, part.name, getattr(told, part.name))
        _touched(one)
        one.save()
        record(person, "learning.change_team", _about(one))
    return one


def tie_to_finding(
    person: Person, *, team: int, finding: FindingLine | None, snapshot: str
) -> LearningTeam:
    """Tie the team's goal to a finding, whose words are kept; or to none.

    Raises:
        NotYours: for whoever does not lead the team.
    """
    with transaction.atomic():
        one = led_team(person, team)
        one.finding_key = "" if finding is None else finding.key
        one.headline_en = "" if finding is None else finding.headline.en
        one.headline_es = "" if finding is None else finding.headline.es
        one.snapshot = "" if finding is None else snapshot
        _touched(one)
        one.save()
        record(person, "learning.tie_team", _about(one))
    return one


def remove_learning_team(
    person: Person, *, team: int, gone: bool = True
) -> LearningTeam:
    """Remove a team, or bring it back; its meetings stay with it.

    Raises:
        NotYours: for whoever does not lead it.
    """
    with transaction.atomic():
        one = led_team(person, team, removed=not gone)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "learning.remove_team" if gone else "learning.restore_team"
        record(person, verb, _about(one))
    return one


def add_to_team(person: Person, *, team: int, other: Person) -> TeamMember:
    """Add a colleague; whoever leads the team says who reads its meetings.

    Nobody joins by themselves: a superior could otherwise read what a team writes.

    Raises:
        NotYours: for whoever does not lead it, or when the other does not learn here.
    """
    with transaction.atomic():
        one = led_team(person, team)
        if not colleagues().filter(pk=other.pk).exists():
            raise NotYours
        member, is_new = TeamMember.objects.get_or_create(
            team=one, person=other, left_at=None
        )
        if is_new:
            record(person, "learning.add_to_team", _about(one))
    return member


def leave_team(person: Person, *, team: int, other: Person | None = None) -> bool:
    """Leave a team; or (`other`) take somebody out of it, who reads it no more.

    Raises:
        NotYours: for whoever is not in it, or takes somebody out and does not lead.
        InputProblem: for the last one who leads it.
    """
    with transaction.atomic():
        if other is None or other.pk == person.pk:
            one, gone = _own(person, team), person
        else:
            one, gone = led_team(person, team), other
        member = _member(one, gone)
        _keep_a_lead(one, member)
        member.left_at = timezone.now()
        member.save(update_fields=["left_at"])
        record(person, "learning.leave_team", _about(one))
    return True


def set_lead(
    person: Person, *, team: int, other: Person, leads: bool = True
) -> TeamMember:
    """Say that a member leads the team too, or does not any more.

    Raises:
        NotYours: for whoever does not lead it.
        InputProblem: when nobody would lead it.
    """
    with transaction.atomic():
        one = led_team(person, team)
        member = _member(one, other)
        if not leads:
            _keep_a_lead(one, member)
        member.role = MemberRole.LEAD if leads else MemberRole.MEMBER
        member.save(update_fields=["role"])
        record(person, "learning.set_lead", _about(one), leads=leads)
    return member


def led_team(person: Person, key: int, *, removed: bool = False) -> LearningTeam:
    """A team that the person leads, held for a change.

    Raises:
        NotYours: for anybody else.
    """
    one = (
        LearningTeam.objects.select_for_update()
        .filter(pk=key, removed_at__isnull=not removed)
        .first()
    )
    if one is None or not person.may(Right.INQUIRE) or not leads_team(person, one):
        raise NotYours
    return one


def _own(person: Person, key: int) -> LearningTeam:
    one = (
        LearningTeam.objects.select_for_update()
        .filter(pk=key, removed_at__isnull=True)
        .first()
    )
    if one is None or not in_team(person, one):
        raise NotYours
    return one


def _member(team: LearningTeam, person: Person) -> TeamMember:
    found = team.members.filter(person=person, left_at__isnull=True).first()
    if found is None:
        raise NotYours
    return found


def _keep_a_lead(team: LearningTeam, member: TeamMember) -> None:
    others = team.members.filter(left_at__isnull=True, role=MemberRole.LEAD)
    if member.role == MemberRole.LEAD and not others.exclude(pk=member.pk).exists():
        raise InputProblem(
            _("A team needs somebody who leads it: first say who else does.")
        )


def _refuse_cycle(person: Person, cycle: Cycle | None) -> None:
    if cycle is not None and not cycles_read_by(person).filter(pk=cycle.pk).exists():
        raise NotYours


def _touched(team: LearningTeam) -> None:
    team.version += 1
    team.changed_at = timezone.now()


def _about(team: LearningTeam) -> About:
    return About("learning_team", str(team.pk))
