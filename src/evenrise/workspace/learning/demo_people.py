"""Colleagues with accounts for an invented district, so that sums of ten can be shown.

The cast has one person a role; what schools learn together needs more of them. They
hold real posts of the invented directory and sign in nowhere. Never called where
records are real.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat, Lower

from evenrise.workspace.people.models import (
    Person,
    RoleGrant,
    School,
    StaffAssignment,
)
from evenrise.workspace.people.placing import roles_from_records


SCHOOLS = 6  # the largest
EACH = 26  # people of one school at most
_HOST = "demo.example"


def place_colleagues(on: dt.date) -> list[Person]:
    """Make them, or find them as they stand; their roles begin on a day.

    Returns:
        Them, by address.
    """
    schools = list(
        School.objects.filter(current=True)
        .order_by("-students", "pk")
        .values_list("pk", flat=True)[:SCHOOLS]
    )
    taken = set(Person.objects.exclude(staff_id="").values_list("staff_id", flat=True))
    many: Counter[str] = Counter()
    made: list[Person] = []
    posts = StaffAssignment.objects.filter(school__in=schools).select_related("staff")
    for post in posts.order_by("school_id", "staff_id", "role"):
        if post.staff_id in taken or many[post.school_id] >= EACH:
            continue
        taken.add(post.staff_id)
        many[post.school_id] += 1
        made.append(
            Person(
                email=f"{post.staff_id.lower()}@{_HOST}",
                name=post.staff.name,
                staff_id=post.staff_id,
                password="!",  # noqa: S106 - nobody signs in by password here
            )
        )
    with transaction.atomic():
        Person.objects.bulk_create(made, ignore_conflicts=True)
        with connection.cursor() as cursor:
            roles_from_records(cursor, on)
    address = Concat(Lower("staff_id"), Value(f"@{_HOST}"))  # not the cast's
    found = Person.objects.filter(email=address, is_active=True)
    held = RoleGrant.objects.on(on)  # a teacher's names no school
    return list(found.filter(pk__in=held.values("person")).order_by("email"))
