"""Who writes a practice: those who tried it, its maker, whoever leads learning here."""

from __future__ import annotations

from evenrise.workspace.cycles.models import CycleMember, Practice
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


def may_write_practice(person: Person, practice: Practice) -> bool:
    """Whether the person changes and retires the practice.

    Its maker, members of the teams that tried it, and those who organize learning for
    the whole district; a principal only where they are one of the first two.
    """
    if not person.may(Right.INQUIRE):
        return False
    if practice.made_by_id == person.pk:
        return True
    if places_with(person, Right.ORGANIZE_LEARNING).district:
        return True
    return CycleMember.objects.filter(
        person=person,
        left_at__isnull=True,
        cycle__removed_at__isnull=True,
        cycle__practices__practice=practice,
    ).exists()
