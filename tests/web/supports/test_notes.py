"""Notes, open and restricted: who reads them, asked as everybody of the cast."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.people.access import students_seen_by
from evenrise.workspace.people.actions.tokens import make_token
from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    RoleGrant,
    Roster,
    Section,
    Student,
)
from evenrise.workspace.supports.access import notes_for
from evenrise.workspace.supports.models import Meeting, MeetingItem, Note, Team
from evenrise.workspace.supports.queries.notes import restricted_readers


pytestmark = pytest.mark.django_db

WORDS = "We agreed on a quiet place in the library zq17"
ROLES = (
    "superintendent",
    "cabinet",
    "principal",
    "other_principal",
    "counselor",
    "teacher",
    "coach",
    "steward",
    "board",
    "reviewer",
    "administrator",
)
READ_IT = {"principal", "counselor"}


@pytest.fixture
def student(db_district, cast) -> Student:
    """On the counselor's caseload, and in a section of the teacher's."""
    place = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"]).first()
    section = Section.objects.filter(staff_id=cast["teacher"].staff_id).first()
    Roster.objects.get_or_create(section=section, student_id=place.student_id)
    return Student.objects.get(pk=place.student_id)


@pytest.fixture
def restricted(student, cast) -> Note:
    return Note.objects.create(
        student=student, text=WORDS, restricted=True, by=cast["counselor"]
    )


def seen_as(person, student):
    return students_seen_by(person, timezone.localdate()).filter(pk=student.pk).first()


@pytest.mark.parametrize("role", ROLES)
def test_a_restricted_note_is_read_by_few(restricted, student, cast, as_person, role):
    page = as_person(role).get(reverse("student", args=[student.pk]))
    told = page.content.decode()
    assert (WORDS in told) == (role in READ_IT)
    if role not in READ_IT:
        assert "Restricted" not in told  # not even that there is one


def test_an_open_note_is_read_by_who_supports_the_student(student, cast, as_person):
    Note.objects.create(student=student, text="Open zq18", by=cast["counselor"])
    readers = {
        role
        for role in ROLES
        if "Open zq18"
        in as_person(role).get(reverse("student", args=[student.pk])).content.decode()
    }
    assert readers == {"superintendent", "cabinet", "principal", "counselor", "teacher"}


@pytest.mark.parametrize("role", ROLES)
def test_a_restricted_note_is_nowhere_else(restricted, student, cast, as_person, role):
    team = Team.objects.create(name="A team", school=student.school)
    meeting = Meeting.objects.create(team=team, held_on=timezone.localdate())
    item = MeetingItem.objects.create(meeting=meeting, student=student, why="added")
    client = as_person(role)
    for url in (
        reverse("students") + "?q=zq17",
        reverse("students") + "?q=library",
        reverse("students_file"),
        reverse("meeting", args=[meeting.pk]) + "?q=zq17",
        reverse("meeting_item", args=[meeting.pk, item.pk]),
        reverse("transitions"),
        reverse("families"),
        reverse("add_note", args=[student.pk]),
        reverse("start"),
        reverse("findings") + "?q=zq17",
        reverse("evidence") + "?q=zq17",
    ):
        answer = client.get(url)
        told = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        assert WORDS not in told.decode(), url


def test_no_program_reads_a_note(restricted, student, cast, client, settings):
    settings.DEMO = True
    for role in ("principal", "counselor", "superintendent"):
        _token, key = make_token(
            cast[role],
            name="a test",
            scopes=["students"],
            ends_on=timezone.localdate() + dt.timedelta(days=2),
        )
        for url in (
            reverse("api:students"),
            reverse("api:student", args=[student.pk]),
        ):
            answer = client.get(url, headers={"authorization": f"Bearer {key}"})
            assert answer.status_code == 200
            assert "zq17" not in answer.content.decode()


def test_who_reads_is_said_before_one_writes(student, cast, as_person):
    told = as_person("teacher").get(reverse("add_note", args=[student.pk]))
    page = told.content.decode()
    assert cast["counselor"].name in page
    assert cast["principal"].name in page
    assert cast["other_principal"].name not in page
    assert page.index("Who will read it") < page.index("<textarea")
    assert "as if the student and family read it" in page


@pytest.mark.parametrize("way", ["caseload", "grade", "school", "named", "teaching"])
def test_those_named_are_those_who_read(student, cast, restricted, way):
    """The names beside the form and `notes_for` say the same of everybody."""
    board = cast["board"]
    told = {"begins_on": timezone.localdate(), "origin": "hand", "person": board}
    if way == "caseload":
        RoleGrant.objects.create(role="counselor", scope="caseload", **told)
        mine = Caseload.objects.create(owner=board, name="Mine")
        CaseloadPlace.objects.create(caseload=mine, student=student)
    elif way == "named":
        other = Caseload.objects.get(owner=cast["counselor"])
        RoleGrant.objects.create(
            role="counselor", scope="caseload", caseload=other, **told
        )
    elif way == "teaching":
        RoleGrant.objects.create(
            role="principal", scope="school", school=student.school, **told
        )
        section = Roster.objects.filter(student=student).first().section
        RoleGrant.objects.create(
            role="teacher", scope="section", section=section, **told
        )
    else:
        grade = {"grade": student.grade} if way == "grade" else {}
        RoleGrant.objects.create(
            role="counselor", scope=way, school=student.school, **grade, **told
        )
    named = set(restricted_readers(student))
    Note.objects.filter(pk=restricted.pk).update(by=None)
    reading = set()
    for person in cast.values():
        served = seen_as(person, student)
        if served is not None and notes_for(person, served).exists():
            reading.add(person)
    assert board in reading
    assert {one for one in named if one in cast.values()} == reading


def test_a_grant_that_ended_reads_nothing(student, cast, restricted):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RoleGrant.objects.filter(person=cast["principal"]).update(
        begins_on=yesterday, ends_on=yesterday
    )
    assert cast["principal"] not in set(restricted_readers(student))


@pytest.mark.parametrize("role", ROLES)
def test_a_note_is_withdrawn_by_author_and_leads_who_read_it(
    restricted, student, as_person, role
):
    answer = as_person(role).post(reverse("withdraw_note", args=[restricted.pk]))
    assert answer.status_code == (302 if role in READ_IT else 404)
    restricted.refresh_from_db()
    assert (restricted.withdrawn_at is not None) == (role in READ_IT)


def test_withdrawing_keeps_a_trace_and_tells_nobody(
    restricted, student, cast, as_person
):
    mine = as_person("counselor")
    page = mine.post(reverse("withdraw_note", args=[restricted.pk]), follow=True)
    told = page.content.decode()
    assert WORDS not in told
    assert "is withdrawn. Only you see this" in told
    restricted.refresh_from_db()
    assert restricted.text == WORDS  # kept, for the record
    entry = LogEntry.objects.get(verb="supports.withdraw_note")
    assert (entry.about_kind, entry.about_key) == ("note", str(restricted.pk))
    other = as_person("principal").get(reverse("student", args=[student.pk]))
    assert "is withdrawn" not in other.content.decode()
    mine.post(reverse("withdraw_note", args=[restricted.pk]), {"restore": 1})
    restricted.refresh_from_db()
    assert restricted.withdrawn_at is None


def test_a_lead_who_withdrew_it_does_not_bring_it_back(restricted, student, as_person):
    client = as_person("principal")
    url = reverse("withdraw_note", args=[restricted.pk])
    assert client.post(url).status_code == 302
    assert client.post(url, {"restore": 1}).status_code == 404


def test_the_log_tells_neither_the_words_nor_the_student(student, as_person):
    as_person("teacher").post(
        reverse("add_note", args=[student.pk]), {"text": WORDS, "restricted": "on"}
    )
    note = Note.objects.get()
    assert note.restricted
    entry = LogEntry.objects.get(verb="supports.add_note")
    told = f"{entry.about_key} {entry.details}"
    assert "zq17" not in told
    assert student.pk not in told
    assert "restricted" not in told


@pytest.mark.parametrize("role", ["other_principal", "coach", "steward", "board"])
def test_nobody_else_writes(student, as_person, role):
    url = reverse("add_note", args=[student.pk])
    answer = as_person(role).post(url, {"text": "x"})
    assert answer.status_code == 404
    assert not Note.objects.exists()


def test_an_empty_or_endless_note_is_refused(student, as_person):
    client, url = as_person("teacher"), reverse("add_note", args=[student.pk])
    for text in ("", "   ", "x" * 2001):
        assert client.post(url, {"text": text}).status_code == 422
    assert not Note.objects.exists()


def test_a_note_is_text_and_nothing_else(student, as_person):
    as_person("teacher").post(
        reverse("add_note", args=[student.pk]), {"text": "<script>alert(1)</script>"}
    )
    page = as_person("teacher").get(reverse("student", args=[student.pk]))
    assert "<script>alert(1)" not in page.content.decode()


def test_the_file_of_students_holds_no_column_of_ours(restricted, as_person):
    answer = as_person("principal").get(reverse("students_file"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert not {"note", "notes", "voice", "contact"} & set(rows[0])
