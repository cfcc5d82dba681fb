"""Practices: made of an adopted cycle, with honest evidence, private cycles untold."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions import practices as verbs
from evenrise.workspace.cycles.actions.practices import PracticeSaid
from evenrise.workspace.cycles.models import Cycle, CycleState, Practice
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Student
from tests.web.cycles.a_cycle import make_cycle


pytestmark = pytest.mark.django_db


def said(**changed: str) -> PracticeSaid:
    names = ("title", "text", "context")
    fields = [f"{name}_{language}" for name in names for language in ("en", "es")]
    told = dict.fromkeys(fields, "") | {
        "title_en": "Greet by name",
        "title_es": "Saludar por su nombre",
    }
    return PracticeSaid(words=told | changed)


def decided(cast, state: CycleState, **changed: object) -> Cycle:
    return make_cycle(
        cast,
        state=state,
        reason="Six weeks told enough.",
        decided_on=timezone.localdate(),
        **changed,
    )


def shared(cast, state: CycleState) -> Cycle:
    return decided(
        cast, state, shared_at=timezone.now(), shared_by=cast["teacher"], text_en="Rose"
    )


@pytest.fixture
def practice(db_district, cast) -> Practice:
    cycle = shared(cast, CycleState.ADOPTED)
    return verbs.make_practice(cast["teacher"], cycle=cycle.pk, said=said())


def page_of(browser, one: Practice) -> str:
    return browser.get(reverse("practice", args=[one.slug])).content.decode()


def test_a_practice_comes_from_an_adopted_cycle_of_ones_own_team(db_district, cast):
    adopted = shared(cast, CycleState.ADOPTED)
    for person, problem in (("principal", NotYours), ("board", NotYours)):
        with pytest.raises(problem):
            verbs.make_practice(cast[person], cycle=adopted.pk, said=said())
    for state in (CycleState.RUNNING, CycleState.ABANDONED):
        other = decided(cast, state)
        with pytest.raises(InputProblem):
            verbs.make_practice(cast["teacher"], cycle=other.pk, said=said())
    made = verbs.make_practice(
        cast["teacher"], cycle=adopted.pk, said=said(), ask_me=True
    )
    again = verbs.make_practice(cast["teacher"], cycle=adopted.pk, said=said())
    assert (made.slug, again.slug) == ("greet-by-name", "greet-by-name-2")
    assert list(made.people.all()) == [cast["teacher"]]
    assert made.stale is None


def test_the_page_tells_where_it_held_and_where_not(practice, cast, as_person):
    assert "no proof yet" in page_of(as_person("board"), practice)
    for state in (CycleState.ABANDONED, CycleState.ADAPTED):
        verbs.add_tried(
            cast["teacher"], slug=practice.slug, cycle=shared(cast, state).pk, note=""
        )
    page = page_of(as_person("board"), practice)
    assert "3 cycles tried this. Of these, 1 adopted it, 1 adapted it and" in page
    assert page.index("Where it held<") < page.index("Where it did not hold")
    assert "Rose" in page


def test_a_private_cycle_is_counted_and_nothing_else_is_told(practice, cast, as_person):
    hidden = decided(cast, CycleState.ABANDONED, title_en="The secret try")
    verbs.add_tried(
        cast["teacher"], slug=practice.slug, cycle=hidden.pk, note="our own note"
    )
    for role in ("superintendent", "principal", "board", "steward"):
        page = page_of(as_person(role), practice)
        assert "2 cycles tried this. Of those that you may read, 1 adopted" in page
        assert "1 more cycle is private" in page
        for told in ("The secret try", "our own note", "abandoned it", "did not hold<"):
            assert told not in page
    own = page_of(as_person("coach"), practice)
    assert "The secret try" in own
    assert "1 abandoned it" in own


def test_a_removed_cycle_is_no_evidence(practice, cast, as_person):
    Cycle.objects.update(removed_at=timezone.now())
    assert "No cycle stands behind" in page_of(as_person("teacher"), practice)


def test_only_ones_own_cycle_is_added_once_and_taken_off(practice, cast):
    coach, teacher = cast["coach"], cast["teacher"]
    cycle = shared(cast, CycleState.ABANDONED)
    told = {"slug": practice.slug, "cycle": cycle.pk, "note": ""}
    with pytest.raises(NotYours):
        verbs.add_tried(cast["principal"], **told)
    tried = verbs.add_tried(coach, **told)
    with pytest.raises(InputProblem):
        verbs.add_tried(teacher, **told)
    with pytest.raises(NotYours):
        verbs.take_tried(cast["superintendent"], slug=practice.slug, tried=tried.pk)
    verbs.take_tried(teacher, slug=practice.slug, tried=tried.pk)
    with pytest.raises(InputProblem):  # the cycle behind it stays
        verbs.take_tried(teacher, slug=practice.slug, tried=practice.tried.get().pk)


def test_who_changes_it_and_what_meanwhile_changed(practice, cast):
    slug = practice.slug
    with pytest.raises(NotYours):  # a superior of the school, but not of the team
        verbs.change_practice(cast["principal"], slug=slug, said=said(), seen=1)
    verbs.change_practice(
        cast["coach"], slug=slug, said=said(text_en="At the door"), seen=1
    )
    with pytest.raises(Overtaken):
        verbs.change_practice(cast["teacher"], slug=slug, said=said(), seen=1)
    practice.refresh_from_db()
    assert practice.text_en == "At the door"
    assert practice.stale == "es"


def test_people_are_asked_by_their_own_word(practice, cast, as_person):
    url = reverse("practice_ask", args=[practice.slug])
    as_person("counselor").post(url)
    name = cast["counselor"].name
    assert name in page_of(as_person("board"), practice)
    as_person("counselor").post(url, {"no_longer": "yes"})
    assert name not in page_of(as_person("board"), practice)
    assert as_person("board").post(url).status_code == 404


def test_retired_and_back(practice, cast, as_person):
    browser = as_person("teacher")
    url = reverse("practice_retire", args=[practice.slug])
    assert browser.post(url, {"why": ""}).status_code == 422
    browser.post(url, {"why": "A better one took its place."})
    assert "A better one took its place." in page_of(as_person("board"), practice)
    page = browser.get(reverse("practices")).content.decode()
    assert page.index("Retired practices") < page.index("Greet by name")
    with pytest.raises(InputProblem):
        verbs.add_tried(
            cast["teacher"],
            slug=practice.slug,
            cycle=shared(cast, CycleState.ADAPTED).pk,
            note="",
        )
    browser.post(reverse("practice_back", args=[practice.slug]))
    practice.refresh_from_db()
    assert practice.retired_at is None


def test_a_practice_is_made_in_the_browser(db_district, cast, as_person):
    cycle, browser = shared(cast, CycleState.ADOPTED), as_person("teacher", "es")
    page = browser.get(reverse("practice_new")).content.decode()
    assert f"?cycle={cycle.pk}" in page
    url = f"{reverse('practice_new')}?cycle={cycle.pk}"
    form = browser.get(url).context["form"]
    assert form.initial["title_es"] == "Un saludo en la puerta"
    told = {"title_es": "Saludo", "material_1": "Hoja", "address_1": "javascript:x"}
    assert browser.post(url, told).status_code == 422
    student = Student.objects.filter(current=True, school=cycle.school).first()
    named = told | {
        "address_1": "https://example.org/hoja",
        "text_es": f"{student.given_name} {student.family_name} llegó",
    }
    assert browser.post(url, named).status_code == 422
    kept = browser.post(url, named | {"text_es": "Saludamos", "ask_me": "on"})
    made = Practice.objects.get()
    assert kept.url == reverse("practice", args=[made.slug])
    assert made.materials == [{"name": "Hoja", "url": "https://example.org/hoja"}]
    page = browser.get(kept.url).content.decode()
    assert "Un ciclo" not in page
    assert "1 ciclo probó esto." in page


def test_the_list_is_searched_and_chosen_by_school(practice, cast, as_person):
    browser, url = as_person("board"), reverse("practices")
    school = Cycle.objects.get().school_id

    def titles(**asked: str) -> list[str]:
        page = browser.get(url, asked).context["page"]
        return [one.title.text for one in page.lines]

    assert titles() == titles(q="GREET") == titles(school=school) == ["Greet by name"]
    assert titles(q="saludar") == ["Greet by name"]
    assert titles(q="nothing like it") == titles(school="no-school") == []
    Cycle.objects.update(shared_at=None)  # a private cycle's school is not told
    assert titles(school=school) == []
    assert titles() == ["Greet by name"]
