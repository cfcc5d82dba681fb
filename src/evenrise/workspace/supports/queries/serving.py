"""Which adults serve one student: `people/access.py` asked the other way round.

The set of a person's students stands there; here stand the roles of today that reach
one student. A test holds both against each other for everybody.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenrise.workspace.people.models import (
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    Roster,
    Student,
)
from evenrise.workspace.people.roles import ROLES, Scope


_SEEING = sorted(role for role, card in ROLES.items() if card.sees_students)


def adults_serving(student: Student, *, near: bool = False) -> QuerySet[Person]:
    """Who reaches a student today, by name.

    Args:
        student: enrolled or not; whoever left is reached by the district alone.
        near: only by caseload, grade or school.
    """
    grants = RoleGrant.objects.on(timezone.localdate()).filter(role__in=_SEEING)
    ways = Q(pk__in=[]) if near else Q(scope=Scope.DISTRICT)
    if student.current:
        ways |= _by_caseload(student) | _by_school(student)
        ways |= Q() if near else _by_section(student)
    return Person.objects.filter(
        is_active=True, pk__in=grants.filter(ways).values("person")
    )


def _by_caseload(student: Student) -> Q:
    served = CaseloadPlace.objects.filter(student=student)
    own = Q(caseload__isnull=True, person__in=served.values("caseload__owner"))
    named = Q(caseload__in=served.values("caseload"))
    return Q(scope=Scope.CASELOAD) & (own | named)


def _by_school(student: Student) -> Q:
    """By school or grade, where the student is enrolled: mostly one, at most few."""
    found = Q(pk__in=[])
    stays = FurtherStay.objects.filter(student=student)
    for school, grade in [
        (student.school_id, student.grade),
        *stays.values_list("school", "grade"),
    ]:
        here = Q(scope=Scope.SCHOOL) | Q(scope=Scope.GRADE, grade=grade)
        found |= Q(school=school) & here
    return found


def _by_section(student: Student) -> Q:
    seats = Roster.objects.filter(student=student)
    taught = seats.exclude(section__staff_id="").values("section__staff_id")
    own = Q(section__isnull=True, person__staff_id__in=taught)
    named = Q(section__in=seats.values("section"))
    return Q(scope=Scope.SECTION) & (own | named)
