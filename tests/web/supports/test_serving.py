"""Who serves a student is who may see the student: two questions, one answer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    Roster,
    Student,
)
from evenrise.workspace.people.roles import ROLES
from evenrise.workspace.supports.queries.serving import adults_serving


pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(db_district, cast) -> list[Person]:
    """The cast, and one person for each role in each scope it can have."""
    student = Student.objects.filter(current=True, rosters__isnull=False).first()
    section = student.rosters.first().section
    made = []
    for role, card in ROLES.items():
        for scope in card.scopes:
            person = Person.objects.create(
                email=f"{role}.{scope}@demo.example", name=f"{role} {scope}"
            )
            told = {
                "school": {"school": student.school},
                "grade": {"school": student.school, "grade": student.grade},
                "section": {"section": section},
            }.get(scope, {})
            RoleGrant.objects.create(
                person=person,
                role=role,
                scope=scope,
                begins_on=timezone.localdate(),
                origin="hand",
                **told,
            )
            if scope == "caseload":
                mine = Caseload.objects.create(owner=person, name="Mine")
                CaseloadPlace.objects.create(caseload=mine, student=student)
            made.append(person)
    return [*made, *cast.values()]


def test_the_same_for_everybody_and_many_students(everybody, cast):
    elsewhere = cast["other_principal"].grants_today[0].school
    twice = Student.objects.filter(current=True).exclude(school=elsewhere).first()
    FurtherStay.objects.get_or_create(student=twice, school=elsewhere, grade="11")
    left = Student.objects.filter(current=True).last()
    Student.objects.filter(pk=left.pk).update(current=False)
    taught = Roster.objects.filter(section__staff_id=cast["teacher"].staff_id)
    keys = {
        twice.pk,
        left.pk,
        *taught.values_list("student", flat=True)[:5],
        *Student.objects.filter(current=True).values_list("pk", flat=True)[:60:4],
    }
    today = timezone.localdate()
    seen = {
        person.pk: set(
            students_seen_by(person, today)
            .filter(pk__in=keys)
            .values_list("pk", flat=True)
        )
        for person in everybody
    }
    for student in Student.objects.filter(pk__in=keys):
        serving = set(adults_serving(student).values_list("pk", flat=True))
        told = {person.pk for person in everybody if student.pk in seen[person.pk]}
        assert serving & set(seen) == told, student.pk
    assert any(seen.values())
