"""After a meeting: the letter that names no student, the recap, what is yours."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.due import further_due
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.actions.recap import letter, shares_of
from evenrise.workspace.supports.models import (
    Meeting,
    MeetingItem,
)
from tests.web.supports.a_team import decide, flag, planned, today


pytestmark = pytest.mark.django_db


def test_the_recap_names_no_student_and_goes_out_once(
    cast, team, served, as_person, django_capture_on_commit_callbacks
):
    for student in served[:3]:
        flag(student)
    client = as_person("counselor")
    meeting = planned(client, team)
    items = list(meeting.items.select_related("student"))
    for item in items[:2]:
        decide(client, item, cast["principal"], f"Talk with {item.student.name}")
    decide(client, items[2], cast["counselor"])
    close = reverse("close_meeting", args=[meeting.pk])
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(close)
            client.post(close, {"reopen": 1})
            client.post(close)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        [cast["principal"].email, cast["counselor"].email]
    )
    (told,) = [one for one in mail.outbox if one.to == [cast["principal"].email]]
    whole = f"{told.subject}\n{told.body}"
    assert "2 things are yours" in whole
    assert "2 cosas" in whole
    assert reverse("meeting", args=[meeting.pk]) in whole
    for student in Student.objects.filter(current=True):
        assert student.pk not in whole
        assert student.name not in whole
    assert "Talk with" not in whole
    assert team.name not in whole


def test_a_letter_begins_in_the_persons_language(cast, team, served):
    meeting = Meeting.objects.create(team=team, held_on=dt.date(2026, 5, 4))
    cast["teacher"].keep_language("es")
    MeetingItem.objects.create(
        meeting=meeting,
        student=served[0],
        why="added",
        decision="Call",
        owner=cast["teacher"],
        due_on=dt.date(2026, 5, 11),
    )
    (share,) = shares_of(meeting)
    subject, text = letter(share, meeting)
    assert subject.startswith("Después de")
    assert text.index("1 cosa") < text.index("1 thing is yours")
    assert "11 de mayo de 2026" in text


def test_after_closing_the_page_is_the_recap(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    item = meeting.items.get()
    decide(client, item, cast["counselor"])
    assert not [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    client.post(reverse("close_meeting", args=[meeting.pk]))
    (line,) = [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    assert line.url == reverse("meeting", args=[meeting.pk])
    assert served[0].name not in line.words
    page = client.get(line.url).content.decode()
    assert "Call on Monday" in page
    url = reverse("meeting_item", args=[meeting.pk, item.pk])
    late = client.post(
        url,
        {
            "decision": "Another",
            "owner": cast["counselor"].pk,
            "due_on": today().isoformat(),
            "seen": "Call on Monday",
        },
        follow=True,
    )
    assert "This meeting is closed" in late.content.decode()
    item.refresh_from_db()
    assert item.decision == "Call on Monday"
    client.post(url, {"done": 1})
    assert not [d for d in further_due(cast["counselor"]) if "meeting" in d.words]
    client.post(url, {"undone": 1})
    assert [d for d in further_due(cast["counselor"]) if "meeting" in d.words]


def test_the_log_tells_deeds_and_no_child(cast, team, served, as_person):
    flag(served[0])
    client = as_person("counselor")
    meeting = planned(client, team)
    item = meeting.items.get()
    decide(client, item, cast["counselor"], "Secret words")
    client.post(reverse("close_meeting", args=[meeting.pk]))
    entries = LogEntry.objects.filter(verb__startswith="supports.")
    told = " ".join(f"{e.verb} {e.about_key} {e.details}" for e in entries)
    assert "supports.decide" in told
    assert "supports.close_meeting" in told
    assert "Secret words" not in told
    assert served[0].name not in told
    keys = {e.about_kind for e in entries}
    assert keys <= {"meeting", "meeting_item", "team"}
