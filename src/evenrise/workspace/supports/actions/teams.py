"""Teams: make one, say who belongs to it, end it and bring it back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import Team, TeamMember
from evenrise.workspace.supports.queries.teams import (
    may_sit,
    schools_for_teams,
    teams_open_to,
)


def make_team(person: Person, *, name: str, school: School) -> Team:
    """Make a team of a school; its maker belongs to it where they work there.

    Raises:
        NotYours: when the person neither works at nor leads the school.
    """
    own = schools_for_teams(person).filter(pk=school.pk)
    if not may_support(person) or not own.exists():
        raise NotYours
    with transaction.atomic():
        team = Team.objects.create(name=name.strip(), school=school, made_by=person)
        if may_sit(school).filter(pk=person.pk).exists():
            TeamMember.objects.create(team=team, person=person, leads=True)
        record(person, "supports.make_team", _about(team))
    return team


def change_team(
    person: Person, *, team: Team, name: str, members: Collection[Person]
) -> Team:
    """Change a team's name and who belongs to it.

    Raises:
        NotYours: when the team is not open to the person, or a member may not sit.
    """
    wanted = {one.pk for one in members}
    allowed = set(
        may_sit(team.school).filter(pk__in=wanted).values_list("pk", flat=True)
    )
    with transaction.atomic():
        one = _own(person, team.pk)
        if wanted - allowed:
            raise NotYours
        there = set(one.members.values_list("person_id", flat=True))
        one.members.exclude(person__in=wanted).delete()
        TeamMember.objects.bulk_create(
            TeamMember(team=one, person_id=pk) for pk in sorted(wanted - there)
        )
        one.name = name.strip()
        one.save(update_fields=["name"])
        record(person, "supports.change_team", _about(one), members=len(wanted))
    return one


def end_team(person: Person, *, team: int, ended: bool = True) -> Team:
    """End a team, or let it go on; its meetings stay.

    Raises:
        NotYours: when the team is not open to the person.
    """
    with transaction.atomic():
        one = _own(person, team)
        one.ended_at = timezone.now() if ended else None
        one.save(update_fields=["ended_at"])
        record(
            person,
            "supports.end_team" if ended else "supports.resume_team",
            _about(one),
        )
    return one


def _own(person: Person, team: int) -> Team:
    found = teams_open_to(person).select_for_update(of=("self",)).filter(pk=team)
    one = found.first()
    if one is None or not may_support(person):
        raise NotYours
    return one


def _about(team: Team) -> About:
    return About("team", str(team.pk))
