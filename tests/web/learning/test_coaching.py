"""Coaching: the two alone, asked as everybody of the cast and as an attacker."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.checks import addresses
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.access import coached_now, coaching_of
from evenrise.workspace.learning.actions import coaching as verbs
from evenrise.workspace.learning.models import Coaching, CoachingNote
from evenrise.workspace.people.actions.tokens import make_token
from evenrise.workspace.people.models import Person, RoleGrant, School, Student
from evenrise.workspace.people.tokens import TokenScope
from tests.web.learning.a_coaching import GOAL, SEEN, make_coaching
from tests.web.learning.a_map import make_map


pytestmark = pytest.mark.django_db

OTHERS = (
    "superintendent",
    "cabinet",
    "principal",
    "other_principal",
    "counselor",
    "steward",
    "board",
    "reviewer",
    "administrator",
)
TWO = ("coach", "teacher")


@pytest.fixture
def coaching(db_district, cast) -> Coaching:
    return make_coaching(cast)


def plain_addresses() -> list[str]:
    """Every address of the application that takes no argument."""
    return [
        f"/{route}" for route, _pattern in addresses() if not set(route) & set("<(^$\\")
    ]


def aim(**changed) -> verbs.Aim:
    told = {
        "goal": "Students ask the questions",
        "component": None,
        "begins_on": timezone.localdate(),
        "ends_on": None,
    }
    return verbs.Aim(**(told | changed))


def form_of(cast, other, **changed) -> dict[str, object]:
    told = {
        "mine": "coached",
        "other": cast[other].pk,
        "goal": "Students ask the questions",
        "begins_on": timezone.localdate().isoformat(),
    }
    return told | changed


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_opens_or_changes_it(coaching, as_person, role):
    client = as_person(role)
    note = coaching.notes.first()
    for name, arguments in (
        ("coaching", [coaching.pk]),
        ("coaching_change", [coaching.pk]),
        ("coaching_note_new", [coaching.pk]),
        ("coaching_note_change", [coaching.pk, note.pk]),
    ):
        answer = client.get(reverse(name, args=arguments))
        assert answer.status_code == 404, name
        assert "zq7" not in answer.content.decode()
        sent = client.post(
            reverse(name, args=arguments),
            {"text": "x", "kind": "feedback", "goal": "x", "on": "2026-01-01"},
        )
        assert sent.status_code in (404, 405), name
    for name, arguments in (
        ("coaching_agree", [coaching.pk]),
        ("coaching_decline", [coaching.pk]),
        ("coaching_close", [coaching.pk]),
        ("coaching_note_remove", [coaching.pk, note.pk]),
    ):
        assert client.post(reverse(name, args=arguments)).status_code == 404, name
    coaching.refresh_from_db()
    assert coaching.closed_at is None
    assert coaching.removed_at is None
    assert coaching.notes.filter(text=SEEN, removed_at=None).count() == 2


@pytest.mark.parametrize("role", TWO)
def test_the_two_read_it(coaching, as_person, role):
    page = as_person(role).get(reverse("coaching", args=[coaching.pk]))
    told = page.content.decode()
    assert told.count(SEEN) == 2
    assert GOAL in as_person(role).get(reverse("coaching_cycles")).content.decode()


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_without_arguments_tells_of_it(coaching, cast, as_person, role):
    """Every address that takes nothing: lists, start pages, files, searches."""
    client = as_person(role)
    looked = 0
    for url in plain_addresses():
        answer = client.get(f"{url}?q=zq71&words=zq71")
        body = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )
        told = body.decode("utf-8", "replace")
        assert SEEN not in told, url
        assert GOAL not in told, url
        looked += 1
    assert looked > 40


def test_no_program_and_no_log_tells_of_it(coaching, cast, client, as_person):
    as_person("coach").post(
        reverse("coaching_note_new", args=[coaching.pk]),
        {
            "kind": "feedback",
            "on": timezone.localdate().isoformat(),
            "text": "Warm and clear zq72",
        },
    )
    assert CoachingNote.objects.filter(text="Warm and clear zq72").exists()
    for entry in LogEntry.objects.all():
        said = f"{entry.verb} {entry.about_key} {entry.details}"
        assert "zq7" not in said
        assert cast["teacher"].name not in said
    _token, key = make_token(
        cast["principal"],
        name="a test",
        scopes=[scope.value for scope in TokenScope],
        ends_on=timezone.localdate() + dt.timedelta(days=2),
    )
    programs = [url for url in plain_addresses() if url.startswith("/api/")]
    assert programs
    for url in programs:
        answer = client.get(url, headers={"authorization": f"Bearer {key}"})
        assert "zq7" not in answer.content.decode("utf-8", "replace"), url


def test_an_administrator_with_powers_reads_nothing(coaching, cast, as_person):
    client = as_person("administrator")
    client.post(reverse("powers"), {"reason": "I look around", "minutes": 30})
    for key in (coaching.pk, 999_999):
        answer = client.get(reverse("coaching", args=[key]))
        assert answer.status_code == 404
    assert "zq7" not in client.get(
        reverse("person", args=[cast["teacher"].pk])
    ).content.decode("utf-8", "replace")


def test_asked_agreed_written_closed(db_district, cast, as_person, settings):
    teacher, coach = as_person("teacher"), as_person("coach")
    answer = teacher.post(reverse("coaching_new"), form_of(cast, "coach"))
    one = Coaching.objects.get()
    assert answer.url == reverse("coaching", args=[one.pk])
    assert (one.coach, one.colleague) == (cast["coach"], cast["teacher"])
    note = reverse("coaching_note_new", args=[one.pk])
    told = {
        "kind": "observation",
        "on": timezone.localdate().isoformat(),
        "text": "Ten questions came from students.",
    }
    early = teacher.post(note, told)
    assert early.status_code == 422
    assert "before you two have agreed" in early.content.decode()
    agree = reverse("coaching_agree", args=[one.pk])
    assert teacher.post(agree).status_code == 404  # the one who asked waits
    assert cast["teacher"].name in coach.get(reverse("start")).content.decode()
    assert coach.post(agree).status_code == 302
    assert coach.post(note, told).status_code == 302
    page = teacher.get(reverse("coaching", args=[one.pk])).content.decode()
    assert "Ten questions came from students." in page
    assert page.index("Write feedback") < page.index("Write a reflection")
    close = reverse("coaching_close", args=[one.pk])
    teacher.post(close)
    assert "closed" in coach.post(note, told).content.decode()
    assert CoachingNote.objects.count() == 1
    coach.post(close, {"reopen": "1"})
    assert coach.post(note, told).status_code == 302


def test_the_letter_says_neither_who_nor_what(
    db_district, cast, as_person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        as_person("teacher").post(reverse("coaching_new"), form_of(cast, "coach"))
    (letter,) = mail.outbox
    assert letter.to == [cast["coach"].email]
    assert cast["teacher"].name not in letter.body
    assert "questions" not in letter.body


@pytest.mark.parametrize("role", ["principal", "superintendent", "cabinet"])
def test_who_leads_the_colleague_does_not_coach_them(
    db_district, cast, as_person, role
):
    lead = as_person(role)
    answer = lead.post(
        reverse("coaching_new"), form_of(cast, "teacher", mine="coaches")
    )
    assert answer.status_code == 422
    assert "cannot be their coach" in answer.content.decode()
    answer = as_person("teacher").post(reverse("coaching_new"), form_of(cast, role))
    assert answer.status_code == 422
    assert not Coaching.objects.exists()


def test_principals_of_two_schools_coach_each_other(db_district, cast):
    one = verbs.ask_coaching(
        cast["principal"],
        coach=cast["other_principal"],
        colleague=cast["principal"],
        aim=aim(),
    )
    verbs.agree_coaching(cast["other_principal"], coaching=one.pk)
    assert coached_now(cast["other_principal"], timezone.localdate()).get() == one


def test_a_coach_who_comes_to_lead_reads_no_more(coaching, cast, as_person):
    school = cast["principal"].grants_today[0].school
    RoleGrant.objects.create(
        person=cast["coach"],
        role="principal",
        scope="school",
        school=school,
        begins_on=timezone.localdate(),
        origin="hand",
    )
    client = as_person("coach")
    assert client.get(reverse("coaching", args=[coaching.pk])).status_code == 404
    assert SEEN not in client.get(reverse("coaching_cycles")).content.decode()
    note = coaching.notes.get(by=cast["coach"])
    now_lead = Person.objects.get(pk=cast["coach"].pk)
    assert not coached_now(now_lead, timezone.localdate()).exists()
    with pytest.raises(NotYours):
        verbs.remove_coaching_note(now_lead, note=note.pk)
    teacher = as_person("teacher")
    page = teacher.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "does not read this any more" in page
    told = {"kind": "next", "on": timezone.localdate().isoformat(), "text": "x"}
    url = reverse("coaching_note_new", args=[coaching.pk])
    assert teacher.post(url, told).status_code == 422


def test_nobody_asks_in_the_name_of_two_others(db_district, cast):
    with pytest.raises(NotYours):
        verbs.ask_coaching(
            cast["principal"], coach=cast["coach"], colleague=cast["teacher"], aim=aim()
        )
    with pytest.raises(NotYours):
        verbs.ask_coaching(
            cast["teacher"], coach=cast["board"], colleague=cast["teacher"], aim=aim()
        )
    with pytest.raises(InputProblem):
        verbs.ask_coaching(
            cast["teacher"], coach=cast["teacher"], colleague=cast["teacher"], aim=aim()
        )


def test_a_note_is_its_writers_to_change_and_remove(coaching, cast, as_person):
    note = coaching.notes.get(by=cast["coach"])
    change = reverse("coaching_note_change", args=[coaching.pk, note.pk])
    remove = reverse("coaching_note_remove", args=[coaching.pk, note.pk])
    teacher, coach = as_person("teacher"), as_person("coach")
    assert teacher.get(change).status_code == 404
    assert teacher.post(remove).status_code == 404
    coach.post(
        change,
        {"kind": "feedback", "on": timezone.localdate().isoformat(), "text": "Better"},
    )
    note.refresh_from_db()
    assert (note.text, note.kind) == ("Better", "feedback")
    coach.post(remove)
    page = teacher.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "Better" not in page
    assert "removed" not in page
    mine = coach.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "Bring it back" in mine
    coach.post(remove, {"restore": "1"})
    page = teacher.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "Better" in page


def test_two_who_change_the_goal_at_once_lose_nothing(coaching, as_person):
    url = reverse("coaching_change", args=[coaching.pk])
    told = {"begins_on": timezone.localdate().isoformat(), "seen": GOAL}
    assert as_person("coach").post(url, {**told, "goal": "First"}).status_code == 302
    late = as_person("teacher").post(url, {**told, "goal": "Second"})
    assert late.status_code == 422
    coaching.refresh_from_db()
    assert coaching.goal == "First"


def test_a_question_can_be_declined_and_taken_back(db_district, cast, as_person):
    for role in TWO:
        one = make_coaching(cast, agreed_at=None)
        url = reverse("coaching_decline", args=[one.pk])
        assert as_person(role).post(url).status_code == 302
        assert not coaching_of(cast["coach"]).exists()
    agreed = make_coaching(cast)
    as_person("coach").post(reverse("coaching_decline", args=[agreed.pk]))
    assert coaching_of(cast["coach"]).get() == agreed


def test_a_students_name_is_refused(coaching, cast, as_person):
    school = cast["principal"].grants_today[0].school_id
    child = Student.objects.filter(current=True, school=school).first()
    answer = as_person("coach").post(
        reverse("coaching_note_new", args=[coaching.pk]),
        {
            "kind": "feedback",
            "on": timezone.localdate().isoformat(),
            "text": f"{child.given_name} {child.family_name} spoke up.",
        },
    )
    assert answer.status_code == 422
    assert coaching.notes.count() == 2


def test_a_note_is_text_and_nothing_else(coaching, as_person):
    coach = as_person("coach")
    coach.post(
        reverse("coaching_note_new", args=[coaching.pk]),
        {
            "kind": "feedback",
            "on": timezone.localdate().isoformat(),
            "text": "<script>alert(1)</script>",
        },
    )
    page = coach.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert School.objects.exists()


def test_a_goal_on_the_map_leads_to_placing(coaching, cast, as_person):
    used = make_map(cast)
    component = used.components.first()
    Coaching.objects.filter(pk=coaching.pk).update(component=component)
    url = reverse("coaching", args=[coaching.pk])
    seen = reverse("place_colleague", args=[coaching.pk, used.slug])
    mine = reverse("place_myself", args=[used.slug])
    coach = as_person("coach").get(url).content.decode()
    assert (seen in coach, mine in coach) == (True, False)
    teacher = as_person("teacher").get(url).content.decode()
    assert (seen in teacher, mine in teacher) == (False, True)
    form = as_person("coach").get(reverse("coaching_new")).content.decode()
    assert component.name_en in form


def test_spanish_pages_stand_in_spanish(coaching, as_person):
    client = as_person("coach", "es")
    page = client.get(reverse("coaching", args=[coaching.pk])).content.decode()
    assert "Acompañamiento" in page
    assert "Escribir retroalimentación" in page
