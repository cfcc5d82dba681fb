"""Measures: promised from facts, read each year, answered where the light is red."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from evenrise.findings.promises.model import Label
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.foundation.models import LogEntry
from evenrise.workspace.plans.content import GroupPromise, MeasureContent
from evenrise.workspace.plans.models import Measure, RedLightAnswer
from evenrise.workspace.plans.queries.content import content_of, measure_content
from evenrise.workspace.plans.queries.promising import beginning_of
from evenrise.workspace.plans.queries.readings import (
    indicators_to_promise,
    read_measure,
    readings_of_plan,
)
from tests.web.plans.a_plan import make_plan, small_content


INDICATOR = "d_f_rate"
GROUP = ("low_income", "low_income")


@pytest.fixture
def plan(cast):
    return make_plan(cast)


@pytest.fixture
def pages(cast):
    return current_pages()


def begins(pages, year=2023):
    found = beginning_of(pages, INDICATOR, pages.district.organization_id, year)
    assert found is not None
    return found


def start(pages, year=2023):
    return next(
        one for one in begins(pages, year).starts if (one.family, one.group) == GROUP
    )


def asked(pages, **changed):
    """What a person would send: two points better for all, half of the gap."""
    first = begins(pages)
    told = {
        "indicator": INDICATOR,
        "place": "",
        "year": 2023,
        "target": round(first.share * 100 - 2, 1),
        "target_year": 2027,
        "gap_low_income__low_income": round(start(pages).gap * 50, 1),
        "seen": 1,
        "title_en": "",
        "title_es": "",
    }
    return {**told, **changed}


def new_url(plan, key="g1"):
    return reverse("measure_new", args=[plan.slug, key])


def one_url(plan, measure, name="measure"):
    return reverse(name, args=[plan.slug, "g1", measure])


def test_a_promise_takes_its_baseline_from_the_facts(as_person, plan, pages):
    client = as_person("superintendent")
    page = client.get(new_url(plan), {"indicator": INDICATOR, "year": 2023})
    assert page.status_code == 200
    assert '<option value="2028" selected>' in page.content.decode()  # the plan's end
    before = plan.version
    sent = client.post(new_url(plan), {**asked(pages), "baseline": "99"})
    assert sent.status_code == 302, sent.content.decode()
    kept = Measure.objects.get(rung__plan=plan, indicator=INDICATOR)
    assert kept.baseline == pytest.approx(begins(pages).share, abs=1e-6)
    assert kept.groups[0]["baseline_gap"] == pytest.approx(start(pages).gap, abs=1e-6)
    assert kept.definition_version == 1 or kept.definition_version is not None
    plan.refresh_from_db()
    assert plan.version == before + 1
    assert kept.rung.versions.count() == 1
    entry = LogEntry.objects.get(verb="plans.add_measure")
    assert entry.about_key == f"together/g1/{kept.key}"
    told = client.get(sent["Location"]).content.decode()
    assert "is the promise being kept?" in told
    assert told.count('data-say="') > 4
    assert "/indicators/d_f_rate" in told


WRONG = [
    ({"target": 99}, "Less is better here: the target must be below the baseline"),
    ({"gap_low_income__low_income": "90"}, "Write a gap for"),
    ({"gap_low_income__low_income": ""}, "name a group"),
    ({"target_year": 2023}, "2022-23"),
    ({"indicator": "no_such_indicator"}, "Say what is to be measured"),
]


@pytest.mark.parametrize(("changed", "words"), WRONG[:3])
def test_a_promise_that_is_none_is_refused_in_a_sentence(
    as_person, plan, pages, changed, words
):
    sent = as_person("superintendent").post(new_url(plan), asked(pages, **changed))
    assert sent.status_code == 422
    assert words in sent.content.decode()
    assert not Measure.objects.filter(indicator=INDICATOR).exists()


def test_two_targets_that_ask_the_others_to_fall_are_refused(as_person, plan, pages):
    """Hardly better for all, yet the gap gone: only a fall of the others gives that."""
    first = begins(pages)
    told = asked(
        pages,
        target=round(first.share * 100 - 0.1, 1),
        gap_low_income__low_income="0",
    )
    sent = as_person("superintendent").post(new_url(plan), told)
    assert sent.status_code == 422
    assert "all other students lose ground" in sent.content.decode()


def test_a_group_that_is_hidden_is_not_offered(as_person, plan, pages):
    found = begins(pages)
    hidden = [one for one in found.starts if one.hidden]
    assert hidden
    page = as_person("superintendent").get(
        new_url(plan), {"indicator": INDICATOR, "year": 2023}
    )
    for one in hidden:
        assert f"gap_{one.family}__{one.group}" not in page.content.decode()


def test_a_measure_without_an_indicator_says_that_it_has_no_data(as_person, plan):
    client = as_person("superintendent")
    sent = client.post(
        new_url(plan), {"title_en": "Families who feel welcome", "seen": 1}
    )
    assert sent.status_code == 302
    page = client.get(sent["Location"]).content.decode()
    assert "No data" in page
    assert "No indicator is chosen yet" in page
    nothing = client.post(new_url(plan), {"seen": 1})
    assert nothing.status_code == 422


def test_changed_taken_out_and_brought_back(as_person, plan, pages):
    client = as_person("superintendent")
    client.post(new_url(plan), asked(pages))
    kept = Measure.objects.get(indicator=INDICATOR)
    form = client.get(one_url(plan, kept.key, "measure_change"))
    assert f'value="{asked(pages)["target"]}"' in form.content.decode()
    kept.rung.refresh_from_db()
    told = asked(pages, target=1.0, seen=kept.rung.version)
    old = client.post(one_url(plan, kept.key, "measure_change"), {**told, "seen": 0})
    assert old.status_code == 422  # somebody changed it since
    sent = client.post(one_url(plan, kept.key, "measure_change"), told)
    assert sent.status_code in {302, 422}
    gone = client.post(one_url(plan, kept.key, "measure_remove"), follow=True)
    assert "taken out of the plan" in gone.content.decode()
    assert client.get(one_url(plan, kept.key)).status_code == 404
    assert INDICATOR not in str(content_of(plan))
    client.post(one_url(plan, kept.key, "measure_restore"))
    assert client.get(one_url(plan, kept.key)).status_code == 200


def red_measure(plan, pages, **changed):
    """A promise that the facts do not keep: a far target that was due already."""
    first = begins(pages)
    told = {
        "rung": plan.rungs.get(key="g1"),
        "key": "m9",
        "indicator": INDICATOR,
        "definition_version": first.version,
        "baseline_year": 2022,
        "baseline": begins(pages, 2022).share,
        "target": 0.0,
        "target_year": 2025,
        "groups": [{"family": GROUP[0], "group": GROUP[1]}],
    }
    return Measure.objects.create(**{**told, **changed})


def test_a_red_light_waits_until_it_is_answered_in_writing(as_person, plan, pages):
    red = red_measure(plan, pages)
    client = as_person("superintendent")
    assert "Red light: answer in writing" in client.get("/start").content.decode()
    page = client.get(one_url(plan, "m9")).content.decode()
    assert "It waits for a written answer" in page
    assert "target for 2024-25 was not reached" in page
    url = one_url(plan, "m9", "red_light_answer")
    empty = client.post(url, {"year": 2025, "text_en": "", "text_es": ""})
    assert empty.status_code == 422
    words = "Every ninth grader gets a second chance at each test."
    client.post(url, {"year": 2025, "text_en": words, "text_es": ""})
    assert "Red light: answer in writing" not in client.get("/start").content.decode()
    page = client.get(one_url(plan, "m9")).content.decode()
    assert words in page
    assert "It waits for a written answer" not in page
    answer = RedLightAnswer.objects.get(measure=red)
    spanish = client.get(one_url(plan, "m9"), headers={"Accept-Language": "es"})
    assert '<div lang="en">' in spanish.content.decode()
    client.post(reverse("red_light_answer_back", args=[plan.slug, answer.pk]))
    page = client.get(one_url(plan, "m9")).content.decode()
    assert "It waits for a written answer" in page
    again = reverse("red_light_answer_back", args=[plan.slug, answer.pk])
    assert client.post(again).status_code == 404


def test_no_light_no_answer(as_person, plan, pages):
    red_measure(plan, pages, target_year=2032, target=begins(pages, 2022).share - 0.001)
    reading = read_measure(
        measure_content(Measure.objects.get(key="m9")), pages, plan.school_id or ""
    )
    assert not reading.red
    sent = as_person("superintendent").post(
        one_url(plan, "m9", "red_light_answer"), {"year": 2025, "text_en": "We will."}
    )
    assert sent.status_code == 422
    assert not RedLightAnswer.objects.exists()


def test_an_answer_that_names_a_student_is_refused(as_person, plan, pages):
    from evenrise.workspace.people.models import Student

    red_measure(plan, pages)
    family, given = (
        Student.objects.filter(current=True)
        .order_by("pk")
        .first()
        .sort_name.split(", ")
    )
    sent = as_person("superintendent").post(
        one_url(plan, "m9", "red_light_answer"),
        {"year": 2025, "text_en": f"We help {given.title()} {family.title()}."},
    )
    assert sent.status_code == 422
    assert not RedLightAnswer.objects.exists()


@pytest.mark.parametrize("role", ["teacher", "board", "principal"])
def test_who_does_not_write_the_plan_meets_nothing(as_person, plan, pages, role):
    red_measure(plan, pages)
    client = as_person(role)
    for url in (
        new_url(plan),
        one_url(plan, "m9", "measure_change"),
        one_url(plan, "m9", "measure_remove"),
        one_url(plan, "m9", "red_light_answer"),
    ):
        assert client.post(url, {"year": 2025, "text_en": "x"}).status_code in {
            403,
            404,
        }
    assert Measure.objects.get(key="m9").removed_at is None


def test_another_plans_measure_cannot_be_reached_through_mine(
    as_person, cast, plan, pages
):
    red_measure(plan, pages)
    other = make_plan(cast, small_content(slug="another"))
    url = reverse("measure", args=[other.slug, "g1", "m9"])
    assert as_person("superintendent").get(url).status_code == 404


def test_all_measures_of_a_plan_on_one_page(as_person, plan, pages):
    red_measure(plan, pages)
    client = as_person("board")
    page = client.get(reverse("plan_measures", args=[plan.slug])).content.decode()
    assert "Is the plan keeping its promises?" in page
    assert "Red light" in page
    assert "waits for a written answer" in page
    assert "Take it out" not in page


def test_a_reading_needs_no_more_than_the_page_store_it_is_given(plan, pages):
    content = content_of(plan)
    nothing = readings_of_plan(content, None)["g1"]["m1"]
    assert nothing.label is Label.NO_DATA
    measure = MeasureContent(
        key="m2",
        indicator=INDICATOR,
        baseline_year=2022,
        baseline=begins(pages, 2022).share,
        target=0.01,
        target_year=2027,
        groups=(GroupPromise(family=GROUP[0], group=GROUP[1]),),
    )
    read = read_measure(measure, pages)
    assert [one.year for one in read.years] == [2023, 2024, 2025]
    assert read.has_data
    assert read.sentence.en != read.sentence.es
    unknown = replace(measure, groups=(GroupPromise(family="tall", group="very"),))
    assert read_measure(unknown, pages).latest.groups[0].label is Label.NO_DATA
    for odd in (
        {"target_year": 9999},
        {"baseline_year": 12},
        {"baseline": float("nan"), "target": float("inf")},
        {"baseline": 21.0},  # per cent where a share is meant
    ):
        doubted = read_measure(replace(measure, **odd), pages)
        assert "beyond belief" in doubted.notes[0].en
    elsewhere = replace(measure, organization_id="no-such-school")
    assert read_measure(elsewhere, pages).label is Label.NO_DATA


def test_a_principal_promises_for_their_own_school(as_person, cast, pages):
    school = cast["principal"].grants_today[0].school_id
    told = small_content(slug="our-school", kind="school", school_id=school)
    own = make_plan(cast, told)
    client = as_person("principal")
    known = [
        (one.key, year)
        for one in indicators_to_promise(pages)
        for year in pages.years_of(one.key, school)
        if (found := beginning_of(pages, one.key, school, year))
        and not any(start.behind for start in found.starts)
        and 0.02 < found.share < 0.98
    ]
    indicator, year = known[0]
    first = beginning_of(pages, indicator, school, year)
    assert first is not None
    page = client.get(new_url(own), {"indicator": indicator, "year": year})
    assert "only all students can be promised" in page.content.decode()
    better = 1 if first.info.good == "up" else -1
    sent = client.post(
        new_url(own),
        {
            "indicator": indicator,
            "year": year,
            "target": round(first.share * 100 + better, 1),
            "target_year": year + 3,
            "seen": 1,
        },
    )
    assert sent.status_code == 302
    kept = Measure.objects.get(rung__plan=own, indicator=indicator)
    assert kept.baseline == pytest.approx(first.share, abs=1e-6)
    page = client.get(sent["Location"]).content.decode()
    assert first.info.title.en in page
    elsewhere = {"indicator": INDICATOR, "place": pages.district.organization_id}
    shown = client.get(new_url(own), {**elsewhere, "year": 2023}).content.decode()
    assert 'name="place" value=""' in shown or "There is no figure" in shown
