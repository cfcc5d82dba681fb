"""The demo's adults learn: from a cycle to an initiative whose chain can be read."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from evenrise.findings.chain.model import Holds, Link
from evenrise.workspace.cycles.demo import place_cycles
from evenrise.workspace.learning.demo import place_learning
from evenrise.workspace.learning.models import (
    Coaching,
    Initiative,
    Placement,
    SelfAssessment,
)
from evenrise.workspace.learning.queries.chain import chain_of
from evenrise.workspace.learning.queries.map_school import map_school_page
from evenrise.workspace.learning.queries.self_assessments import results_page
from evenrise.workspace.plans.demo import place_plan


pytestmark = pytest.mark.django_db


def test_a_cycle_becomes_an_initiative_once(db_district, cast):
    pages, on = db_district.pages, db_district.as_of
    assert place_learning(pages, cast) is None  # nothing was adopted yet
    place_plan(pages, on, cast)
    place_cycles(pages, on, cast)
    made = place_learning(pages, cast)
    assert made is not None
    assert place_learning(pages, cast) is None  # once
    assert made.practice is not None
    assert made.practice.tried.get().cycle.rung == made.rung
    chain = chain_of(made, pages, timezone.localdate())
    assert chain.link(Link.REACHED).holds not in {Holds.NO_DATA, Holds.TOO_FEW}
    assert chain.link(Link.PRACTICE).holds not in {Holds.NO_DATA, Holds.TOO_FEW}
    assert chain.link(Link.STUDENTS).holds is not Holds.NO_DATA
    assert Coaching.objects.get().notes.count() == 4
    assert Placement.objects.count() >= 80
    _told_of_staff(made, timezone.localdate())


def _told_of_staff(made: Initiative, today: dt.date) -> None:
    """The demo's counts of a term and of answers can be shown for the district."""
    assert made.map is not None
    shown = map_school_page(made.map, "", today, "en")
    assert shown is not None
    assert any(row.n != "hidden" for one in shown.components for row in one.rows)
    closed = SelfAssessment.objects.filter(closes_on__lt=today).first()
    assert closed is not None
    said = results_page(closed, "", today, "es")
    assert said is not None
    assert all(len(one.rows) == 2 for one in said.standards)
