"""Who reads a cycle: its team; everybody who sees findings once the team shares it.

No role opens a cycle that is not shared: not a principal's, not the superintendent's,
not an administrator's.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from evenrise.workspace.cycles.models import Cycle, CycleMember, MemberRole
from evenrise.workspace.people.models import Person


def cycles_of(person: Person) -> QuerySet[Cycle]:
    """The cycles in whose team the person is now."""
    mine = CycleMember.objects.filter(person=person, left_at__isnull=True)
    return Cycle.objects.filter(removed_at__isnull=True, pk__in=mine.values("cycle"))


def cycles_read_by(person: Person) -> QuerySet[Cycle]:
    """The cycles that the person reads: their own teams', and the shared ones."""
    mine = CycleMember.objects.filter(person=person, left_at__isnull=True)
    return Cycle.objects.filter(
        Q(shared_at__isnull=False) | Q(pk__in=mine.values("cycle")),
        removed_at__isnull=True,
    )


def in_team(person: Person, cycle: Cycle) -> bool:
    """Whether the person is in the team, and so writes."""
    return cycle.members.filter(person=person, left_at__isnull=True).exists()


def leads(person: Person, cycle: Cycle) -> bool:
    """Whether the person leads the team: shares, decides, changes who is in it."""
    return cycle.members.filter(
        person=person, left_at__isnull=True, role=MemberRole.LEAD
    ).exists()
