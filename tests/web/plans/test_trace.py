"""The trace: every arrow is there in both directions, and what is missing is said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.insights.actions.recommendations import answer
from evenrise.workspace.insights.models import Recommendation, StandsOn, Start
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.insights.queries.stand import findings_by_key
from evenrise.workspace.plans import further
from evenrise.workspace.plans.actions.linking import (
    bring_link_back,
    stand_on,
    take_link_away,
)
from evenrise.workspace.plans.further import Arrow, offer_arrows
from evenrise.workspace.plans.models import Comment, Edition, Link, Measure
from evenrise.workspace.plans.queries.trace import (
    arrows_of,
    recommended,
)
from evenrise.workspace.plans.queries.trace_due import due_trace
from evenrise.workspace.plans.queries.trace_page import trace_page
from tests.web.plans.a_plan import make_plan, small_content


@pytest.fixture
def plan(cast):
    return make_plan(cast)


@pytest.fixture
def finding(db_district):
    return db_district.pages.main()[0]


@pytest.fixture
def asked(cast, finding):
    """A recommendation to the district, standing on a finding."""
    one = Recommendation.objects.create(
        text_en="Call in the first week.",
        text_es="Llame en la primera semana.",
        en_at=timezone.now(),
        es_at=timezone.now(),
        by=cast["reviewer"],
    )
    StandsOn.objects.create(recommendation=one, finding_key=finding.key)
    return one


def _accept(cast, asked, verdict: str = "accepted") -> None:
    latest = asked.answers.filter(latest=True).first()
    answer(
        cast["superintendent"],
        recommendation=asked.pk,
        verdict=verdict,
        reason="Families told us the same.",
        seen=latest.pk if latest else 0,
        version=asked.version,
    )


def _stand(cast, plan, key: str, value: str) -> int:
    return stand_on(cast["superintendent"], plan=plan, key=key, values=[value])


def _gap(page, key: str) -> list[str]:
    return [one.words for gap in page.gaps if gap.key == key for one in gap.found]


# -- the verbs


def test_a_rung_stands_on_a_finding_in_the_words_of_that_day(cast, plan, finding):
    version = plan.version
    assert _stand(cast, plan, "t1", f"finding|{finding.key}") == 1
    link = Link.objects.get(rung__key="t1")
    assert link.headline_en == finding.headline.en
    assert link.headline_es == finding.headline.es
    assert link.snapshot
    assert plan.version == version + 1 == type(plan).objects.get(pk=plan.pk).version
    assert link.rung.versions.get().content["links"] == []
    entry = LogEntry.objects.order_by("-id").first()
    assert entry.verb == "plans.stand_on"
    # The same once more changes nothing.
    assert _stand(cast, plan, "t1", f"finding|{finding.key}") == 0
    assert plan.version == version + 1


@pytest.mark.parametrize(
    "value",
    ["finding|no-such", "recommendation|999999", "recommendation|x", "theme|no", "x|y"],
)
def test_what_is_not_there_is_not_linked(cast, plan, value):
    with pytest.raises(NotYours):
        _stand(cast, plan, "t1", value)
    assert not Link.objects.filter(rung__key="t1").exists()


def test_only_whoever_writes_the_plan_links(cast, plan, finding):
    for role in ("principal", "board", "reviewer", "teacher"):
        with pytest.raises(NotYours):
            stand_on(cast[role], plan=plan, key="t1", values=[f"finding|{finding.key}"])


def test_taking_a_link_away_is_undone_in_the_same_words(cast, plan, finding):
    _stand(cast, plan, "t1", f"finding|{finding.key}")
    link = Link.objects.get(rung__key="t1")
    Link.objects.filter(pk=link.pk).update(headline_en="As it stood")
    boss = cast["superintendent"]
    take_link_away(boss, plan=plan, key="t1", link=link.pk)
    assert not Link.objects.filter(rung__key="t1").exists()
    bring_link_back(boss, plan=plan, key="t1", kind="finding", to=finding.key)
    assert Link.objects.get(rung__key="t1").headline_en == "As it stood"
    with pytest.raises(NotYours):  # it never stood on this
        bring_link_back(boss, plan=plan, key="t1", kind="theme", to="time")


def test_a_link_of_another_rung_is_not_taken_away(cast, plan):
    link = Link.objects.get(rung__key="s1")
    with pytest.raises(NotYours):
        take_link_away(cast["superintendent"], plan=plan, key="t1", link=link.pk)


def test_another_schools_recommendation_is_not_for_a_schools_plan(cast, plan, asked):
    school = cast["principal"].grants_today[0].school_id
    other = cast["other_principal"].grants_today[0].school_id
    plan.kind, plan.school_id = "school", school
    plan.save()
    asked.school_id = other
    asked.save()
    with pytest.raises(NotYours):
        stand_on(
            cast["principal"],
            plan=plan,
            key="t1",
            values=[f"recommendation|{asked.pk}"],
        )


# -- the star


def test_the_star_comes_from_the_answer_and_goes_with_it(cast, plan, asked):
    _stand(cast, plan, "s1", f"recommendation|{asked.pk}")
    assert recommended(plan) == frozenset()
    _accept(cast, asked)
    assert recommended(plan) == {"s1"}
    _accept(cast, asked, "changed")
    assert recommended(plan) == {"s1"}
    _accept(cast, asked, "declined")
    assert recommended(plan) == frozenset()
    _accept(cast, asked)
    Recommendation.objects.update(withdrawn_at=timezone.now())
    assert recommended(plan) == frozenset()


def test_a_goal_carries_no_star(cast, plan, asked):
    _accept(cast, asked)
    _stand(cast, plan, "g1", f"recommendation|{asked.pk}")
    assert recommended(plan) == frozenset()


# -- the page


def test_every_arrow_from_the_finding_to_the_result(
    cast, plan, asked, finding, monkeypatch
):
    monkeypatch.setattr(further, "_offered", [])
    offer_arrows(lambda _person, _plan: {"t1": [Arrow("cycle", "Six weeks", "/c/1")]})
    _accept(cast, asked)
    _stand(cast, plan, "s1", f"recommendation|{asked.pk}")
    page = trace_page(cast["board"], plan, "en")
    row = next(row for row in page.evidence if row.ground.kind == "recommendation")
    assert row.ground.findings[0].url == reverse("finding", args=[finding.key])
    assert row.ground.said.url == reverse("recommendation", args=[asked.pk])
    assert (row.ground.state, row.ground.reason) == (
        "Accepted",
        "Families told us the same.",
    )
    assert (row.rung.key, row.rung.starred) == ("s1", True)
    assert row.rung.steps == "0 of 2 steps done"
    assert [one.promise for one in row.measures] == ["21.0% to 12.0% by 2027-28"]
    assert [one.url for one in row.led_to] == ["/c/1"]
    assert not page.writes


def test_a_step_stands_through_its_strategy_or_its_goal(cast, plan, finding):
    page = trace_page(cast["superintendent"], plan, "en")
    rows = {row.rung.key: row for goal in page.goals for row in goal.rows}
    assert rows["t1"].through == "Strategy 1.1"
    assert not rows["t1"].missing
    assert page.answer.startswith("2 of 2 action steps stand on evidence.")
    Link.objects.all().delete()
    page = trace_page(cast["superintendent"], plan, "en")
    assert len(_gap(page, "steps")) == 2
    assert "Call on the third day" in _gap(page, "steps")[0]
    # What a priority stands on does not hold a step: it is wanted for everybody.
    _stand(cast, plan, "p1", f"finding|{finding.key}")
    assert len(_gap(trace_page(cast["board"], plan, "en"), "steps")) == 2
    _stand(cast, plan, "g1", f"finding|{finding.key}")
    assert not _gap(trace_page(cast["board"], plan, "en"), "steps")


def test_a_schools_step_stands_through_the_plan_above(cast, plan):
    school = cast["principal"].grants_today[0].school_id
    told = small_content(slug="ours", kind="school", school_id=school, parent=plan.slug)
    own = make_plan(cast, told)
    own.parent = plan
    own.save()
    Link.objects.filter(rung__plan=own).delete()
    principal = cast["principal"]
    assert len(_gap(trace_page(principal, own, "en"), "steps")) == 2
    # The district's strategy stands on a finding, its steps through it.
    own.rungs.filter(key="s1").update(serves=plan.rungs.get(key="t2"))
    page = trace_page(principal, own, "en")
    assert not _gap(page, "steps")
    row = next(r for goal in page.goals for r in goal.rows if r.rung.key == "t1")
    assert row.through == "the plan above"
    Link.objects.all().delete()
    assert len(_gap(trace_page(principal, own, "en"), "steps")) == 2


def test_a_plan_set_aside_is_read_only(cast, plan, as_person, finding):
    plan.set_aside_at = timezone.now()
    plan.save()
    with pytest.raises(NotYours):
        _stand(cast, plan, "t1", f"finding|{finding.key}")
    boss = as_person("superintendent")
    assert boss.get(reverse("link_new", args=[plan.slug, "t1"])).status_code == 404
    assert not trace_page(cast["superintendent"], plan, "en").writes


def test_recommendations_without_an_answer_or_without_a_place(cast, plan, asked):
    boss = cast["superintendent"]
    assert _gap(trace_page(boss, plan, "en"), "unanswered") == [asked.text_en]
    assert list(due_trace(boss)) == []
    _accept(cast, asked)
    page = trace_page(boss, plan, "es")
    assert not _gap(page, "unanswered")
    assert _gap(page, "waiting") == [asked.text_es]
    assert [one.url for one in due_trace(boss)] == ["/plans/together/trace#gaps"]
    assert not list(due_trace(cast["board"]))
    assert not list(due_trace(cast["principal"]))  # it was asked of the district
    _stand(cast, plan, "t2", f"recommendation|{asked.pk}")
    assert not _gap(trace_page(boss, plan, "en"), "waiting")
    assert not list(due_trace(boss))
    # A removed rung holds nothing.
    plan.rungs.filter(key="t2").update(removed_at=timezone.now())
    assert _gap(trace_page(boss, plan, "en"), "waiting") == [asked.text_en]


def test_a_declined_recommendation_waits_for_nothing(cast, plan, asked):
    _accept(cast, asked, "declined")
    page = trace_page(cast["superintendent"], plan, "en")
    assert not _gap(page, "waiting")
    assert not _gap(page, "unanswered")


def test_goals_without_a_measure_and_measures_without_data(cast, plan):
    boss = cast["superintendent"]
    page = trace_page(boss, plan, "en")
    assert not _gap(page, "goals")
    assert not _gap(page, "measures")
    Measure.objects.update(indicator="", title_en="Belonging")
    assert _gap(trace_page(boss, plan, "en"), "measures") == ["Belonging"]
    Measure.objects.update(removed_at=timezone.now())
    assert len(_gap(trace_page(boss, plan, "en"), "goals")) == 1


def test_a_finding_noted_for_a_plan_waits_until_it_is_taken_up(cast, plan, finding):
    boss = cast["superintendent"]
    Start.objects.create(
        kind="plan",
        note="Begin here.",
        by=boss,
        finding_key=finding.key,
        finding_kind=str(finding.kind),
        organization_id=finding.organization_id,
        headline_en=finding.headline.en,
        headline_es=finding.headline.es,
        sentence_en=finding.sentence.en,
        sentence_es=finding.sentence.es,
        snapshot="x",
    )
    assert _gap(trace_page(boss, plan, "en"), "starts") == [finding.headline.en]
    _stand(cast, plan, "s1", f"finding|{finding.key}")
    assert not _gap(trace_page(boss, plan, "en"), "starts")


def test_what_went_away_is_said_and_leads_nowhere(cast, plan, asked, db_district):
    _stand(cast, plan, "s1", f"recommendation|{asked.pk}")
    Recommendation.objects.update(withdrawn_at=timezone.now())
    grounds = {
        one.kind: one
        for one in arrows_of(cast["board"], plan.rungs.get(key="s1")).stands_on
    }
    assert grounds["recommendation"].said.words == asked.text_en
    assert not grounds["recommendation"].said.url
    assert grounds["recommendation"].gone
    # The small plan's finding is of another snapshot.
    assert "gap:chronic_absence:foster" not in findings_by_key(db_district.pages)
    assert grounds["finding"].gone
    assert not grounds["finding"].said.url


def test_a_comment_that_is_not_shown_is_not_told(cast, plan):
    said = _comment(cast, plan)
    _stand(cast, plan, "t1", f"comment|{said.pk}")
    row = trace_page(cast["board"], plan, "en").evidence
    told = [one.ground for one in row if one.ground.kind == "comment"]
    assert told[0].said.words == "Please call earlier."
    Comment.objects.update(refused_at=timezone.now())
    row = trace_page(cast["board"], plan, "en").evidence
    told = [one.ground for one in row if one.ground.kind == "comment"]
    assert told[0].said.words == ""
    assert told[0].gone
    with pytest.raises(NotYours):
        _stand(cast, plan, "t2", f"comment|{said.pk}")


def _comment(cast, plan) -> Comment:
    edition = Edition.objects.create(
        plan=plan,
        number=1,
        state="hearing",
        content=b"",
        digest="",
        made_by=cast["superintendent"],
    )
    return Comment.objects.create(
        edition=edition,
        language="en",
        text="Ana Lopez says: please call earlier.",
        public_text="Please call earlier.",
        name="Ana Lopez",
        heard_by="meeting",
        said_on=dt.date(2026, 2, 4),
        accepted_at=timezone.now(),
    )


# -- in the browser


def test_from_a_finding_into_the_plan_and_back(as_person, plan, finding):
    boss = as_person("superintendent")
    page = boss.get(reverse("finding", args=[finding.key])).content.decode()
    into = reverse("take_up", args=[plan.slug, "finding", finding.key])
    assert into in page
    assert boss.get(into).status_code == 200
    assert boss.post(into, {"rung": ""}).status_code == 422
    answer = boss.post(into, {"rung": "s1"}, follow=True)
    assert "The plan stands on it now." in answer.content.decode()
    page = boss.get(reverse("finding", args=[finding.key])).content.decode()
    assert "Act early" in page
    trace = boss.get(reverse("plan_trace", args=[plan.slug])).content.decode()
    assert reverse("finding", args=[finding.key]) in trace


def test_a_finding_leads_on_through_its_recommendation(
    as_person, cast, plan, asked, finding
):
    _stand(cast, plan, "s1", f"recommendation|{asked.pk}")
    board = as_person("board")
    page = board.get(reverse("finding", args=[finding.key])).content.decode()
    assert "What became of it" in page
    assert "Act early" in page
    assert "through a recommendation" in page
    of_asked = reverse("recommendation", args=[asked.pk])
    page = board.get(of_asked).content.decode()
    assert "Act early" in page
    assert "through a recommendation" not in page


def test_linking_by_search_and_undoing(as_person, plan, asked):
    boss = as_person("superintendent", "es")
    url = reverse("link_new", args=[plan.slug, "t1"])
    page = boss.get(url, {"q": "primera semana"}).content.decode()
    assert asked.text_es in page
    assert asked.text_es not in boss.get(url, {"q": "zzz"}).content.decode()
    assert asked.text_es not in boss.get(url, {"kind": "theme"}).content.decode()
    assert boss.post(url, {}).status_code == 422
    page = boss.post(url, {"what": [f"recommendation|{asked.pk}"]}, follow=True)
    link = Link.objects.get(rung__key="t1")
    remove = reverse("link_remove", args=[plan.slug, "t1", link.pk])
    assert remove in page.content.decode()
    back = reverse("link_back", args=[plan.slug, "t1"])
    assert boss.post(back).status_code == 404
    assert back in boss.post(remove, follow=True).content.decode()
    assert not Link.objects.filter(rung__key="t1").exists()
    boss.post(back)
    assert Link.objects.get(rung__key="t1").key == str(asked.pk)


def test_not_yours_looks_like_not_there(as_person, plan, finding):
    principal = as_person("principal")
    for url in (
        reverse("link_new", args=[plan.slug, "t1"]),
        reverse("link_new", args=["no-such", "t1"]),
        reverse("link_new", args=[plan.slug, "t9"]),
        reverse("take_up", args=[plan.slug, "finding", finding.key]),
    ):
        assert principal.get(url).status_code == 404
    boss = as_person("superintendent")
    take_up = reverse("take_up", args=[plan.slug, "finding", "no-such"])
    assert boss.get(take_up).status_code == 404
    page = principal.get(reverse("plan_trace", args=[plan.slug])).content.decode()
    assert "stands-on" not in page
    assert (
        as_person("teacher").get(reverse("plan_trace", args=["no"])).status_code == 404
    )


def test_queries_do_not_grow_with_the_plan(
    cast, plan, finding, django_assert_max_num_queries
):
    for key in ("t1", "t2", "s1", "g1"):
        _stand(cast, plan, key, f"finding|{finding.key}")
    with django_assert_max_num_queries(22):
        trace_page(cast["board"], plan, "en")
