"""The ladder: plans, rungs, steps, departments; who changes what, what is undone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.plans.actions import (
    departments,
    moving,
    reporting,
    rungs as rung_verbs,
)
from evenrise.workspace.plans.actions.rungs import RungSaid
from evenrise.workspace.plans.models import Department, Plan, Rung, StepReport
from evenrise.workspace.plans.queries.content import content_of
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db_district, cast) -> Plan:
    return make_plan(cast)


@pytest.fixture
def lead(cast):
    return cast["superintendent"]


def rung(plan: Plan, key: str) -> Rung:
    return Rung.objects.get(plan=plan, key=key)


def keys(plan: Plan) -> list[str]:
    return [one.key for one in content_of(plan).rungs]


def said(**words: str) -> RungSaid:
    return RungSaid(words=words)


def test_the_whole_plan_stands_on_one_page(plan, as_person):
    page = as_person("board").get(reverse("plan", args=[plan.slug]))
    text = page.content.decode()
    for words in ("Every child is known", "Students attend", "If adults act", "1.1.2"):
        assert words in text
    assert "Add a step" not in text  # the board reads, and does not write


def test_a_reader_meets_the_other_language_marked(plan, as_person, lead):
    rung_verbs.change_rung(
        lead,
        plan=plan.slug,
        key="g1",
        said=said(title_en="Students attend", title_es=""),
        seen=rung(plan, "g1").version,
    )
    page = as_person("board", "es").get(reverse("rung", args=[plan.slug, "g1"]))
    text = page.content.decode()
    assert '<span lang="en">Students attend</span>' in text
    assert "no está" in text or "todavía" in text or "not written" in text


def test_a_goal_says_how_its_facts_moved_and_what_has_no_data(plan, as_person):
    page = as_person("board").get(reverse("plan", args=[plan.slug]))
    (one,) = page.context["page"].priorities[0].goals[0].measures
    assert one.title == "Chronic absence"
    text = page.content.decode()
    assert f'<a href="{one.url}">Chronic absence</a>: {one.reading}' in text


@pytest.mark.parametrize(
    ("asked", "shown", "left_out"),
    [
        ("q=visit", "Visit at home", "Call on the third day"),
        ("q=tercer", "Call on the third day", "Visit at home"),
        ("q=goal+1", "Visit at home", "Every child is known"),
        ("state=late", "Students attend", "Every child is known"),
        ("person=me", "Call on the third day", "Visit at home"),
        ("department=student-services", "Visit at home", "Every child is known"),
        ("state=done", "Nothing in this plan matches", "Visit at home"),
    ],
)
def test_a_plan_is_searched(plan, as_person, asked, shown, left_out):
    page = as_person("counselor").get(reverse("plan", args=[plan.slug]) + f"?{asked}")
    found = page.content.decode().partition('id="results"')[2]
    assert shown in found
    assert left_out not in found


def test_a_step_that_waits_says_for_which(plan, as_person):
    page = as_person("board").get(reverse("rung", args=[plan.slug, "t2"]))
    assert "It waits for “Call on the third day”, which is not done yet." in (
        page.content.decode()
    )


def test_a_circle_of_steps_is_refused(plan, lead):
    one = rung_verbs.add_rung(
        lead,
        plan=plan.slug,
        kind="step",
        parent="s1",
        said=RungSaid(words={"title_en": "Third"}, depends=("t2",)),
    )
    with pytest.raises(InputProblem, match="Third"):
        rung_verbs.change_rung(
            lead,
            plan=plan.slug,
            key="t1",
            said=RungSaid(words={"title_en": "First"}, depends=(one.key,)),
            seen=rung(plan, "t1").version,
        )
    with pytest.raises(InputProblem):
        rung_verbs.change_rung(
            lead,
            plan=plan.slug,
            key="t1",
            said=RungSaid(words={"title_en": "First"}, depends=("t1",)),
            seen=rung(plan, "t1").version,
        )


def test_who_was_overtaken_loses_nothing_and_overwrites_nothing(plan, lead, as_person):
    seen = rung(plan, "s1").version
    for title in ("Act earlier", "Act at once"):
        told = {"title_en": title, "title_es": "Actuar", "seen": seen}
        page = as_person("superintendent").post(
            reverse("rung_change", args=[plan.slug, "s1"]), told
        )
    assert page.status_code == 422
    assert "Act at once" in page.content.decode()  # what was written is still there
    assert rung(plan, "s1").title_en == "Act earlier"
    with pytest.raises(Overtaken):
        rung_verbs.change_rung(
            lead, plan=plan.slug, key="s1", said=said(title_en="x"), seen=seen
        )


def test_a_change_makes_the_other_language_stale_unless_it_is_small(plan, lead):
    def change(title: str, *, small: bool) -> Rung:
        return rung_verbs.change_rung(
            lead,
            plan=plan.slug,
            key="g1",
            said=RungSaid(words={"title_en": title}, same_meaning=small),
            seen=rung(plan, "g1").version,
        )

    assert change("Students attend.", small=True).stale is None
    assert change("Every student attends", small=False).stale == "es"


def test_a_first_translation_makes_nothing_stale(plan, lead):
    words = {"title_en": "A new value", "title_es": ""}
    one = rung_verbs.add_rung(
        lead, plan=plan.slug, kind="value", parent="", said=RungSaid(words=words)
    )
    assert one.stale == "es"
    again = rung_verbs.change_rung(
        lead,
        plan=plan.slug,
        key=one.key,
        said=RungSaid(words={**words, "title_es": "Un valor nuevo"}),
        seen=one.version,
    )
    assert again.stale is None


def test_the_last_change_is_undone_whole_and_can_come_back(plan, lead):
    before = content_of(plan)
    rung_verbs.change_rung(
        lead,
        plan=plan.slug,
        key="t2",
        said=said(title_en="Visit", title_es="Visitar"),
        seen=rung(plan, "t2").version,
    )
    changed = content_of(plan)
    assert changed.rung("t2").department == ""
    rung_verbs.undo_rung(lead, plan=plan.slug, key="t2", seen=rung(plan, "t2").version)
    assert content_of(plan) == before
    rung_verbs.undo_rung(lead, plan=plan.slug, key="t2", seen=rung(plan, "t2").version)
    assert content_of(plan).rung("t2").title_en == "Visit"


def test_an_undo_leaves_how_far_the_step_is(plan, lead):
    rung_verbs.change_rung(
        lead,
        plan=plan.slug,
        key="t1",
        said=said(title_en="Call"),
        seen=rung(plan, "t1").version,
    )
    reporting.report_step(lead, plan=plan.slug, key="t1", state="done")
    rung_verbs.undo_rung(lead, plan=plan.slug, key="t1", seen=rung(plan, "t1").version)
    assert rung(plan, "t1").state == "done"
    assert StepReport.objects.filter(rung__key="t1").count() == 1


def test_rungs_move_up_and_down_and_back(plan, lead):
    moving.move_rung(lead, plan=plan.slug, key="t2", by=-1)
    assert keys(plan)[-2:] == ["t2", "t1"]
    moving.move_rung(lead, plan=plan.slug, key="t2", by=-1)  # it is the first already
    assert keys(plan)[-2:] == ["t2", "t1"]
    rung_verbs.undo_rung(lead, plan=plan.slug, key="t2", seen=rung(plan, "t2").version)
    assert keys(plan)[-2:] == ["t1", "t2"]


def test_a_step_is_taken_apart_but_never_stands_below_itself(plan, lead):
    moving.put_below(lead, plan=plan.slug, key="t2", parent="t1")
    assert content_of(plan).numbers()["t2"] == "1.1.1.1"
    with pytest.raises(InputProblem, match="below itself"):
        moving.put_below(lead, plan=plan.slug, key="t1", parent="t2")
    with pytest.raises(InputProblem, match="does not stand there"):
        moving.put_below(lead, plan=plan.slug, key="s1", parent="p1")


def test_what_is_removed_comes_back_with_all_below_it(plan, lead, as_person):
    before = content_of(plan)
    moving.remove_rung(lead, plan=plan.slug, key="t1")
    moving.remove_rung(lead, plan=plan.slug, key="g1")
    assert keys(plan) == ["v1", "p1"]
    page = as_person("superintendent").get(reverse("rung", args=[plan.slug, "g1"]))
    assert "Bring it back" in page.content.decode()
    assert as_person("board").get(page.wsgi_request.path).status_code == 404
    with pytest.raises(InputProblem, match="Act early"):
        moving.restore_rung(lead, plan=plan.slug, key="t1")
    moving.restore_rung(lead, plan=plan.slug, key="g1")
    assert keys(plan) == ["v1", "p1", "g1", "s1", "t2"]  # t1 was removed before
    moving.restore_rung(lead, plan=plan.slug, key="t1")
    assert content_of(plan).rungs[-2:] == before.rungs[-2:]


def test_what_was_removed_and_came_back_is_no_change_to_undo(plan, lead):
    rung_verbs.change_rung(
        lead,
        plan=plan.slug,
        key="v1",
        said=said(title_en="Everyone is known", title_es="Conocemos"),
        seen=rung(plan, "v1").version,
    )
    moving.remove_rung(lead, plan=plan.slug, key="v1")
    moving.restore_rung(lead, plan=plan.slug, key="v1")
    rung_verbs.undo_rung(lead, plan=plan.slug, key="v1", seen=rung(plan, "v1").version)
    assert rung(plan, "v1").title_en == "Every child is known"


def test_what_is_looked_for_does_not_change_what_is_counted(plan, as_person, lead):
    reporting.report_step(lead, plan=plan.slug, key="t1", state="done")
    page = as_person("board").get(reverse("plan", args=[plan.slug]) + "?q=visit")
    goal = page.context["page"].priorities[0].goals[0]
    assert (goal.counts.steps, goal.counts.done) == (2, 1)
    assert len(goal.strategies[0].steps) == 1


def test_the_owner_reports_and_takes_it_back(plan, as_person, cast):
    browser = as_person("counselor")
    url = reverse("step_report", args=[plan.slug, "t1"])
    assert (
        browser.post(url, {"state": "begun", "note": "Two schools call."}).status_code
        == 302
    )
    assert rung(plan, "t1").state == "begun"
    stopped = browser.post(url, {"state": "stopped", "note": ""})
    assert "Say why it stopped" in stopped.content.decode()
    latest = StepReport.objects.get(rung__key="t1")
    browser.post(reverse("step_report_back", args=[plan.slug, latest.pk]))
    assert rung(plan, "t1").state == "planned"
    # Another teacher's step, and somebody without a name on it.
    assert as_person("teacher").post(url, {"state": "done"}).status_code == 404
    other = reverse("step_report", args=[plan.slug, "t2"])
    assert browser.post(other, {"state": "done"}).status_code == 404


def test_a_report_names_no_student(plan, as_person, cast, db_district):
    from evenrise.workspace.people.models import CaseloadPlace

    student = CaseloadPlace.objects.filter(caseload__owner=cast["counselor"])[0].student
    url = reverse("step_report", args=[plan.slug, "t1"])
    page = as_person("counselor").post(
        url, {"state": "begun", "note": f"We spoke with {student.name}."}
    )
    assert page.status_code == 422
    assert not StepReport.objects.exists()


def test_a_report_does_not_overtake_who_writes(plan, lead, cast):
    seen = rung(plan, "t1").version
    reporting.report_step(cast["counselor"], plan=plan.slug, key="t1", state="begun")
    rung_verbs.change_rung(
        lead, plan=plan.slug, key="t1", said=said(title_en="Call"), seen=seen
    )
    assert rung(plan, "t1").state == "begun"


def test_my_steps_say_what_is_late_and_what_waits(plan, as_person, cast):
    plan.rungs.filter(key="t2").update(person=cast["counselor"], ends_on=None)
    page = as_person("counselor").get(reverse("my_steps"))
    told = page.context["page"]
    assert [one.title.text for one in told.late] == ["Call on the third day"]
    assert [one.title.text for one in told.waiting] == ["Visit at home"]
    assert told.answer.startswith("2 open steps have your name on them.")
    start = as_person("counselor").get(reverse("start"))
    assert "1 of your action steps is late" in start.content.decode()


def test_departments_are_named_and_kept_while_steps_name_them(plan, lead, cast):
    made = departments.add_department(lead, name_en="Food", name_es="Comedor")
    departments.rename_department(
        lead, key=made.key, name_en="Food services", name_es="Comedores"
    )
    departments.take_department_away(lead, key=made.key)
    with pytest.raises(InputProblem):
        departments.take_department_away(lead, key="student-services")
    with pytest.raises(NotYours):
        departments.add_department(cast["principal"], name_en="x", name_es="x")
    assert set(Department.objects.values_list("key", flat=True)) == {"student-services"}


def test_the_form_of_a_rung_takes_all_it_shows(plan, as_person):
    browser = as_person("superintendent")
    url = reverse("rung_change", args=[plan.slug, "t2"])
    form = browser.get(url).context["form"]
    told = {}
    for field in form:
        value = field.value()
        if value not in (None, "") and field.name != "same_meaning":
            told[field.name] = value
    before = content_of(plan)
    assert browser.post(url, told).status_code == 302
    assert content_of(plan) == before  # saved as it was shown: nothing changed
