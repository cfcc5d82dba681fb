"""The demo's cycles: one adopted for a step of the plan, one abandoned, one private."""

from __future__ import annotations

import pytest
from django.urls import reverse

from evenrise.workspace.cycles.access import cycles_read_by
from evenrise.workspace.cycles.demo import place_cycles
from evenrise.workspace.cycles.models import Cycle
from evenrise.workspace.cycles.queries.told import told_cycles
from evenrise.workspace.plans.demo import place_plan


pytestmark = pytest.mark.django_db


def test_three_teams_work_and_a_second_call_makes_nothing(db_district, cast, as_person):
    place_plan(db_district.pages, db_district.as_of, cast)
    made = place_cycles(db_district.pages, db_district.as_of, cast)
    adopted, abandoned, private = made
    assert [one.state for one in made] == ["adopted", "abandoned", "draft"]
    assert adopted.rung is not None
    assert adopted.finding_key
    assert [one.pk for one in told_cycles(adopted.rung.plan_id)] == [adopted.pk]
    assert adopted.locked_at.date() < adopted.begins_on
    assert adopted.measures.get().weeks.filter(group="").count() == 16
    board = set(cycles_read_by(cast["board"]).values_list("pk", flat=True))
    assert board == {adopted.pk, abandoned.pk}
    assert private.shared_at is None
    live = private.measures.get()
    assert live.indicator == "weekly_missing_work"
    weeks = list(live.weeks.filter(group=""))
    assert 15 <= len(weeks) <= 20
    assert all(0 < one.count < one.size for one in weeks)
    page = as_person("coach").get(reverse("cycle_measure", args=[private.pk, live.pk]))
    assert "not handed in, of those of which the gradebook" in page.content.decode()
    page = as_person("board").get(reverse("cycle", args=[abandoned.pk]))
    assert "An abandoned test is a good result" in page.content.decode()
    assert place_cycles(db_district.pages, db_district.as_of, cast) == ()
    assert Cycle.objects.count() == 3
