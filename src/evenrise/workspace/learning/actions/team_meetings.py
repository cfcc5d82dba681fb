"""Meetings of a learning team: planned, held, and what comes next. The team's own."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import teams_of
from evenrise.workspace.learning.models import LearningTeam, TeamMeeting
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting before it is held."""

    on: dt.date
    minutes: int | None
    place: str
    agenda: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of a meeting, and what comes next, by whom, until when."""

    product: str = ""
    next_step: str = ""
    next_by: Person | None = None
    next_on: dt.date | None = None
    held: bool | None = None
    there: Collection[Person] = ()


def plan_team_meeting(person: Person, *, team: int, planned: Planned) -> TeamMeeting:
    """Plan a meeting; every member may.

    Raises:
        NotYours: for whoever is not in the team.
    """
    with transaction.atomic():
        one = _team(person, team)
        meeting = TeamMeeting.objects.create(
            team=one,
            on=planned.on,
            minutes=planned.minutes,
            place=planned.place.strip(),
            agenda=planned.agenda.strip(),
            by=person,
        )
        record(person, "learning.plan_team_meeting", _about(meeting))
    return meeting


def change_team_meeting(
    person: Person, *, meeting: int, planned: Planned, held: Held, seen: str
) -> TeamMeeting:
    """Change what was planned, and write down what came of it.

    Args:
        person: a member.
        meeting: which one.
        planned: what was planned.
        held: what came of it.
        seen: `stamp` of the meeting as the page showed it.

    Raises:
        NotYours: for whoever is not in the team, or names somebody who is not.
        Overtaken: when another member changed it meanwhile.
    """
    with transaction.atomic():
        one = _meeting(person, meeting)
        if stamp(one) != seen:
            raise Overtaken
        _refuse_strangers(one.team, held)
        one.on, one.minutes = planned.on, planned.minutes
        one.place, one.agenda = planned.place.strip(), planned.agenda.strip()
        one.product, one.next_step = held.product.strip(), held.next_step.strip()
        one.next_by, one.next_on = held.next_by, held.next_on
        if not one.next_step:
            one.next_by = one.next_on = one.next_done_at = None
        one.held = held.held
        one.save()
        one.there.set(held.there)
        record(person, "learning.change_team_meeting", _about(one))
    return one


def next_step_done(person: Person, *, meeting: int, done: bool = True) -> TeamMeeting:
    """Say that a next step is done, or that it is not.

    Raises:
        NotYours: for whoever is not in the team, or when there is no next step.
    """
    with transaction.atomic():
        one = _meeting(person, meeting)
        if not one.next_step:
            raise NotYours
        one.next_done_at = timezone.now() if done else None
        one.save(update_fields=["next_done_at"])
        verb = "learning.next_step_done" if done else "learning.next_step_open"
        record(person, verb, _about(one))
    return one


def remove_team_meeting(
    person: Person, *, meeting: int, gone: bool = True
) -> TeamMeeting:
    """Remove a meeting, or bring it back.

    Raises:
        NotYours: for whoever is not in the team.
    """
    with transaction.atomic():
        one = _meeting(person, meeting, removed=not gone)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "remove" if gone else "restore"
        record(person, f"learning.{verb}_team_meeting", _about(one))
    return one


def stamp(meeting: TeamMeeting) -> str:
    """A mark of a meeting's words, to know whether somebody changed them."""
    told = "\x1f".join(
        str(one)
        for one in (
            meeting.on,
            meeting.agenda,
            meeting.product,
            meeting.next_step,
            meeting.next_by_id,
            meeting.next_on,
            meeting.held,
        )
    )
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _refuse_strangers(team: LearningTeam, held: Held) -> None:
    """Whoever was there or acts next is in the team, now or before."""
    named = {one.pk for one in held.there}
    if held.next_by is not None:
        named.add(held.next_by.pk)
    known = team.members.filter(person__in=named).values_list("person_id", flat=True)
    if named - set(known):
        raise NotYours


def _team(person: Person, key: int) -> LearningTeam:
    one = teams_of(person).filter(pk=key).first()
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    return one


def _meeting(person: Person, key: int, *, removed: bool = False) -> TeamMeeting:
    one = (
        TeamMeeting.objects.select_for_update(of=("self",))
        .select_related("team")
        .filter(
            pk=key,
            team__in=teams_of(person).order_by().values("pk"),
            removed_at__isnull=not removed,
        )
        .first()
    )
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    return one


def _about(meeting: TeamMeeting) -> About:
    return About("team_meeting", str(meeting.pk))
