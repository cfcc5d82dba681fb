"""Whole plans: begun, copied, under another, set aside; and those to begin with."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import School
from evenrise.workspace.plans.actions import (
    moving,
    plans as verbs,
    reporting,
)
from evenrise.workspace.plans.actions.plans import Begun, PlanSaid
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.starting_plans import starting_plans
from tests.web.plans.a_plan import make_plan, small_content


pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db_district, cast) -> Plan:
    return make_plan(cast)


@pytest.fixture
def lead(cast):
    return cast["superintendent"]


def rung(plan: Plan, key: str) -> Rung:
    return Rung.objects.get(plan=plan, key=key)


def test_a_principal_writes_their_schools_plan_and_no_other(
    db_district, cast, as_person
):
    school = cast["principal"].grants_today[0].school
    other = cast["other_principal"].grants_today[0].school
    told = PlanSaid(title_en="Our plan", title_es="", begins_year=2027, ends_year=2027)
    made = verbs.begin_plan(
        cast["principal"], said=told, school_id=school.pk, begun=Begun()
    )
    assert (made.kind, made.school_id) == ("school", school.pk)
    for place in (None, other.pk):
        with pytest.raises(NotYours):
            verbs.begin_plan(
                cast["principal"], said=told, school_id=place, begun=Begun()
            )
    page = as_person("other_principal").get(reverse("plan", args=[made.slug]))
    assert page.status_code == 200
    assert "Add a" not in page.content.decode()
    url = reverse("rung_new", args=[made.slug]) + "?kind=value"
    assert as_person("other_principal").get(url).status_code == 404
    assert as_person("principal").get(url).status_code == 200


def test_a_plan_begins_in_the_browser(db_district, as_person):
    browser = as_person("superintendent")
    form = browser.get(reverse("plan_new")).context["form"]
    told = {
        "begin": form.fields["begin"].choices[0][0],
        "place": "-",
        "title_en": "Plan",
        "title_es": "Plan",
        "begins_year": 2028,
        "ends_year": 2030,
    }
    page = browser.post(reverse("plan_new"), told, follow=True)
    assert page.status_code == 200
    made = Plan.objects.get()
    assert made.slug == "plan-2"  # "plan" begins addresses of the room
    assert all(one.stale is None for one in made.rungs.all())
    days = made.rungs.exclude(begins_on=None).values_list("begins_on", flat=True)
    assert min(days).year == 2027


def test_a_school_takes_up_the_goals_above_and_both_pages_say_so(plan, cast, as_person):
    school = cast["principal"].grants_today[0].school
    made = verbs.begin_plan(
        cast["principal"],
        said=PlanSaid(
            title_en="Ours",
            title_es="",
            begins_year=2026,
            ends_year=2026,
            parent=plan.slug,
        ),
        school_id=school.pk,
        begun=Begun("above"),
    )
    goal = made.rungs.get()
    assert goal.serves == rung(plan, "g1")
    above = as_person("board").get(reverse("rung", args=[plan.slug, "g1"]))
    assert school.name in above.content.decode()
    below = as_person("board").get(reverse("rung", args=[made.slug, goal.key]))
    assert reverse("rung", args=[plan.slug, "g1"]) in below.content.decode()


def test_a_copy_has_the_words_and_none_of_the_deeds(plan, lead):
    reporting.report_step(lead, plan=plan.slug, key="t1", state="done")
    made = verbs.begin_plan(
        lead,
        said=PlanSaid(title_en="Next", title_es="", begins_year=2029, ends_year=2031),
        school_id=None,
        begun=Begun("plan", plan.slug),
    )
    copied = content_of(made)
    assert {one.state for one in copied.rungs} == {"", "planned"}
    assert all(not one.budget for one in copied.rungs)
    assert copied.rung("t1").begins_on == "2029-01-12"
    assert copied.rung("s1").links == small_content().rung("s1").links


def test_a_plan_does_not_stand_below_itself(plan, lead):
    told = PlanSaid(
        title_en="Next", title_es="", begins_year=2029, ends_year=2031, parent=plan.slug
    )
    below = verbs.begin_plan(lead, said=told, school_id=None, begun=Begun())
    with pytest.raises(InputProblem, match="below itself"):
        verbs.change_plan(
            lead,
            plan=plan.slug,
            said=PlanSaid(
                title_en="x",
                title_es="",
                begins_year=2026,
                ends_year=2028,
                parent=below.slug,
            ),
            seen=Plan.objects.get(pk=plan.pk).version,
        )


def test_a_plan_set_aside_is_read_and_not_written(plan, lead, as_person):
    verbs.set_aside(lead, plan=plan.slug)
    browser = as_person("superintendent")
    assert (
        "was set aside"
        in browser.get(reverse("plan", args=[plan.slug])).content.decode()
    )
    url = reverse("rung_change", args=[plan.slug, "g1"])
    assert browser.get(url).status_code == 404
    with pytest.raises(NotYours):
        moving.remove_rung(lead, plan=plan.slug, key="g1")
    verbs.set_aside(lead, plan=plan.slug, aside=False)
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize("name", ["excellence_through_equity", "school_plan", "lcap"])
def test_starting_plans_are_whole_in_both_languages(name):
    content = starting_plans()[name]
    for one in content.rungs:
        for field in ("title", "text", "theory", "done"):
            both = [getattr(one, f"{field}_{x}") for x in ("en", "es")]
            assert all(both) or not any(both), (one.key, field)
        assert one.title_en
        if one.kind == "goal":
            assert one.theory_en
            assert one.measures
        if one.kind == "step":
            assert one.department
            assert one.done_en
            assert one.begins_on <= one.ends_on
    used = {one.department for one in content.rungs if one.department}
    assert used <= {one.key for one in content.departments}


def test_the_first_starting_plan_has_the_whole_structure():
    content = starting_plans()["excellence_through_equity"]
    kinds = [one.kind for one in content.rungs]
    assert kinds.count("value") >= 4
    assert (kinds.count("priority"), kinds.count("goal")) == (4, 5)
    for goal in [one for one in content.rungs if one.kind == "goal"]:
        strategies = content.children(goal.key)
        assert 4 <= len(strategies) <= 6
        assert all(content.children(one.key) for one in strategies)


def test_no_school_is_named_by_a_starting_plan(db_district):
    names = {one.name for one in School.objects.all()}
    for content in starting_plans().values():
        told = str(content)
        assert not [name for name in names if name in told]


def test_a_principal_fills_a_plan_page_by_page(plan, cast, as_person):
    browser, teacher = as_person("principal"), cast["teacher"]
    school = cast["principal"].grants_today[0].school
    told = {"begin": "above:", "place": school.pk, "parent": plan.slug}
    told |= {"title_en": "Ours", "title_es": "", "begins_year": 2026, "ends_year": 2026}
    made = browser.post(reverse("plan_new"), told, follow=True).context["plan"]

    def add(kind: str, parent: str, **words: object) -> str:
        url = reverse("rung_new", args=[made.slug]) + f"?kind={kind}&parent={parent}"
        page = browser.post(url, words, follow=True)
        assert page.status_code == 200, page.content.decode()
        return str(page.context["page"].rung.key)

    def press(name: str, key: str, **told: object) -> str:
        page = browser.post(reverse(name, args=[made.slug, key]), told, follow=True)
        return str(page.content.decode())

    strategy = add("strategy", "g1", title_en="Meet every week")
    first = add(
        "step", strategy, title_en="Find the hour", department="student-services"
    )
    days = {"begins_on": "2026-01-12", "ends_on": "2026-03-01"}
    second = add(
        "step", strategy, title_en="Meet", owner=teacher.pk, depends=[first], **days
    )
    assert "It is moved." in press("rung_move", second, where="up")
    assert content_of(made).children(strategy)[0].key == second
    assert "Bring it back" in press("rung_remove", first)
    assert "It stands in the plan again." in press("rung_restore", first)
    assert "as it was before" in press(
        "rung_undo", second, seen=rung(made, second).version
    )
    assert [one.key for one in content_of(made).children(strategy)] == [first, second]
    below = press("rung_move", second, parent=first)
    assert "Action step 1.1.1.1" in below
    mine = as_person("teacher").get(reverse("my_steps")).content.decode()
    assert "Meet" in mine
    again = {"title_en": "Ours", "title_es": "Nuestro", "parent": ""}
    again |= {"begins_year": 2026, "ends_year": 2027, "seen": 0}
    url = reverse("plan_change", args=[made.slug])
    assert "changed while you had the page open" in (
        browser.post(url, again).content.decode()
    )
    again["seen"] = Plan.objects.get(pk=made.pk).version
    assert browser.post(url, again).status_code == 302
    assert Plan.objects.get(pk=made.pk).parent is None


@pytest.mark.parametrize(
    "query", ["", "?kind=goal&parent=s1", "?kind=nothing", "?kind=step&parent=gone"]
)
def test_what_does_not_stand_there_is_not_offered(plan, as_person, query):
    url = reverse("rung_new", args=[plan.slug]) + query
    assert as_person("superintendent").get(url).status_code == 404
