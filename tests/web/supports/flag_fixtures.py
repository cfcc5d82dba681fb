"""Flags and states for students of the invented district, made by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.models import Flag, FlagRun, WatchState


TODAY = timezone.localdate()
DAYS = {
    "line": "absent_share",
    "measure": "absent_share",
    "value": 12,
    "of": 90,
    "detail": {
        "schools": 1,
        "enrolled": 90,
        "absent": 12,
        "excused": 2,
        "medical": 1,
        "unexcused": 9,
        "suspended": 0,
        "since": "2025-09-01",
        "last": "2026-01-20",
    },
}


def served(person) -> list[Student]:
    found = students_seen_by(person, TODAY).filter(current=True)
    return list(found.order_by("sort_name", "pk"))


@pytest.fixture
def flag_run(db_district) -> FlagRun:
    Flag.objects.all().delete()
    WatchState.objects.all().delete()
    return FlagRun.objects.create(
        snapshot="s", as_of=TODAY, rule_set="abc", students=0, flagged=0, no_data=0
    )


@pytest.fixture
def make_flag(flag_run):
    def make(student, domain="attendance", level=1, ago=0, **more):
        opened = TODAY - dt.timedelta(days=ago)
        return Flag.objects.create(
            student=student,
            school=student.school,
            domain=domain,
            level=level,
            rule_set="abc",
            opened_on=opened,
            seen_on=TODAY,
            reasons=[DAYS],
            **more,
        )

    return make


@pytest.fixture
def make_watch(flag_run):
    def make(student, **domains):
        states = {"attendance": 0, "behavior": 0, "course": 0, **domains}
        return WatchState.objects.create(
            student=student,
            **states,
            flags=sum(state > 0 for state in states.values()),
            unknown=sum(state < 0 for state in states.values()),
            run=flag_run,
        )

    return make


def listed(client, **query):
    answer = client.get(reverse("flags"), query)
    assert answer.status_code == 200
    return [line.student_id for line in answer.context["page"].lines]
