"""Reminders by mail and the calendar: whose steps, once, and nothing of students."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from evenrise.workspace.people.models import RoleGrant, Student
from evenrise.workspace.plans.actions.calendar_keys import STEPS
from evenrise.workspace.plans.actions.reviewing import Noted, make_review, note
from evenrise.workspace.plans.models import CalendarKey, Rung
from evenrise.workspace.plans.reminding import remind_owners
from evenrise.workspace.plans.tasks_reminding import after_night
from tests.web.plans.a_life import adopted, days_ago
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    made = make_plan(cast)
    adopted(cast["superintendent"], made)
    Rung.objects.filter(plan=made, key="t1").update(
        begins_on=days_ago(90), ends_on=days_ago(-3)
    )
    return made


def test_an_owner_is_told_once_a_day_due(plan, cast):
    assert remind_owners() == 1
    assert remind_owners() == 0
    (told,) = mail.outbox
    assert told.to == [cast["counselor"].email]
    assert "Due on" in told.body
    assert "Call on the third day" in told.body
    assert reverse("rung", args=[plan.slug, "t1"]) in told.body
    late = days_ago(-3) + dt.timedelta(days=1)
    assert remind_owners(late) == 1
    assert remind_owners(late) == 0
    assert "Was due on" in mail.outbox[-1].body
    Rung.objects.filter(key="t1").update(ends_on=late + dt.timedelta(days=2))
    assert remind_owners(late) == 1  # another day was agreed


def test_the_letter_is_in_the_persons_language_and_names_no_student(plan, cast):
    cast["counselor"].keep_language("es")
    call_command("remind_owners")
    (told,) = mail.outbox
    assert "Llamar al tercer día" in told.body
    for student in Student.objects.filter(current=True):
        assert student.name not in told.body


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "done"},
        {"state": "stopped"},
        {"ends_on": None, "begins_on": None},
        {"removed_at": "2026-05-01T00:00:00Z"},
        {"person": None},
    ],
)
def test_who_has_nothing_to_do_gets_no_letter(plan, changed):
    Rung.objects.filter(key="t1").update(**changed)
    assert remind_owners() == 0


def test_what_hangs_below_something_removed_or_is_a_draft_is_not_named(plan, cast):
    Rung.objects.filter(key="g1").update(removed_at="2026-05-01T00:00:00Z")
    assert remind_owners() == 0
    Rung.objects.filter(key="g1").update(removed_at=None)
    plan.editions.update(state="withdrawn")
    assert remind_owners() == 0


def test_whoever_left_gets_no_letter(plan, cast):
    RoleGrant.objects.filter(person=cast["counselor"]).update(ends_on=days_ago(2))
    assert remind_owners() == 0


def test_the_night_writes_too_and_one_letter_holds_all_of_a_persons_steps(plan, cast):
    Rung.objects.filter(plan=plan, key="t2").update(
        person=cast["counselor"], begins_on=days_ago(-5), ends_on=None
    )
    after_night()
    (told,) = mail.outbox
    assert "2 steps" in told.subject
    assert "Begins on" in told.body
    after_night()
    assert len(mail.outbox) == 1


def feed(secret: str):
    return Client().get(reverse("calendar_feed", args=[secret]))


def test_the_calendar_opens_by_its_secret_alone(plan, cast, as_person):
    counselor = cast["counselor"]
    lead = cast["superintendent"]
    review = make_review(
        lead, plan=plan, held_on=days_ago(-9), title_en="Mid-year", title_es="Medio"
    )
    told = Noted(decided="Buy phones.", owner=counselor, due_on=days_ago(-20))
    note(lead, review=review.pk, rung="t1", told=told)
    secret = STEPS.make(counselor)
    found = feed(secret)
    assert found.status_code == 200
    assert found["Content-Type"].startswith("text/calendar")
    assert "no-store" in found["Cache-Control"]
    calendar = icalendar.Calendar.from_ical(found.content)
    days = {str(e["summary"]): e.decoded("dtstart") for e in calendar.walk("VEVENT")}
    assert days["Due: Call on the third day"] == days_ago(-3)
    assert days["Due: Buy phones."] == days_ago(-20)
    assert days_ago(-9) in days.values()
    uids = [str(e["uid"]) for e in calendar.walk("VEVENT")]
    assert len(uids) == len(set(uids))
    assert feed("x" * 43).status_code == 404
    assert secret not in str(CalendarKey.objects.values())
    newer = STEPS.make(counselor)
    assert feed(secret).status_code == 404
    assert feed(newer).status_code == 200
    STEPS.drop(counselor)
    assert feed(newer).status_code == 404


def test_a_person_who_left_has_no_calendar(plan, cast):
    secret = STEPS.make(cast["counselor"])
    RoleGrant.objects.filter(person=cast["counselor"]).update(ends_on=days_ago(2))
    assert feed(secret).status_code == 404


def test_the_address_is_shown_once(plan, as_person, cast):
    client = as_person("counselor")
    where = reverse("calendar_keys")
    shown = client.post(where).content.decode()
    assert "/plans/calendar/" in shown
    assert ".ics" in shown
    assert ".ics" not in client.get(where).content.decode()
    client.post(where, {"drop": 1})
    assert not CalendarKey.objects.filter(person=cast["counselor"]).exists()
