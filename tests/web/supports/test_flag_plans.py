"""How the lists of flags are found: by an index, whoever asks; never row by row."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from evenrise.workspace.people.access import reach_of
from evenrise.workspace.supports.queries.flags import (
    FlagsWanted,
    leading_flags,
    narrowed,
    open_flags_within,
)
from tests.support.query_plans import plan_of


pytestmark = pytest.mark.django_db
WANTED = {
    "all": FlagsWanted(),
    "school": FlagsWanted(school="H0001"),
    "domain": FlagsWanted(domain="course"),
}


def plans(role, wanted, cast) -> list[str]:
    reach = reach_of(cast[role], timezone.localdate())
    flags = narrowed(open_flags_within(reach), wanted, None)
    parts = leading_flags(flags, wanted, None)
    return [
        plan_of(
            part.order_by("-level", "opened_on", "pk").select_related("student")[:26]
        )
        for part in parts
    ]


@pytest.mark.parametrize("key", ["all", "domain"])
def test_a_whole_districts_list_comes_in_the_order_of_an_index(key, cast):
    waiting, begun = plans("superintendent", WANTED[key], cast)
    assert "USING INDEX flags_waiting" in waiting, waiting
    assert "USING INDEX flags_begun" in begun, begun
    for told in (waiting, begun):
        assert "USE TEMP B-TREE FOR ORDER BY" not in told, told


def test_a_school_of_the_district_is_met_by_its_index(cast):
    for told in plans("superintendent", WANTED["school"], cast):
        assert "USING INDEX flags_of_school" in told, told


@pytest.mark.parametrize("role", ["principal", "counselor", "teacher"])
@pytest.mark.parametrize("key", ["all", "domain"])
def test_a_few_students_are_met_before_their_flags(role, key, cast):
    for told in plans(role, WANTED[key], cast):
        assert "SCAN supports_flag" not in told, told
        assert re.search(
            r"SEARCH supports_flag USING INDEX \w+ \(student_id=\?", told
        ), told
