"""A counselor's student, with a flag, a plan and a support that runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from evenrise.workspace.people.models import CaseloadPlace, Student
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.models import Flag, SupportKind
from evenrise.workspace.supports.starting_menu import ensure_menu


WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def counselor(db_district, cast):
    ensure_menu()
    return cast["counselor"]


@pytest.fixture
def student(counselor):
    place = CaseloadPlace.objects.filter(
        caseload__owner=counselor, student__current=True
    ).first()
    return place.student


@pytest.fixture
def elsewhere(cast, counselor):
    other = cast["other_principal"].grants_today[0].school_id
    return Student.objects.filter(school=other, current=True).first()


@pytest.fixture
def plan(counselor, today):
    kind = SupportKind.objects.get(key="check_in")
    begins_on = today - 3 * WEEK
    return replace(
        care.plan_from_menu(kind, owner=counselor, begins_on=begins_on),
        goal="Here every Monday.",
        baseline=4.0,
        target=0.0,
    )


@pytest.fixture
def support(counselor, student, plan):
    return care.begin_support(counselor, student=student, plan=plan)


@pytest.fixture
def flag(student, today):
    Flag.objects.filter(student=student).delete()
    return Flag.objects.create(
        student=student,
        school=student.school,
        domain="attendance",
        level=1,
        rule_set="abc",
        opened_on=today - 2 * WEEK,
        seen_on=today,
    )
