"""The plan of the demo: made by the verbs that people use, once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from evenrise.workspace.insights.models import Recommendation
from evenrise.workspace.plans.content import read_content
from evenrise.workspace.plans.demo import place_plan
from evenrise.workspace.plans.models import EditionState, Plan
from evenrise.workspace.plans.queries.readings import readings_of_plan
from evenrise.workspace.plans.queries.trace import recommended


@pytest.fixture
def placed(cast, db_district):
    return place_plan(db_district.pages, db_district.as_of, cast)


def test_a_plan_is_adopted_and_its_amendment_is_heard(placed, db_district):
    adopted, heard = placed
    assert adopted.state == EditionState.ADOPTED
    assert heard.state == EditionState.HEARING
    assert heard.hearing_until >= timezone.localdate()
    was = {one.key for one in read_content(bytes(adopted.content)).rungs}
    now = {one.key for one in read_content(bytes(heard.content)).rungs}
    assert now - was == {"t90"}
    assert not was - now


def test_every_kind_of_answer_and_gap_is_there(placed, db_district):
    plan = Plan.objects.get(kind="district")
    assert len(recommended(plan)) == 3
    verdicts = [
        getattr(one.answers.filter(latest=True).first(), "verdict", "")
        for one in Recommendation.objects.order_by("id")
    ]
    assert verdicts == ["accepted", "changed", "accepted", "declined", ""]
    content = read_content(bytes(placed[0].content))
    readings = readings_of_plan(content, db_district.pages)
    with_data = [one for of in readings.values() for one in of.values() if one.has_data]
    assert with_data
    assert any(not one.has_data for of in readings.values() for one in of.values())


def test_once_alone(placed, cast, db_district):
    assert place_plan(db_district.pages, db_district.as_of, cast) == ()


def test_a_school_stands_below_the_district(placed, cast):
    of_school = Plan.objects.get(kind="school")
    assert of_school.parent == Plan.objects.get(kind="district")
    assert of_school.rungs.filter(serves__isnull=False).count() == 5
