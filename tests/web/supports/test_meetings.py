"""A team's meeting: the agenda, one student at a time, what is decided."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from evenrise.workspace.foundation.models import StudentLook
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.actions import meetings as verbs
from evenrise.workspace.supports.models import (
    Meeting,
    MeetingItem,
    StudentVoice,
)
from tests.web.supports.a_team import decide, flag, planned, support, today


pytestmark = pytest.mark.django_db


def test_the_agenda_stands_in_the_order_it_states(cast, team, served, as_person):
    weak, strong, old, reviewed, begun = served
    flag(weak, opened=10)
    flag(old, opened=90)
    flag(strong, level=2, opened=1)
    flag(strong, opened=5, domain="course")
    flag(begun, level=2, first_support_on=today())
    flag(reviewed, level=2)
    support(reviewed, cast["counselor"], review_in=3)
    far = support(weak, cast["counselor"], review_in=20)
    meeting = planned(as_person("counselor"), team)
    found = list(meeting.items.values_list("student_id", "why"))
    assert found == [
        (reviewed.pk, "review"),
        (strong.pk, "flag"),
        (old.pk, "flag"),
        (weak.pk, "flag"),
    ]
    assert not meeting.items.filter(support=far).exists()


def test_a_flag_set_aside_or_closed_is_on_no_agenda(cast, team, served, as_person):
    closed, aside, left = served[:3]
    flag(closed, closed_on=today())
    flag(aside).answers.create(
        kind="set_aside", reason="Sick", until=today() + dt.timedelta(days=9)
    )
    flag(left)
    Student.objects.filter(pk=left.pk).update(current=False)
    assert planned(as_person("counselor"), team).items.count() == 0


def test_who_does_not_fit_waits_and_is_counted(cast, team, served, as_person):
    for student in served[:3]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team, most=1)
    assert meeting.items.count() == 1
    page = client.get(reverse("meeting", args=[meeting.pk])).content.decode()
    assert "2 more students have a flag" in page


def test_the_screen_shows_one_student_and_no_other(cast, team, served, as_person):
    first, second = served[:2]
    flag(first, level=2)
    flag(second)
    support(first, cast["counselor"], review_in=30)
    StudentVoice.objects.create(
        student=first,
        kind="words",
        text="Me gusta dibujar",
        language="es",
        said_on=today(),
        by=cast["counselor"],
    )
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get(student=first)
    page = as_person("counselor").get(
        reverse("meeting_item", args=[meeting.pk, item.pk])
    )
    text = page.content.decode()
    assert second.name not in text
    assert second.pk not in text
    assert '<blockquote lang="es"><p>Me gusta dibujar</p></blockquote>' in text
    assert "Check-in, " in text
    assert text.index("Me gusta dibujar") < text.index("What the records tell")
    look = StudentLook.objects.get(student_key=first.pk)
    assert look.person_key == cast["counselor"].pk


def test_a_flag_that_closed_meanwhile_is_told(cast, team, served, as_person):
    one = flag(served[0])
    client = as_person("counselor")
    item = planned(client, team).items.get()
    url = reverse("meeting_item", args=[item.meeting_id, item.pk])
    assert "closed on" not in client.get(url).content.decode()
    one.closed_on = today()
    one.save()
    assert "brought this student here closed on" in client.get(url).content.decode()


def test_a_decision_has_an_adult_of_the_team_and_a_day(cast, team, served, as_person):
    flag(served[0])
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get()
    url = reverse("meeting_item", args=[meeting.pk, item.pk])
    client = as_person("counselor")
    for wrong in (
        {"decision": "Call"},
        {"decision": "Call", "owner": cast["counselor"].pk},
        {"decision": "Call", "due_on": today().isoformat()},
        {"owner": cast["counselor"].pk, "due_on": today().isoformat()},
        # The teacher is a member and does not serve this student.
        {
            "decision": "Call",
            "owner": cast["teacher"].pk,
            "due_on": today().isoformat(),
        },
        {
            "decision": "Call",
            "owner": cast["superintendent"].pk,
            "due_on": today().isoformat(),
        },
    ):
        assert client.post(url, wrong).status_code == 422, wrong
    decide(client, item, cast["principal"])
    item.refresh_from_db()
    assert (item.decision, item.owner) == ("Call on Monday", cast["principal"])


def test_whoever_was_overtaken_is_told_and_overwrites_nothing(
    cast, team, served, as_person
):
    flag(served[0])
    meeting = planned(as_person("counselor"), team)
    item = meeting.items.get()
    decide(as_person("principal"), item, cast["counselor"], "The principal's words")
    answer = as_person("counselor").post(
        reverse("meeting_item", args=[meeting.pk, item.pk]),
        {
            "decision": "Mine",
            "owner": cast["counselor"].pk,
            "due_on": today().isoformat(),
            "seen": "",
        },
        follow=True,
    )
    assert "Nothing of theirs was overwritten" in answer.content.decode()
    item.refresh_from_db()
    assert item.decision == "The principal's words"


def test_a_student_is_taken_off_while_nothing_is_decided(cast, team, served, as_person):
    for student in served[:2]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team)
    first, second = meeting.items.all()
    decide(client, first, cast["counselor"])
    for item in (first, second):
        client.post(reverse("meeting_item", args=[meeting.pk, item.pk]), {"off": 1})
    assert list(meeting.items.all()) == [first]


def test_a_verb_refuses_an_owner_who_does_not_serve(cast, team, served):
    meeting = Meeting.objects.create(team=team, held_on=today())
    item = MeetingItem.objects.create(meeting=meeting, student=served[0], why="added")
    decided = verbs.Decided(decision="x", owner=cast["teacher"], due_on=today())
    with pytest.raises(verbs.NotYours):
        verbs.decide(cast["counselor"], item=item.pk, decided=decided, seen="")


def test_a_decision_is_taken_back(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    item = planned(client, team).items.get()
    decide(client, item, cast["counselor"])
    url = reverse("meeting_item", args=[item.meeting_id, item.pk])
    client.post(url, {"clear": "Something else"})
    item.refresh_from_db()
    assert item.decision == "Call on Monday"
    client.post(url, {"clear": "Call on Monday"})
    item.refresh_from_db()
    assert (item.decision, item.owner, item.due_on) == ("", None, None)


def test_a_meeting_planned_by_mistake_is_removed_until_something_is_decided(
    cast, team, served, as_person
):
    for student in served[:2]:
        flag(student)
    client = as_person("counselor")
    wrong, right = planned(client, team), planned(client, team)
    first = right.items.first()
    decide(client, first, cast["counselor"])
    for one in (wrong, right):
        client.post(reverse("meeting", args=[one.pk]), {"drop": 1})
    assert list(Meeting.objects.all()) == [right]


def test_a_hidden_decision_keeps_a_meeting(cast, team, served, as_person):
    """Also one about a student whom the person does not serve."""
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    decide(client, meeting.items.get(), cast["counselor"])
    as_person("teacher").post(reverse("meeting", args=[meeting.pk]), {"drop": 1})
    assert Meeting.objects.filter(pk=meeting.pk).exists()


def test_notes_of_a_meeting_name_no_student(cast, team, served, as_person):
    meeting = Meeting.objects.create(team=team, held_on=today())
    url = reverse("meeting", args=[meeting.pk])
    client = as_person("counselor")
    answer = client.post(url, {"notes": f"We like {served[0].name}"})
    assert answer.status_code == 422
    client.post(url, {"notes": "We began on time."})
    meeting.refresh_from_db()
    assert meeting.notes == "We began on time."
