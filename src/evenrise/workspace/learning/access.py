"""Who reads what of adults learning.

A coaching cycle is read by its two people alone, whatever anybody's role. A placement
on a map of practice is read by the one whose practice it is, and by whoever placed it
while the two are coach and colleague. A team's meetings are read by the team. Schools
see distributions of ten people and more.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenrise.workspace.insights.access import places_with
from evenrise.workspace.learning.models import (
    Coaching,
    LearningTeam,
    Placement,
    TeamMember,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


FEWEST = 10  # people behind anything that is shown of staff (METHODS card 10)


def may_organize(person: Person, school_id: str | None) -> bool:
    """Whether the person organizes learning of the district (None) or of a school."""
    return places_with(person, Right.ORGANIZE_LEARNING).hold(school_id)


def coaching_of(person: Person) -> QuerySet[Coaching]:
    """The coaching cycles in which the person is one of the two."""
    return Coaching.objects.filter(
        Q(coach=person) | Q(colleague=person), removed_at__isnull=True
    )


def coached_now(coach: Person, on: dt.date) -> QuerySet[Coaching]:
    """The agreed cycles in which the person coaches a colleague on a day."""
    return Coaching.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        coach=coach,
        agreed_at__isnull=False,
        closed_at__isnull=True,
        removed_at__isnull=True,
        begins_on__lte=on,
    )


def placements_read_by(person: Person, on: dt.date) -> QuerySet[Placement]:
    """Placements that the person reads one by one: their own, and their colleagues'.

    A coach reads what they themselves placed, while the coaching lasts.
    """
    colleague = coached_now(person, on).filter(colleague=OuterRef("person"))
    return Placement.objects.filter(
        Q(person=person) | (Q(by=person) & Exists(colleague)),
        taken_back_at__isnull=True,
    )


def teams_of(person: Person) -> QuerySet[LearningTeam]:
    """The learning teams in which the person is now; they read its meetings."""
    mine = TeamMember.objects.filter(person=person, left_at__isnull=True)
    return LearningTeam.objects.filter(
        removed_at__isnull=True, pk__in=mine.values("team")
    )
