"""Who reads what of adults learning.

A coaching cycle is read by its two people alone, whatever anybody's role; and a coach
who leads the colleague's school, or the district, does not read it either: nobody is
judged by what they wrote while learning. A placement
on a map of practice is read by the one whose practice it is, and by whoever placed it
while the two are coach and colleague. A team's meetings are read by the team. Schools
see distributions of ten people and more.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from evenrise.workspace.cycles.models import MemberRole
from evenrise.workspace.insights.access import Places, own_schools, places_with
from evenrise.workspace.learning.models import (
    Coaching,
    LearningTeam,
    LearningWalk,
    Offering,
    Placement,
    Session,
    TeamMember,
)
from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment
from evenrise.workspace.people.roles import Right, Role, Scope, roles_with


FEWEST = 10  # people behind anything that is shown of staff (METHODS card 10)
_LEADS = frozenset({Role.SUPERINTENDENT, Role.CABINET, Role.PRINCIPAL})
LEARNING = roles_with(Right.INQUIRE)


def may_organize(person: Person, school_id: str | None) -> bool:
    """Whether the person organizes learning of the district (None) or of a school."""
    return places_with(person, Right.ORGANIZE_LEARNING).hold(school_id)


def colleagues() -> QuerySet[Person]:
    """All staff with an account who learn here today, by name."""
    held = RoleGrant.objects.on(timezone.localdate()).filter(role__in=LEARNING)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by(
        "name", "pk"
    )


def led_by(person: Person) -> Places:
    """What the person leads today: the district, or some schools; no query."""
    held = [grant for grant in person.grants_today if grant.role in _LEADS]
    return Places(
        any(grant.scope == Scope.DISTRICT for grant in held),
        frozenset(str(grant.school_id) for grant in held if grant.school_id),
    )


def people_led_by(person: Person) -> QuerySet[Person]:
    """Everybody whose school, or whose district, the person leads today."""
    led = led_by(person)
    if led.district:
        return Person.objects.all()
    return people_at(led.schools)


def people_at(schools: frozenset[str]) -> QuerySet[Person]:
    """Everybody with an account who has a role or a post at one of the schools."""
    grants = RoleGrant.objects.on(timezone.localdate()).filter(school__in=schools)
    posts = StaffAssignment.objects.filter(school__in=schools)
    return Person.objects.filter(
        Q(pk__in=grants.values("person")) | Q(staff_id__in=posts.values("staff"))
    )


def coaching_of(person: Person) -> QuerySet[Coaching]:
    """The coaching cycles that the person reads: they are one of the two.

    As a coach only where they do not lead the colleague today. Somebody who comes to
    lead a school stops reading what they wrote with its staff.
    """
    led, mine = led_by(person), Q(colleague=person)
    if not led.district:
        theirs = ~Q(colleague__in=people_at(led.schools)) if led.schools else Q()
        mine |= Q(coach=person) & theirs
    return Coaching.objects.filter(mine, removed_at__isnull=True)


def coached_now(coach: Person, on: dt.date) -> QuerySet[Coaching]:
    """The agreed cycles in which the person coaches a colleague on a day."""
    return coaching_of(coach).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        coach=coach,
        agreed_at__isnull=False,
        closed_at__isnull=True,
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


def in_team(person: Person, team: LearningTeam) -> bool:
    """Whether the person is in the team now: reads its meetings, and writes."""
    return team.members.filter(person=person, left_at__isnull=True).exists()


def leads_team(person: Person, team: LearningTeam) -> bool:
    """Whether the person leads the team: says who is in it, and changes its goal."""
    return team.members.filter(
        person=person, left_at__isnull=True, role=MemberRole.LEAD
    ).exists()


def walks_of(person: Person) -> QuerySet[LearningWalk]:
    """The learning walks on which the person goes, or went; they write in them."""
    return LearningWalk.objects.filter(
        Q(by=person) | Q(walkers=person), removed_at__isnull=True
    ).distinct()


def walks_read_by(person: Person) -> QuerySet[LearningWalk]:
    """Those, and the ones that were shared with a school where the person works."""
    heard = Q(shared_at__isnull=False, school__in=sorted(own_schools(person)))
    return LearningWalk.objects.filter(
        Q(by=person) | Q(walkers=person) | heard, removed_at__isnull=True
    ).distinct()


def organizes(person: Person, offering: Offering) -> bool:
    """Whether the person changes what is offered, its sessions and its rolls."""
    return may_organize(person, offering.school_id)


def keeps_roll(person: Person, session: Session) -> bool:
    """Whether the person notes who came: who leads the session, or organizes it."""
    if session.leader_id == person.pk and person.may(Right.INQUIRE):
        return True
    return organizes(person, session.offering)
