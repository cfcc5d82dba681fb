"""What was tried stands with the plan's step, for everybody who reads it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import timezone
from pptx import Presentation

from evenrise.publishing.plans.slides import board_slides
from evenrise.workspace.cycles.models import Cycle, CycleState
from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.learning.models import InitiativeState
from evenrise.workspace.plans.models import Plan, Rung
from evenrise.workspace.reports.plan_public import public_plan, read_told, told_of
from evenrise.workspace.reports.plan_releasing import plan_of
from evenrise.workspace.reports.plan_story import plan_story
from evenrise.workspace.reports.plan_tried import tried_of
from tests.web.cycles.a_cycle import make_cycle
from tests.web.learning.an_initiative import make_initiative
from tests.web.plans.a_life import adopted
from tests.web.plans.a_plan import make_plan
from tests.web.reports.test_public_plans import heard, let_everybody_read


pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)
SAID = {
    "state": CycleState.ADOPTED,
    "text_en": "Absences on Mondays fell, by more than chance.",
    "text_es": "Las ausencias de los lunes bajaron, más que por azar.",
    "reason": "It held for six weeks.",
    "decided_on": TODAY,
}


__all__ = ["heard"]  # a fixture of the tests beside it


@pytest.fixture
def plan(cast) -> Plan:
    return make_plan(cast)


def _tried(plan: Plan):
    return tried_of(plan.pk, ["t1", "s1"], None, TODAY)


def _cycle(cast, plan: Plan, **changed: object) -> Cycle:
    step = Rung.objects.get(plan=plan, key="t1")
    return make_cycle(cast, rung=step, **{**SAID, **changed})


def test_a_cycle_is_told_once_it_is_shared_and_decided(cast, plan):
    cycle = _cycle(cast, plan)
    assert _tried(plan) == ()
    cycle.shared_at = timezone.now()
    cycle.save()
    (one,) = _tried(plan)
    assert (one.rung, one.decision, one.on) == ("t1", "adopted", "2026-11-20")
    assert one.text_es.startswith("Las ausencias")
    cycle.state = CycleState.STUDIED
    cycle.save()
    assert _tried(plan) == ()


def test_an_abandoned_test_is_told_like_an_adopted_one(cast, plan):
    _cycle(cast, plan, state=CycleState.ABANDONED, shared_at=timezone.now())
    assert [one.decision for one in _tried(plan)] == ["abandoned"]


def test_without_words_for_everybody_nothing_is_told(cast, plan):
    _cycle(cast, plan, shared_at=timezone.now(), text_en="", text_es="")
    assert _tried(plan) == ()


def test_an_initiative_is_told_with_its_chain_once_it_is_under_way(cast, plan):
    step = Rung.objects.get(plan=plan, key="s1")
    one = make_initiative(cast, rung=step, state=InitiativeState.PLANNED)
    assert _tried(plan) == ()
    one.state = InitiativeState.UNDERWAY
    one.save()
    (told,) = _tried(plan)
    assert (told.kind, told.rung) == ("initiative", "s1")
    assert len(told.lines_en) == len(told.lines_es) == 3
    assert told.lines_en[0].startswith("Learning reached them: ")


def test_it_is_frozen_with_the_release_and_read_back(cast, plan):
    edition = adopted(cast["superintendent"], plan)
    cycle = _cycle(cast, plan, shared_at=timezone.now())
    value = public_plan(edition, TODAY, None)
    assert [one.title_en for one in value.tried] == [cycle.title_en]
    assert read_told(told_of(value)) == value


@pytest.mark.parametrize(
    "told",
    [
        ("en", "by more than chance", "Adopted as it is"),
        ("es", "más que por azar", "Adoptado tal cual"),
    ],
)
@pytest.mark.usefixtures("released")
def test_everybody_reads_it_with_the_step(client, heard, cast, told):
    language, words, kind = told
    plan = heard.plan
    _cycle(cast, plan, shared_at=timezone.now())
    make_initiative(cast, rung=Rung.objects.get(plan=plan, key="t1"))
    let_everybody_read(heard, cast)
    page = client.get(f"/{language}/plans/together/rungs/t1/").content.decode()
    assert words in page
    assert kind in page
    assert ("Learning reached them: " if language == "en" else "llegó: ") in page


def test_the_boards_documents_tell_it(released, heard, cast, plan):
    assert released
    _cycle(cast, plan, shared_at=timezone.now())
    release = let_everybody_read(heard, cast)
    pages = current_pages()
    assert pages is not None
    story = plan_story(plan_of(release), pages, "en")
    told = [said for one in story.rungs for said in one.tried]
    assert len(told) == 1
    assert "A greeting at the door (Adopted as it is, November 20, 2026)" in told[0]
    shown = Presentation(io.BytesIO(board_slides(story)))
    texts = [
        x.text_frame.text for s in shown.slides for x in s.shapes if x.has_text_frame
    ]
    assert any("by more than chance" in text for text in texts)
