"""Places to learn from, and visits that stay their writer's until shared."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.cycles.actions import visits as verbs
from evenrise.workspace.cycles.actions.visits import Spot, VisitSaid
from evenrise.workspace.cycles.demo_visits import place_visits
from evenrise.workspace.cycles.guide import questions
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import School, Student
from tests.web.cycles.a_cycle import home_of
from tests.web.cycles.a_spot import SENTENCE, spot_shown


pytestmark = pytest.mark.django_db
OTHERS = ("superintendent", "principal", "coach", "board", "steward")


@pytest.fixture
def school(db_district, cast) -> School:
    return School.objects.get(pk=home_of(cast))


@pytest.fixture
def spot(school):
    with spot_shown(school) as key:
        yield key


@pytest.fixture
def visit(school, cast) -> SpotVisit:
    place = Spot(finding_key="bright_spot:x", school_id=school.pk, snapshot="s")
    said = VisitSaid(
        on=timezone.localdate(),
        language="en",
        answers={"believe": "They expect essays", "no-such-question": "x"},
        hypothesis="A second try counts",
    )
    return verbs.write_visit(cast["teacher"], spot=place, said=said)


def test_none_found_is_told_as_an_answer(db_district, as_person):
    page = as_person("board").get(reverse("spots"))
    assert page.context["page"].lines == ()
    assert page.context["page"].none
    assert "an answer too" in page.content.decode()


def test_a_place_is_told_with_its_years_and_caveats(spot, school, as_person):
    browser = as_person("board")
    page = browser.get(reverse("spots")).content.decode()
    assert SENTENCE in page
    assert "Held in 2 of 3 years looked at: 2023-24 and 2025-26." in page
    one = browser.get(reverse("spot", args=[spot])).content.decode()
    assert SENTENCE in one
    assert "Look again on the next year." in one
    assert "students learn here." in one
    assert all(question.ask.en in one for question in questions())
    assert reverse("visit_new", args=[spot]) not in one  # the board reads alone
    missing = reverse("spot", args=["bright_spot:nothing"])
    assert browser.get(missing).status_code == 404


def test_a_finding_of_another_kind_is_no_place_to_learn_from(db_district, as_person):
    gap = current_pages().findings(kind="gap")[0]
    url = reverse("spot", args=[gap.key])
    assert as_person("superintendent").get(url).status_code == 404


def test_a_visit_is_written_in_the_browser(spot, school, cast, as_person):
    browser, url = as_person("coach", "es"), reverse("visit_new", args=[spot])
    today = timezone.localdate()
    assert browser.post(url, {"on": today}).status_code == 422  # nothing was seen
    assert browser.post(url, {"on": today, "language": "es"}).status_code == 422
    seen = {"on": today, "q_believe": "Esperan ensayos", "language": "es"}
    assert browser.post(url, seen | {"language": "xx"}).status_code == 422
    later = seen | {"on": today + dt.timedelta(days=3)}
    assert browser.post(url, later).status_code == 422
    student = Student.objects.filter(current=True, school=school).first()
    name = f"{student.given_name} {student.family_name}"
    assert browser.post(url, seen | {"hypothesis": name}).status_code == 422
    kept = browser.post(url, seen)
    made = SpotVisit.objects.get()
    assert (made.school_id, made.by) == (school.pk, cast["coach"])
    page = browser.get(kept.url).content.decode()
    assert "Esperan ensayos" in page
    assert f"?visit={made.pk}" in page
    assert made.language == "es"
    assert 'lang="es">Esperan' not in page  # the page itself is in Spanish


def test_what_visitors_wrote_carries_its_language(visit, as_person):
    as_person("teacher").post(reverse("visit_share", args=[visit.pk]))
    url = reverse("visit", args=[visit.pk])
    spanish = as_person("coach", "es")
    page = spanish.get(url).content.decode()
    assert 'lang="en"><p>They expect essays' in page
    assert '<span lang="en">A second try counts</span>' in page
    there = spanish.get(reverse("spots")).content.decode()
    assert '<span lang="en">A second try counts</span>' in there
    english = as_person("principal").get(url).content.decode()
    assert "<span>A second try counts</span>" in english
    SpotVisit.objects.filter(pk=visit.pk).update(language="")  # of an earlier time
    assert 'lang=""' not in spanish.get(url).content.decode()


def test_the_demo_visits_the_place_that_the_review_found(spot, school, cast, as_person):
    on = timezone.localdate()
    made = place_visits(current_pages(), on, cast)
    assert [(one.language, one.by) for one in made] == [
        ("en", cast["coach"]),
        ("es", cast["counselor"]),
    ]
    known = {question.key for question in questions()}
    for one in made:
        assert (one.finding_key, one.school_id) == (spot, school.pk)
        assert one.on < on
        assert one.hypothesis
        assert {"doubt"} < set(one.answers) <= known
    page = as_person("board").get(reverse("spot", args=[spot])).content.decode()
    assert made[0].hypothesis in page
    assert f'<span lang="es">{made[1].hypothesis}</span>' in page
    assert place_visits(current_pages(), on, cast) == ()


def test_where_no_place_was_found_nobody_visited_one(db_district, cast):
    assert place_visits(db_district.pages, db_district.as_of, cast) == ()


def test_a_visit_is_its_writers_until_shared(visit, cast, as_person):
    url = reverse("visit", args=[visit.pk])
    for role in OTHERS:
        browser = as_person(role)
        assert browser.get(url).status_code == 404
        assert (
            "A second try counts" not in browser.get(reverse("spots")).content.decode()
        )
        for name in ("visit_share", "visit_remove", "visit_change"):
            sent = reverse(name, args=[visit.pk])
            assert browser.post(sent).status_code == 404
    as_person("teacher").post(reverse("visit_share", args=[visit.pk]))
    for role in OTHERS:
        assert as_person(role).get(url).status_code == 200
        with pytest.raises(NotYours):
            verbs.share_visit(cast[role], visit=visit.pk, shared=False)
    as_person("teacher").post(reverse("visit_share", args=[visit.pk]), {"back": "yes"})
    assert as_person("principal").get(url).status_code == 404


def test_a_place_that_is_gone_keeps_its_visits(visit, as_person):
    url = reverse("spot", args=[visit.finding_key])
    assert as_person("principal").get(url).status_code == 404
    page = as_person("teacher").get(url).content.decode()
    assert "no longer name this place" in page
    assert "A second try counts" in page


def test_a_visit_is_changed_removed_and_brought_back(visit, as_person):
    browser = as_person("teacher")
    assert visit.answers == {"believe": "They expect essays"}
    change = reverse("visit_change", args=[visit.pk])
    form = browser.get(change).context["form"]
    assert form.initial["language"] == "en"
    told = {"on": visit.on, "q_help": "Help within the lesson", "language": "en"}
    browser.post(change, told)
    visit.refresh_from_db()
    assert visit.answers == {"help": "Help within the lesson"}
    remove, url = (reverse(name, args=[visit.pk]) for name in ("visit_remove", "visit"))
    after = browser.post(remove)
    assert browser.get(url).status_code == 404
    assert "Undo" in browser.get(after.url).content.decode()
    browser.post(remove, {"back": "yes"})
    assert browser.get(url).status_code == 200
