"""Where people work and as what, to stand beside the hours they learn.

A role of one school comes before a role of the district: somebody who holds both
learns for the school.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max

from evenrise.workspace.learning.queries.for_whom import LEARNERS
from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment


Stamp = tuple[int | None, int]


@dataclass(frozen=True, slots=True)
class Post:
    """A school (None: the district's office) and a role."""

    school_id: str | None
    role: str


def posts_of(people: Collection[Person], on: dt.date) -> dict[int, Post]:
    """The post of everybody who is staff on a day; two queries.

    Returns:
        Person's key > post; who holds no role of the staff is left out.
    """
    grants = (
        RoleGrant.objects.on(on)
        .filter(person__in=[one.pk for one in people], role__in=LEARNERS)
        .order_by("id")
    )
    first: dict[int, RoleGrant] = {}
    for grant in grants:
        stands = first.get(grant.person_id)
        if stands is None or (stands.school_id is None and grant.school_id):
            first[grant.person_id] = grant
    staff = {one.staff_id for one in people if one.staff_id}
    rows = StaffAssignment.objects.filter(staff__in=staff).order_by("-school_id")
    schools: dict[str, str] = dict(rows.values_list("staff_id", "school_id"))
    return {
        one.pk: Post(
            first[one.pk].school_id or schools.get(one.staff_id), first[one.pk].role
        )
        for one in people
        if one.pk in first
    }


def posts_stamp() -> Stamp:
    """Another one when posts were placed anew: what is counted of them may be kept.

    Posts are added and taken away, never changed: the largest key, and how many.
    """
    found = StaffAssignment.objects.order_by().aggregate(
        last=Max("pk"), rows=Count("pk")
    )
    return found["last"], found["rows"]
