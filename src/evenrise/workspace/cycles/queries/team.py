"""Who is in a cycle's team, and who may join one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenrise.workspace.cycles.models import Cycle, MemberRole
from evenrise.workspace.people.access import people_with
from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment
from evenrise.workspace.people.roles import Right, Scope


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a team, as a page shows them."""

    key: int
    name: str
    leads: bool
    role: str
    me: bool


def team_of(cycle: Cycle, person: Person) -> tuple[Member, ...]:
    """The team as it is now: who leads it first, then by name."""
    rows = cycle.members.filter(left_at=None).select_related("person")
    found = [
        Member(
            one.person_id,
            one.person.name,
            one.role == MemberRole.LEAD,
            str(MemberRole(one.role).label),
            one.person_id == person.pk,
        )
        for one in rows
    ]
    return tuple(sorted(found, key=lambda one: (not one.leads, one.name.casefold())))


def who_may_join(today: dt.date) -> QuerySet[Person]:
    """Everybody whose roles of today work in cycles, by name."""
    return people_with(Right.INQUIRE, today)


def may_join(cycle: Cycle, today: dt.date) -> QuerySet[Person]:
    """Who may be added: the staff of the cycle's school and of the district's office.

    A cycle of no one school offers everybody who works in cycles.
    """
    found = who_may_join(today).exclude(
        pk__in=cycle.members.filter(left_at=None).values("person")
    )
    if cycle.school_id:
        near = RoleGrant.objects.on(today).filter(
            Q(scope=Scope.DISTRICT) | Q(school=cycle.school_id)
        )
        posts = StaffAssignment.objects.filter(school=cycle.school_id)
        found = found.filter(
            Q(pk__in=near.values("person")) | Q(staff_id__in=posts.values("staff_id"))
        )
    return found
