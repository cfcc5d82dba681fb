"""How the set of students is found: by an index, whoever asks; never row by row."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.queries.students import Wanted, narrowed
from tests.support.query_plans import analyze, plan_of


pytestmark = pytest.mark.django_db


@pytest.fixture
def analyzed(db):
    analyze()


@pytest.mark.parametrize(
    "role", ["superintendent", "principal", "counselor", "teacher"]
)
@pytest.mark.parametrize("wanted", [Wanted(), Wanted(grade="09")], ids=["all", "grade"])
def test_the_list_never_scans_the_students(role, wanted, cast, analyzed):
    reach = reach_of(cast[role], timezone.localdate())
    page = narrowed(students_within(reach), wanted, everywhere=reach.district)
    told = plan_of(page.order_by("sort_name", "student_id")[:51])
    assert "SCAN people_student" not in told, told
    assert "SEARCH people_student USING" in told, told


@pytest.mark.parametrize(
    "role", ["superintendent", "principal", "counselor", "teacher"]
)
def test_one_student_is_found_by_its_key(role, cast, analyzed):
    reach = reach_of(cast[role], timezone.localdate())
    told = plan_of(students_within(reach).filter(pk=Student.objects.first().pk))
    assert "people_student" in told
    assert "SCAN people_student\n" not in told + "\n", told
