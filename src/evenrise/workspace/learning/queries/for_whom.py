"""For whom something is offered: by role and by school; by nothing, for all staff."""

from __future__ import annotations

from django.db.models import Q

from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.learning.models import Offering
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right, Role, Scope, roles_with


# Roles that can learn here, in the order of the table of roles.
LEARNERS = roles_with(Right.INQUIRE)


def is_for(person: Person, offering: Offering) -> bool:
    """Whether it is offered to this person; who works for the district may always."""
    roles = {grant.role for grant in person.grants_today}
    if offering.roles and not roles & set(offering.roles):
        return False
    if offering.school_id is None or _of_district(person):
        return True
    return offering.school_id in own_schools(person)


def school_condition(person: Person) -> Q:
    """Offerings of the district, and of the person's schools; roles are read after.

    A list of roles in a JSON column is asked differently by each database; there are
    few offerings, so `is_for` reads it.
    """
    if _of_district(person):
        return Q()
    return Q(school=None) | Q(school__in=sorted(own_schools(person)))


def has_role(person: Person, offering: Offering) -> bool:
    """Whether one of the person's roles is among those it is offered to."""
    roles = {grant.role for grant in person.grants_today}
    return not offering.roles or bool(roles & set(offering.roles))


def _of_district(person: Person) -> bool:
    return any(
        grant.scope == Scope.DISTRICT and Role(grant.role) in LEARNERS
        for grant in person.grants_today
    )
