"""Adults who may own a support: those with the right who reach the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment
from evenrise.workspace.people.roles import Right, Scope, roles_with


_SUPPORTING = roles_with(Right.SUPPORT_STUDENTS)


def owners_at(schools: Collection[str], on: dt.date) -> QuerySet[Person]:
    """The adults who plan supports and work for one of these schools, by name.

    Whose role reaches the whole district; whose role is for the school or a grade of
    it; and whoever serves a caseload or teaches sections with a post there. Whether
    they see one student is asked when the support begins.
    """
    held = RoleGrant.objects.on(on).filter(role__in=_SUPPORTING)
    of_school = held.filter(
        Q(scope=Scope.DISTRICT)
        | Q(scope__in=[Scope.SCHOOL, Scope.GRADE], school__in=schools)
    )
    near = held.filter(scope__in=[Scope.CASELOAD, Scope.SECTION])
    posts = StaffAssignment.objects.filter(school__in=schools)
    return (
        Person.objects.filter(is_active=True)
        .filter(
            Q(pk__in=of_school.values("person"))
            | Q(pk__in=near.values("person"), staff_id__in=posts.values("staff"))
        )
        .order_by("name", "pk")
    )
