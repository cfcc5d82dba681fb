"""Cycles on the pages of findings, plans and the start; what rooms above may tell."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.cycles.models import Cycle, CycleState, WeekCount
from evenrise.workspace.cycles.queries.joins import (
    cycle_arrows,
    due_cycles,
    news_of_cycles,
)
from evenrise.workspace.cycles.queries.told import told_cycles
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.insights.models import Start
from evenrise.workspace.plans.models import Rung
from tests.web.cycles.a_cycle import make_cycle
from tests.web.plans.a_plan import make_plan


pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(db_district, cast) -> Rung:
    return Rung.objects.get(plan=make_plan(cast), key="s1")


@pytest.fixture
def line(db_district):
    pages = current_pages()
    assert pages is not None
    return pages.main()[0]


def adopted(cast, **changed) -> Cycle:
    told = {
        "state": CycleState.ADOPTED,
        "reason": "It helped.",
        "result": "Eight of a hundred.",
        "text_en": "A greeting brought students back.",
        "text_es": "Un saludo hizo volver a los estudiantes.",
        "decided_on": timezone.localdate(),
        "shared_at": timezone.now(),
    }
    return make_cycle(cast, **(told | changed))


def test_a_rung_shows_shared_cycles_with_their_result_and_own_ones(
    rung, cast, as_person
):
    adopted(cast, rung=rung)
    make_cycle(cast, rung=rung, title_en="A private draft")
    url = reverse("rung", args=[rung.plan.slug, rung.key])
    others = as_person("superintendent").get(url).content.decode()
    assert "A greeting brought students back." in others
    assert "A private draft" not in others
    assert f"rung={rung.plan.slug}%2F{rung.key}" in others
    assert "A private draft" in as_person("coach").get(url).content.decode()
    trace = reverse("plan_trace", args=[rung.plan.slug])
    assert "A private draft" not in as_person("board").get(trace).content.decode()
    words = [one.words for one in cycle_arrows(cast["board"], rung.plan)[rung.key]]
    title, found = words[0].split(": A greeting brought ")
    assert title == "Cycle: A greeting at the door (adopted as it is)"
    assert found == "students back."
    assert len(words) == 1


def test_a_cycle_begins_from_a_rung(rung, as_person):
    url = reverse("cycle_new") + f"?rung={rung.plan.slug}/{rung.key}"
    page = as_person("teacher").post(
        url, {"title_en": "Act early", "language": "en"}, follow=True
    )
    made = Cycle.objects.get()
    assert (made.rung, made.headline_en) == (rung, rung.title_en)
    assert reverse("rung", args=[rung.plan.slug, rung.key]) in page.content.decode()


def test_a_finding_shows_what_is_tried_and_where_a_cycle_begins(line, cast, as_person):
    shared = adopted(cast, finding_key=line.key)
    make_cycle(cast, finding_key=line.key, title_en="A private draft")
    url = reverse("finding", args=[line.key])
    page = as_person("board").get(url).content.decode()
    assert f"/cycles/{shared.pk}" in page
    assert "A private draft" not in page
    assert "cycle_new" not in page
    assert "/cycles/new" not in page
    assert "/cycles/new?finding=" in as_person("teacher").get(url).content.decode()


def test_a_finding_noted_as_a_start_waits_in_the_list_until_a_team_takes_it(
    line, cast, as_person
):
    Start.objects.create(
        finding_key=line.key,
        finding_kind=line.kind,
        organization_id=line.organization_id,
        headline_en=line.headline.en,
        headline_es=line.headline.es,
        sentence_en=line.sentence.en,
        sentence_es=line.sentence.es,
        snapshot="x",
        kind="cycle",
        note="Ask the ninth-grade team",
        by=cast["principal"],
    )
    page = as_person("teacher").get(reverse("cycles")).content.decode()
    assert "Ask the ninth-grade team" in page
    make_cycle(cast, finding_key=line.key)
    page = as_person("teacher").get(reverse("cycles")).content.decode()
    assert "Ask the ninth-grade team" not in page
    # Somebody outside that team does not learn that a cycle has begun.
    page = as_person("principal").get(reverse("cycles")).content.decode()
    assert "Ask the ninth-grade team" in page


def test_rooms_above_are_told_shared_and_decided_cycles_alone(rung, line, cast):
    told = adopted(cast, rung=rung, finding_key=line.key)
    adopted(cast, rung=rung, finding_key=line.key, shared_at=None)
    adopted(cast, rung=rung, finding_key=line.key, removed_at=timezone.now())
    make_cycle(cast, rung=rung, finding_key=line.key, shared_at=timezone.now())
    adopted(cast, rung=rung, text_en="", text_es="")
    plan = rung.plan_id
    assert [one.pk for one in told_cycles(plan)] == [told.pk]
    assert [one.pk for one in told_cycles(plan, ["s1"])] == [told.pk]
    assert told_cycles(plan, ["g1"]) == []
    assert told_cycles(plan)[0].text_es.startswith("Un saludo")


def test_the_start_page_says_what_waits_in_own_cycles(db_district, cast):
    today = timezone.localdate()
    one = make_cycle(cast, until=today - dt.timedelta(days=1))
    said = [due.words for due in due_cycles(cast["coach"])]
    assert said == ["1 of your cycles is due to be looked back on"]
    assert list(due_cycles(cast["superintendent"])) == []
    Cycle.objects.filter(pk=one.pk).update(until=today + dt.timedelta(days=9))
    WeekCount.objects.filter(week_on__gte=today - dt.timedelta(days=14)).delete()
    said = [due.words for due in due_cycles(cast["coach"])]
    assert said == ["Last week is not counted yet: A greeting at the door"]
    assert list(due_cycles(cast["superintendent"])) == []


def test_the_start_page_tells_of_teams_and_of_what_others_shared(db_district, cast):
    before = timezone.now() - dt.timedelta(minutes=1)
    one = make_cycle(cast)

    def told(role):
        return [due.words for due in news_of_cycles(cast[role], before)]

    assert told("coach") == ["You are in the team of a cycle: A greeting at the door"]
    assert told("teacher") == []  # who began it
    assert told("board") == []
    Cycle.objects.filter(pk=one.pk).update(shared_at=timezone.now())
    assert told("board") == ["A team shared 1 cycle"]
    assert told("administrator") == []


def test_a_prediction_that_came_after_the_change_is_told_as_such(
    db_district, cast, as_person
):
    late = make_cycle(cast)  # locked today, begun weeks ago
    page = as_person("coach").get(reverse("cycle", args=[late.pk])).content.decode()
    assert "when the change had begun already" in page
    early = make_cycle(cast, begins_on=timezone.localdate() + dt.timedelta(days=2))
    page = as_person("coach").get(reverse("cycle", args=[early.pk])).content.decode()
    assert "before the change began" in page
