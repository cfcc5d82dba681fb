"""One support for many students: from a list, from a file; the menu and its texts."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.people.models import CaseloadPlace, Student
from evenrise.workspace.supports.actions import menu as verbs
from evenrise.workspace.supports.actions.bringing import bring_file
from evenrise.workspace.supports.actions.file_rows import (
    SESSION_COLUMNS,
    SUPPORT_COLUMNS,
)
from evenrise.workspace.supports.models import (
    EffectSet,
    Flag,
    Session,
    Support,
    SupportKind,
)
from evenrise.workspace.supports.starting_menu import ensure_menu


KEYS = {
    "check_in",
    "homework_club",
    "honors_lunch",
    "small_group_reading",
    "math_lab",
    "mentoring",
    "attendance_letters",
    "restorative_circle",
    "home_visit",
    "language_lab",
}


@pytest.fixture
def counselor(db_district, cast):
    ensure_menu()
    return cast["counselor"]


@pytest.fixture
def served(counselor):
    places = CaseloadPlace.objects.filter(
        caseload__owner=counselor, student__current=True
    )
    return [place.student_id for place in places.order_by("student_id")[:5]]


@pytest.fixture
def elsewhere(cast, counselor):
    other = cast["other_principal"].grants_today[0].school_id
    return Student.objects.filter(school=other, current=True).first().pk


def _plan(browser, keys, kind="mentoring"):
    address = reverse("bulk_supports")
    page = browser.post(address, {"students": keys, "kind": kind})
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    told = {k: v for k, v in told.items() if v is not None and v is not False}
    return page, {
        **told,
        "goal": "Somebody to talk to.",
        "students": keys,
        "kind": kind,
        "begin": "yes",
    }


def test_one_plan_begins_for_many_and_is_taken_back_as_one(as_person, served):
    browser = as_person("counselor")
    page, told = _plan(browser, served)
    assert page.status_code == 200
    assert not Support.objects.exists()  # seen first, written then
    answer = browser.post(reverse("bulk_supports"), told)
    assert answer.status_code == 302
    made = list(Support.objects.all())
    assert {one.student_id for one in made} == set(served)
    assert len({(one.owner_id, one.review_on, one.batch) for one in made}) == 1
    after = browser.get(answer.headers["location"]).content.decode()
    undo = reverse("undo_batch", args=[made[0].batch])
    assert undo in after
    browser.post(undo)
    assert not Support.objects.exists()


def test_who_has_it_already_is_left_alone_and_told(as_person, served):
    browser = as_person("counselor")
    _page, told = _plan(browser, served[:2])
    browser.post(reverse("bulk_supports"), told)
    _page, told = _plan(browser, served)
    answer = browser.post(reverse("bulk_supports"), told, follow=True)
    assert "2 students have this support already" in answer.content.decode()
    assert Support.objects.count() == len(served)


def test_nobody_adds_a_student_who_is_not_theirs(as_person, served, elsewhere):
    browser = as_person("counselor")
    told = {"students": [*served, elsewhere], "kind": "mentoring"}
    assert browser.post(reverse("bulk_supports"), told).status_code == 404
    _page, told = _plan(browser, served)
    told["students"] = [*served, elsewhere]
    assert browser.post(reverse("bulk_supports"), told).status_code == 404
    assert not Support.objects.exists()


def test_the_list_can_be_narrowed_to_an_open_flag(as_person, served):
    Flag.objects.all().delete()
    today = timezone.localdate()
    for key, closed in ((served[0], None), (served[1], today)):
        Flag.objects.create(
            student_id=key,
            domain="course",
            level=1,
            rule_set="abc",
            opened_on=today,
            seen_on=today,
            closed_on=closed,
        )
    page = as_person("counselor").get(
        reverse("bulk_supports"), {"flag": "course", "caseload": "all"}
    )
    assert [one.student_id for one in page.context["students"]] == [served[0]]
    assert page.context["students"][0].flags == "Courses"


def test_someone_elses_batch_cannot_be_undone(as_person, served):
    browser = as_person("counselor")
    _page, told = _plan(browser, served)
    browser.post(reverse("bulk_supports"), told)
    undo = reverse("undo_batch", args=[Support.objects.first().batch])
    assert as_person("principal").post(undo).status_code == 404
    assert Support.objects.count() == len(served)


def _file(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _support_row(key, **more):
    begins = timezone.localdate() - dt.timedelta(weeks=20)
    return {
        "student_id": key,
        "support": "homework_club",
        "begins_on": begins.isoformat(),
        "sessions_planned": "24",
        **more,
    }


def test_a_file_is_written_whole_or_not_at_all(counselor, served, elsewhere):
    rows = [
        _support_row(served[0]),
        _support_row(served[1], support="no_such"),
        _support_row(elsewhere),
        _support_row(served[2], begins_on="8/1/2026"),
        _support_row(served[3], ended_on="2026-11-01", ended_how="bored"),
        _support_row(served[0]),
        _support_row(served[4], owner_staff_id="nobody"),
    ]
    tried = bring_file(counselor, text=_file(SUPPORT_COLUMNS, rows), write=True)
    assert [(one.line, one.column) for one in tried.problems] == [
        (3, "support"),
        (4, "student_id"),
        (5, "begins_on"),
        (6, "ended_how"),
        (7, "begins_on"),
        (8, "owner_staff_id"),
    ]
    assert not Support.objects.exists()


def test_supports_and_their_sessions_come_in(as_person, counselor, served):
    browser, address = as_person("counselor"), reverse("bring_supports")
    rows = [
        _support_row(served[0], goal="=HYPERLINK(1)"),
        _support_row(served[1], ended_on="2026-10-30", ended_how="stopped"),
    ]
    text = _file(SUPPORT_COLUMNS, rows)
    tried = browser.post(address, {"file": SimpleUploadedFile("s.csv", text.encode())})
    assert tried.status_code == 200
    assert not Support.objects.exists()
    answer = browser.post(address, {"text": text, "add": "yes"}, follow=True)
    assert "2 supports were begun together." in answer.content.decode()
    one = Support.objects.get(student_id=served[0])
    assert one.sessions_planned == 24
    assert one.owner == counselor

    day = one.begins_on + dt.timedelta(days=3)
    told = {
        "student_id": served[0],
        "support": "homework_club",
        "begins_on": one.begins_on.isoformat(),
    }
    sessions = [
        {**told, "held_on": day.isoformat(), "delivered": "true", "minutes": "45"},
        {
            **told,
            "held_on": (day + dt.timedelta(days=1)).isoformat(),
            "delivered": "false",
            "why_not": "absent",
        },
    ]
    text = _file(SESSION_COLUMNS, sessions)
    browser.post(address, {"text": text, "add": "yes"})
    found = Session.objects.order_by("held_on").values_list("delivered", "minutes")
    assert list(found) == [(True, 45), (False, None)]
    again = browser.post(address, {"text": text, "add": "yes"})
    assert again.status_code == 422  # the same file twice adds nothing
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    "text", ["", "student_id,support\n1,check_in\n", "\x00\x01", "a" * 200_000]
)
def test_what_is_no_such_file_is_told_in_a_sentence(as_person, counselor, text):
    answer = as_person("counselor").post(
        reverse("bring_supports"), {"text": text, "add": "yes"}
    )
    assert answer.status_code == 422
    assert not Support.objects.exists()


def test_the_starting_menu_is_placed_once_and_a_changed_one_stays(db_district, cast):
    SupportKind.objects.all().delete()
    ensure_menu()
    assert set(SupportKind.objects.values_list("key", flat=True)) == KEYS
    for kind in SupportKind.objects.all():
        kind.full_clean(exclude=["made_by"])
        assert kind.name["es"] != kind.name["en"]
    verbs.change_kind(
        cast["cabinet"], key="check_in", told={"name_en": "Morning hello"}
    )
    SupportKind.objects.filter(key="home_visit").delete()
    ensure_menu()
    assert SupportKind.objects.count() == len(KEYS) - 1
    assert SupportKind.objects.get(key="check_in").name_en == "Morning hello"


def test_a_support_of_the_menu_needs_both_languages(as_person, counselor):
    browser = as_person("superintendent")
    told = {
        "name_en": "Walking club",
        "name_es": "",
        "about_en": "We walk.",
        "about_es": "Caminamos.",
        "for_whom_en": "All.",
        "area": "wellbeing",
        "tier": 1,
        "evidence": "none",
        "sessions_a_week": "1",
        "minutes": 30,
        "weeks": 10,
    }
    refused = browser.post(reverse("add_kind"), told)
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"name_es", "for_whom_es"}
    told |= {"name_es": "Club de caminata", "for_whom_es": "Todos."}
    browser.post(reverse("add_kind"), told)
    made = SupportKind.objects.get(key="walking_club")
    shown = as_person("teacher", "es").get(reverse("kind", args=[made.key]))
    assert "Club de caminata" in shown.content.decode()
    browser.post(reverse("retire_kind", args=[made.key]), {"retire": "yes"})
    begin = as_person("counselor").get(reverse("bulk_supports"))
    assert "walking_club" not in dict(begin.context["kinds"])


def test_spanish_is_spoken_on_every_page_of_care(as_person, counselor, served):
    browser = as_person("counselor", "es")
    pages = {
        reverse("supports"): "¿Qué me toca hacer esta semana?",
        reverse("menu"): "¿Qué apoyos ofrece el distrito",
        reverse("bulk_supports"): "¿Qué estudiantes inician juntos un apoyo?",
        reverse("begin_support", args=[served[0]]): "¿Qué apoyo le conviene a",
    }
    for address, question in pages.items():
        assert question in browser.get(address).content.decode(), address


def test_the_menu_says_what_our_own_numbers_tell(as_person, counselor):
    today = timezone.localdate()
    sentence = {"en": "It helped by 4 points.", "es": "Ayudó 4 puntos."}
    told = {"support": "check_in", "n_given": 60, "sentence": sentence}
    few = {"support": "mentoring", "n_given": 10, "sentence": sentence}
    EffectSet.objects.all().delete()
    EffectSet.objects.create(snapshot="a", as_of=today, content=[told, few])
    browser = as_person("teacher")
    shown = browser.get(reverse("kind", args=["check_in"])).content.decode()
    assert "It helped by 4 points." in shown
    hidden = browser.get(reverse("kind", args=["mentoring"])).content.decode()
    assert "It helped by 4 points." not in hidden
    assert "cannot tell yet" in hidden
