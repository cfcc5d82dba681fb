"""The demo's supports: placed once, in sets, with a history, by the room's rules."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from evenrise.records.snapshots.last_day import last_school_day
from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import CaseloadPlace, Person
from evenrise.workspace.supports.demo import flag_days, place_supports
from evenrise.workspace.supports.models import (
    EffectSet,
    Flag,
    FlagRun,
    KnownBy,
    Meeting,
    Session,
    StudentVoice,
    Support,
    TierPlacement,
)


pytestmark = pytest.mark.django_db
SUPPORTS = (
    "student_id,support,tier,owner_staff_id,begins_on,review_on,planned_end_on,"
    "ended_on,ended_how,sessions_planned,minutes,goal\n"
)
SESSIONS = "student_id,support,begins_on,held_on,delivered,minutes,why_not\n"


@pytest.fixture
def beside(tmp_path, cast):
    """The two files: a support of a student served, and one of a student unknown."""
    served = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"])
    code = served.order_by("student_id").values_list("student_id", flat=True)[0]
    row = "check_in,2,T0000001,2024-11-04,2024-12-02,2024-12-30,2025-01-02,goal_met,16"
    (tmp_path / "supports.csv").write_text(
        f"{SUPPORTS}{code},{row},15,A goal\nnobody,{row},15,A goal\n"
    )
    (tmp_path / "support_sessions.csv").write_text(
        f"{SESSIONS}{code},check_in,2024-11-04,2024-11-05,Y,15,\n"
        f"{code},check_in,2024-11-04,2024-11-07,N,,absent\n"
        "nobody,check_in,2024-11-04,2024-11-05,Y,15,\n"
    )
    return tmp_path


@pytest.fixture
def placed(beside, db_district, cast):
    """The demo's supports, placed."""
    place_supports(db_district.snapshot, db_district.as_of, cast, beside)
    return beside


def counts():
    """How many rows there are of everything that is placed."""
    every = (Support, Session, TierPlacement, Flag, FlagRun, KnownBy, StudentVoice)
    return [one.objects.count() for one in every]


def test_the_files_are_placed_with_the_cast_as_owner(placed, cast):
    one = Support.objects.get(goal="A goal")
    assert one.owner == cast["counselor"]
    assert one.ended_how == "goal_met"
    assert sorted(one.sessions.values_list("delivered", "why_not")) == [
        (False, "absent"),
        (True, ""),
    ]


def test_flags_have_a_history_and_close_by_the_rule(placed, db_district):
    last = last_school_day(db_district.snapshot, db_district.as_of)
    assert list(FlagRun.objects.order_by("id").values_list("as_of", flat=True)) == (
        flag_days(last)
    )
    assert Flag.objects.filter(opened_on__lt=last, closed_on__isnull=True).exists()
    assert Flag.objects.filter(closed_on__isnull=False).exists()
    answered = Flag.objects.filter(first_session_on__isnull=False)
    assert answered.exists()
    assert all(flag.first_session_on >= flag.opened_on for flag in answered)


def test_a_second_time_nothing_changes(placed, db_district, cast):
    before = counts()
    place_supports(db_district.snapshot, db_district.as_of, cast, placed)
    assert counts() == before
    assert all(before)
    assert EffectSet.objects.count() == 1


def test_the_cast_wrote_only_of_students_within_reach(placed, cast):
    for key in ("counselor", "teacher"):
        person = Person.objects.get(pk=cast[key].pk)
        own = set(
            students_within(reach_of(person, dt.date(2026, 5, 15))).values_list(
                "pk", flat=True
            )
        )
        known = KnownBy.objects.filter(person=person)
        assert known.exists()
        assert set(known.values_list("student_id", flat=True)) <= own
    assert Meeting.objects.filter(closed_at__isnull=False).exists()


@pytest.mark.parametrize("role", ["superintendent", "principal", "counselor"])
@pytest.mark.parametrize("page", ["acted", "tiers", "helps"])
def test_the_answers_open(role, page, placed, as_person):
    assert as_person(role).get(reverse(page)).status_code == 200


def test_without_files_there_are_flags_and_no_failure(tmp_path, db_district, cast):
    place_supports(db_district.snapshot, db_district.as_of, cast, tmp_path / "none")
    assert Flag.objects.exists()


def test_flags_are_made_for_days_before_the_last_one():
    assert flag_days(dt.date(2026, 3, 1)) == [
        dt.date(2025, 10, 15),
        dt.date(2025, 12, 10),
        dt.date(2026, 2, 12),
        dt.date(2026, 3, 1),
    ]
