"""Caseloads that somebody may look after, and the adults who may have one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    StaffAssignment,
    Student,
)
from evenrise.workspace.people.queries.words import grade_words
from evenrise.workspace.people.roles import Scope


MOST = 500  # students of a caseload that a page shows


@dataclass(frozen=True, slots=True)
class CaseloadLine:
    """A caseload as a row shows it."""

    url: str
    name: str
    owner: str
    students: int


@dataclass(frozen=True, slots=True)
class Served:
    """A student on a caseload, within one's own reach."""

    student_id: str
    name: str
    grade: str
    school: str


def owners(reach: Reach) -> QuerySet[Person]:
    """The adults whose role reaches their own caseloads today.

    Who gives caseloads for a school gives them to adults with a post there.
    """
    holders = RoleGrant.objects.on(timezone.localdate()).filter(
        scope=Scope.CASELOAD, caseload__isnull=True
    )
    found = Person.objects.filter(is_active=True, pk__in=holders.values("person"))
    if reach.district:
        return found
    posts = StaffAssignment.objects.filter(school__in=reach.schools)
    return found.filter(staff_id__in=posts.values("staff"))


def caseloads_cared_for(reach: Reach) -> QuerySet[Caseload]:
    """The caseloads of those adults."""
    return Caseload.objects.filter(owner__in=owners(reach).order_by().values("pk"))


def caseload_lines(reach: Reach) -> tuple[CaseloadLine, ...]:
    """Caseloads in the order of owners; students are those enrolled now."""
    rows = (
        caseloads_cared_for(reach)
        .select_related("owner")
        .annotate(served=Count("places", filter=Q(places__student__current=True)))
        .order_by("owner__name", "name")
    )
    return tuple(
        CaseloadLine(
            reverse("caseload", args=(row.pk,)),
            row.name,
            row.owner.name,
            int(row.served),
        )
        for row in rows[:MOST]
    )


def moved_away(places: QuerySet[CaseloadPlace]) -> QuerySet[CaseloadPlace]:
    """Places of students who are at none of the schools where their adult has a post.

    They are enrolled now. Who serves the whole district has no post to compare with.
    """
    owner = OuterRef("caseload__owner__staff_id")
    posts = StaffAssignment.objects.filter(staff_id=owner)
    here = posts.filter(school=OuterRef("student__school"))
    also = posts.filter(
        school__in=FurtherStay.objects.filter(
            student=OuterRef(OuterRef("student"))
        ).values("school")
    )
    return places.filter(Exists(posts), student__current=True).exclude(
        Exists(here) | Exists(also)
    )


def moved_from(person: int) -> int:
    """How many students on a person's own caseloads have moved away."""
    return moved_away(CaseloadPlace.objects.filter(caseload__owner=person)).count()


def served(reach: Reach, caseload: Caseload) -> tuple[Served, ...]:
    """The students of a caseload whom one may see oneself."""
    places = CaseloadPlace.objects.filter(caseload=caseload)
    found: QuerySet[Student] = (
        students_within(reach)
        .filter(pk__in=places.values("student"))
        .select_related("school")
        .order_by("sort_name", "student_id")
    )
    return tuple(
        Served(
            row.student_id,
            row.name,
            grade_words(row.grade),
            "" if row.school is None else row.school.name,
        )
        for row in found[:MOST]
    )
