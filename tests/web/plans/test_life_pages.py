"""A plan's life in the browser: heard, commented, adopted, compared; by role."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from evenrise.workspace.insights.due import further_due
from evenrise.workspace.insights.models import Theme
from evenrise.workspace.people.models import Student
from evenrise.workspace.plans.actions.adopting import amend
from evenrise.workspace.plans.actions.commenting import hear_comment
from evenrise.workspace.plans.actions.making_editions import Why
from evenrise.workspace.plans.models import Comment, Edition, Rung, WeDid
from evenrise.workspace.plans.queries.comments import waiting_for
from tests.web.plans.a_life import adopted, days_ago, in_hearing, vote, work_digest
from tests.web.plans.a_plan import make_plan, small_content


pytestmark = pytest.mark.django_db
VOTE = {"yes": 5, "no": 0, "abstain": 0, "absent": 2}


@pytest.fixture
def plan(cast, db_district):
    return make_plan(cast)


def seen_in(page) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())
    assert found is not None
    return found[1]


def test_from_draft_to_adopted_in_the_browser(plan, as_person):
    client = as_person("superintendent")
    where = reverse("hearing_open", args=[plan.slug])
    seen = seen_in(client.get(where))
    told = {
        "on": days_ago(2),
        "until": days_ago(1),
        "place_en": "Board room",
        "place_es": "Sala de la junta",
        "seen": seen,
    }
    assert client.post(where, {**told, "until": days_ago(3)}).status_code == 422
    assert client.post(where, told).status_code == 302
    page = client.get(reverse("editions", args=[plan.slug])).content.decode()
    assert "In public hearing" in page
    assert page.count('class="button"') == 1
    client.post(reverse("hearing_close", args=[plan.slug, 1]))
    Rung.objects.filter(key="g1").update(title_es="Todos asisten")
    adopt = reverse("adopt", args=[plan.slug, 1])
    page = client.get(adopt)
    assert "See what changed" in page.content.decode()
    told = {"on": days_ago(0), **VOTE, "seen": seen_in(page)}
    assert client.post(adopt, told).status_code == 422  # what was adopted?
    assert client.post(adopt, {**told, "what": "work"}).status_code == 302
    assert [one.state for one in Edition.objects.all()] == ["adopted", "replaced"]
    page = as_person("board").get(reverse("plan_edition", args=[plan.slug, 2]))
    shown = page.content.decode()
    assert "5 yes, 0 no, 2 absent" in shown
    assert "Students attend" in shown
    assert "Take the vote back" not in shown
    spanish = as_person("board", "es").get(reverse("plan_edition", args=[plan.slug, 2]))
    assert "Todos asisten" in spanish.content.decode()


def test_what_changed_is_read_in_both_languages(plan, cast, as_person):
    lead = cast["superintendent"]
    adopted(lead, plan)
    Rung.objects.filter(key="t1").update(
        title_en="Call on the second day", title_es="Llamar al segundo día"
    )
    Rung.objects.filter(key="t2").update(removed_at="2026-05-01T00:00:00Z")
    amend(
        lead,
        plan=plan,
        why=Why("Sooner.", "Antes."),
        vote=vote(),
        digest=work_digest(plan),
    )
    where = reverse("edition_difference", args=[plan.slug])
    page = as_person("board").get(where, {"from": "1", "to": "2"}).content.decode()
    assert "1 changed" in page
    assert "1 is gone" in page
    assert re.search(r"<del[^>]*><span[^>]*>\[taken out: </span>third", page)
    assert re.search(r"<ins[^>]*><span[^>]*>\[put in: </span>segundo", page)
    assert 'lang="es"' in page
    same = as_person("board").get(where, {"from": "2", "to": "work"}).content.decode()
    assert "Nothing changed." in same
    for asked in ({"from": "9"}, {"to": "x"}, {"from": "1" * 30}):
        assert as_person("board").get(where, asked).status_code == 404


def test_an_edition_shows_its_bytes_and_says_when_they_were_touched(
    plan, cast, as_person
):
    one = adopted(cast["superintendent"], plan)
    where = reverse("plan_edition", args=[plan.slug, 1])
    Rung.objects.filter(plan=plan).delete()
    page = as_person("teacher").get(where).content.decode()
    assert "Call on the third day" in page
    assert "not what was frozen" not in page
    touched = bytes(one.content).replace(b"third", b"fifth")
    Edition.objects.filter(pk=one.pk).update(content=touched)
    assert "not what was frozen" in as_person("teacher").get(where).content.decode()


def test_comments_are_read_by_those_who_write_the_plan_alone(plan, cast, as_person):
    edition = in_hearing(cast["superintendent"], plan)
    hear_comment(
        edition=edition,
        text="<b>More</b> buses",
        language="en",
        name="Rosa Perez",
        reach="555-0100",
        rung_key="g1",
    )
    where = reverse("comments", args=[plan.slug])
    page = as_person("cabinet").get(where).content.decode()
    assert "&lt;b&gt;More" in page
    assert "1 comment waits" in page
    assert [one.url for one in further_due(cast["cabinet"])].count(where) == 1
    for role in ("principal", "board", "teacher", "reviewer"):
        assert as_person(role).get(where).status_code == 404
        open_page = as_person(role).get(reverse("plan_we_did", args=[plan.slug]))
        assert "Rosa" not in open_page.content.decode()
    (one,) = Comment.objects.all()
    page = as_person("cabinet").get(reverse("comment", args=[plan.slug, one.pk]))
    assert "555-0100" in page.content.decode()


def test_a_comment_that_names_a_student_is_shown_in_other_words(plan, cast, as_person):
    edition = in_hearing(cast["superintendent"], plan)
    student = Student.objects.filter(current=True).exclude(given_name="").first()
    assert student is not None
    one = hear_comment(
        edition=edition, text=f"{student.name} waits an hour.", language="en"
    )
    client = as_person("cabinet")
    accept = reverse("comment_accept", args=[plan.slug, one.pk])
    assert client.post(accept, {}).status_code == 422
    told = {"public_text": "One student waits an hour."}
    assert client.post(accept, told).status_code == 302
    page = as_person("board").get(reverse("plan_we_did", args=[plan.slug]))
    assert "One student waits" in page.content.decode()
    assert student.name not in page.content.decode()


def test_you_said_we_did(plan, cast, as_person):
    edition = in_hearing(cast["superintendent"], plan)
    client = as_person("cabinet")
    theme = Theme.objects.order_by("place").first()
    assert theme is not None
    entered = {
        "text": "Más consejeros",
        "language": "es",
        "heard_by": "meeting",
        "said_on": days_ago(1),
        "rung_key": "g1",
        "theme": theme.pk,
    }
    where = reverse("comment_new", args=[plan.slug])
    assert client.post(where, {**entered, "rung_key": "zz"}).status_code == 422
    assert client.post(where, entered).status_code == 302
    assert len(waiting_for(plan)[0]) == 1
    new = reverse("we_did_new", args=[plan.slug])
    assert client.post(new, {"changed": "no", "text_en": "No"}).status_code == 422
    (one,) = edition.comments.all()
    told = {
        "comments": [one.pk],
        "changed": "yes",
        "rung": "t1",
        "text_en": "We added a step.",
    }
    assert client.post(new, told).status_code == 302
    assert waiting_for(plan) == ([], [])
    answer = WeDid.objects.get()
    page = as_person("board").get(reverse("plan_we_did", args=[plan.slug]))
    assert "not in Spanish yet" in page.content.decode()
    assert "Más consejeros" in page.content.decode()
    change = reverse("we_did_change", args=[plan.slug, answer.pk])
    told["text_es"] = "Agregamos un paso."
    assert client.post(change, told).status_code == 302
    answer.refresh_from_db()
    assert answer.en_at == answer.es_at  # a translation of what stands
    client.post(reverse("we_did_back", args=[plan.slug, answer.pk]))
    assert len(waiting_for(plan)[0]) == 1
    client.post(reverse("we_did_back", args=[plan.slug, answer.pk]), {"restore": 1})
    assert waiting_for(plan) == ([], [])


def test_an_answer_by_theme_answers_its_comments(plan, cast, as_person):
    edition = in_hearing(cast["superintendent"], plan)
    theme = Theme.objects.order_by("place").first()
    assert theme is not None
    edition.comments.create(
        language="en",
        text="Buses",
        heard_by="letter",
        said_on=days_ago(1),
        theme=theme,
        accepted_at="2026-05-01T00:00:00Z",
    )
    told = {"theme": theme.pk, "changed": "no", "text_en": "Not this year: cost."}
    client = as_person("superintendent")
    client.post(reverse("we_did_new", args=[plan.slug]), told)
    assert waiting_for(plan) == ([], [])


def test_a_comment_of_another_plan_is_not_there(plan, cast, as_person):
    other = make_plan(cast, replace(small_content(), slug="other"))
    edition = in_hearing(cast["superintendent"], other)
    one = hear_comment(edition=edition, text="Hello", language="en")
    client = as_person("superintendent")
    assert client.get(reverse("comment", args=[plan.slug, one.pk])).status_code == 404
    for verb in ("comment_accept", "comment_refuse", "comment_again"):
        url = reverse(verb, args=[plan.slug, one.pk])
        assert client.post(url, {"why": "x"}).status_code == 404


def test_what_waits_stands_on_the_start_page(plan, cast, as_person):
    lead = cast["superintendent"]
    where = reverse("editions", args=[plan.slug])
    one = in_hearing(lead, plan)
    assert where not in [due.url for due in further_due(lead)]
    Edition.objects.filter(pk=one.pk).update(hearing_until=days_ago(1))
    assert where in [due.url for due in further_due(lead)]
    assert where not in [due.url for due in further_due(cast["principal"])]


def test_a_reason_that_names_a_student_is_refused(plan, cast, as_person):
    adopted(cast["superintendent"], plan)
    student = Student.objects.filter(current=True).exclude(given_name="").first()
    assert student is not None
    client = as_person("superintendent")
    where = reverse("amend", args=[plan.slug])
    told = {
        "why_en": f"Because of {student.name}.",
        "why_es": "Antes.",
        "on": days_ago(0),
        **VOTE,
        "seen": seen_in(client.get(where)),
    }
    page = client.post(where, told)
    assert page.status_code == 422
    assert "names a student" in page.content.decode()


@pytest.mark.parametrize("number", ["0", "999999999999999999999999"])
def test_strange_numbers_are_not_there(plan, as_person, number):
    client = as_person("superintendent")
    for path in ("editions/{}", "comments/{}", "reviews/{}", "we-did/{}"):
        page = client.get(f"/plans/{plan.slug}/{path.format(number)}")
        assert page.status_code == 404, path


def test_a_plan_of_four_hundred_steps_is_read_and_compared(cast, as_person, settings):
    small = small_content()
    steps = [
        replace(one, key=f"x{n}", depends=(), links=(), measures=())
        for n in range(400)
        for one in small.rungs
        if one.key == "t1"
    ]
    content = replace(small, slug="long", rungs=(*small.rungs, *steps))
    long = make_plan(cast, content)
    adopted(cast["superintendent"], long)
    Rung.objects.filter(plan=long, kind="step").update(title_en="Call sooner")
    client = as_person("board")
    page = client.get(reverse("plan_edition", args=["long", 1])).content.decode()
    assert page.count("Call on the third day") == 401 + 1  # t2 waits for the first
    where = reverse("edition_difference", args=["long"])
    assert client.get(where).content.decode().count("<h3>") == 402
