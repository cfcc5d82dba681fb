"""Protocols, and meetings of a team by them: nobody but the team meets."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions import meetings as verbs
from evenrise.workspace.cycles.actions.meetings import MeetingSaid
from evenrise.workspace.cycles.models import Cycle, Meeting, MeetingNote
from evenrise.workspace.cycles.protocols import protocols
from evenrise.workspace.cycles.queries.meeting_due import meetings_due
from evenrise.workspace.cycles.queries.meetings import meetings_of_cycle
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Student
from tests.web.cycles.a_cycle import make_cycle


pytestmark = pytest.mark.django_db
OTHERS = ("superintendent", "principal", "counselor", "steward", "cabinet")
KEY = "data-dialogue"


@pytest.fixture
def cycle(db_district, cast) -> Cycle:
    return make_cycle(cast)


@pytest.fixture
def meeting(cycle, cast) -> Meeting:
    said = MeetingSaid(on=timezone.localdate(), question="Who is here on Mondays?")
    return verbs.plan_meeting(cast["teacher"], cycle=cycle.pk, protocol=KEY, said=said)


def test_every_protocol_is_whole():
    assert len(protocols()) >= 5
    for one in protocols().values():
        assert 25 <= one.minutes <= 40
        assert one.norms
        assert len({role.key for role in one.roles}) == len(one.roles) >= 2
        assert all(step.minutes > 0 for step in one.steps)
    assert protocols()["ask-try-study"].minutes == 30


def test_the_cards_are_read_in_both_languages(db_district, as_person):
    for language in ("en", "es"):
        browser = as_person("coach", language)
        page = browser.get(reverse("protocols")).content.decode()
        for key, one in protocols().items():
            assert one.name[language] in page
            card = browser.get(reverse("protocol", args=[key])).content.decode()
            assert all(step.say[language] in card for step in one.steps)
    missing = reverse("protocol", args=["nothing-like-it"])
    assert as_person("coach").get(missing).status_code == 404


def test_a_meeting_is_planned_in_the_browser(cycle, cast, as_person):
    browser = as_person("coach")
    url = reverse("cycle_meeting_new", args=[cycle.pk])
    assert "?protocol=tuning" in browser.get(url).content.decode()
    told = {"on": timezone.localdate(), "role_guide": cast["teacher"].name}
    student = Student.objects.filter(current=True, school=cycle.school).first()
    named = told | {"question": f"{student.given_name} {student.family_name}?"}
    url = f"{url}?protocol={KEY}"
    assert browser.post(url, named).status_code == 422
    assert browser.post(url, told | {"role_guide": "Somebody else"}).status_code == 422
    kept = browser.post(url, told | {"question": "Who is here?"})
    made = Meeting.objects.get()
    assert made.roles == {"guide": cast["teacher"].name}
    page = browser.get(kept.url).content.decode()
    assert cast["teacher"].name in page
    assert "not begun yet" in page


def test_step_by_step_and_back(meeting, cast):
    teacher, key = cast["teacher"], meeting.pk
    verbs.go_to_step(teacher, meeting=key, step=0, seen=-1)
    with pytest.raises(Overtaken):  # a second press does not skip a step
        verbs.go_to_step(cast["coach"], meeting=key, step=0, seen=-1)
    one = verbs.go_to_step(cast["coach"], meeting=key, step=1, seen=0)
    assert one.step == 1
    verbs.go_to_step(teacher, meeting=key, step=0, seen=1)
    with pytest.raises(NotYours):
        verbs.go_to_step(teacher, meeting=key, step=99, seen=0)
    verbs.end_meeting(teacher, meeting=key)
    with pytest.raises(InputProblem):
        verbs.go_to_step(teacher, meeting=key, step=1, seen=0)
    verbs.end_meeting(teacher, meeting=key, ended=False)
    assert verbs.go_to_step(teacher, meeting=key, step=1, seen=0).step == 1


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (0, "3 minutes left"),
        (130, "The last minute"),
        (999, "time of this step is over"),
    ],
)
def test_the_screen_tells_what_is_left_and_names_nobody(
    meeting, cast, as_person, ago, words
):
    verbs.write_note(cast["coach"], meeting=meeting.pk, step=0, text="A quiet note")
    verbs.go_to_step(cast["coach"], meeting=meeting.pk, step=0, seen=-1)
    Meeting.objects.update(step_at=timezone.now() - dt.timedelta(seconds=ago))
    url = reverse("cycle_meeting_screen", args=[meeting.pk])
    page = as_person("teacher").get(url).content.decode()
    shown = page[page.index('id="screen"') :]
    assert words in shown
    assert "Who is here on Mondays?" in shown
    assert "A quiet note" not in page
    assert cast["coach"].name not in page


def test_notes_are_written_changed_removed_and_brought_back(meeting, cast, as_person):
    coach, page = as_person("coach"), reverse("cycle_meeting", args=[meeting.pk])
    assert coach.post(page, {"step": "1", "text": ""}).status_code == 422
    assert coach.post(page, {"step": "77", "text": "x"}).status_code == 404
    coach.post(page, {"step": "1", "text": "Nine of ten were here"})
    note = MeetingNote.objects.get()
    change = reverse("cycle_note_change", args=[note.pk])
    assert as_person("teacher").get(change).status_code == 404  # the coach wrote it
    coach.post(change, {"text": "Eight of ten were here", "seen": note.text})
    assert "Eight of ten" in coach.get(page).content.decode()
    with pytest.raises(Overtaken):
        verbs.change_note(cast["coach"], note=note.pk, text="No", seen="Nine of ten")
    lead = as_person("teacher")  # who leads may remove it, and undo that
    remove = reverse("cycle_note_remove", args=[note.pk])
    lead.post(remove)
    shown = lead.get(page).content.decode()
    assert "Eight of ten" not in shown
    assert "Undo" in shown
    lead.post(remove, {"back": "yes"})
    assert "Eight of ten" in lead.get(page).content.decode()


def test_a_meeting_is_removed_and_brought_back(meeting, as_person):
    browser, url = as_person("teacher"), reverse("cycle_meeting", args=[meeting.pk])
    remove = reverse("cycle_meeting_remove", args=[meeting.pk])
    after = browser.post(remove)
    assert browser.get(url).status_code == 404
    assert "Undo" in browser.get(after.url).content.decode()
    browser.post(remove, {"back": "yes"})
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize("shared", [False, True])
def test_nobody_but_the_team_reads_or_moves_a_meeting(meeting, cast, as_person, shared):
    note = verbs.write_note(cast["coach"], meeting=meeting.pk, step=0, text="Ours")
    if shared:
        Cycle.objects.update(shared_at=timezone.now())
    cycle = Cycle.objects.get()
    for role in OTHERS:
        browser = as_person(role)
        for name in ("cycle_meeting", "cycle_meeting_screen", "cycle_meeting_change"):
            assert browser.get(reverse(name, args=[meeting.pk])).status_code == 404
        for name in ("cycle_meetings", "cycle_meeting_new"):
            assert browser.get(reverse(name, args=[cycle.pk])).status_code == 404
        for name in ("cycle_meeting_step", "cycle_meeting_end", "cycle_meeting_remove"):
            sent = {"to": "0", "seen": "-1"}
            url = reverse(name, args=[meeting.pk])
            assert browser.post(url, sent).status_code == 404
        for name in ("cycle_note_change", "cycle_note_remove"):
            url = reverse(name, args=[note.pk])
            assert browser.post(url, {"text": "x", "seen": "Ours"}).status_code == 404
        assert meetings_of_cycle(cast[role], cycle) is None
    meeting.refresh_from_db()
    assert (meeting.step, meeting.ended_at, meeting.removed_at) == (None, None, None)


def test_who_leaves_the_team_reads_no_more(meeting, cast, as_person):
    meeting.cycle.members.filter(person=cast["coach"]).update(left_at=timezone.now())
    url = reverse("cycle_meeting", args=[meeting.pk])
    assert as_person("coach").get(url).status_code == 404


def test_notes_become_the_cycles_record(meeting, cast):
    verbs.write_note(cast["coach"], meeting=meeting.pk, step=1, text="We saw it")
    part = meetings_of_cycle(cast["teacher"], meeting.cycle)
    assert part.lines[0].notes == (("See", "We saw it"),)


def test_the_start_page_tells_the_teams_next_meeting_to_the_team(meeting, cast):
    for person, number in (("coach", 1), ("principal", 0), ("board", 0)):
        assert len(list(meetings_due(cast[person]))) == number
    verbs.end_meeting(cast["teacher"], meeting=meeting.pk)
    assert not list(meetings_due(cast["coach"]))
