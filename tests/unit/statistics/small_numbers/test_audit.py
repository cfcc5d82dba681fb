"""The audit finds what a careless release gives away, and passes a careful one."""

from dataclasses import replace

import pyarrow.compute as pc
import pytest

from evenrise.statistics.small_numbers import protect, protecting
from evenrise.statistics.small_numbers.audit import audit
from evenrise.statistics.small_numbers.table import Passed
from tests.unit.statistics.small_numbers.tables import (
    by_group,
    fact,
    family,
    group,
    table,
)


RACES = {"asian": (0, 6), "black": (20, 90), "hispanic": (60, 400), "white": (50, 300)}


@pytest.fixture
def believing(monkeypatch):
    """Only small numbers are hidden, and what gives them away is left."""
    monkeypatch.setattr(protecting, "settle", lambda *_: None)
    monkeypatch.setattr(protecting.State, "follow_all", lambda _: None)


@pytest.fixture
def careless(believing, monkeypatch):
    """And nobody attacks the release before it leaves the house."""
    monkeypatch.setattr(protecting, "pass_gate", lambda *_: Passed(0, 0, 0))


def by_school():
    """All students of four schools, one of whose numbers is small."""
    rows = [fact(numerator=72, denominator=800)]
    for name, x in zip("ABCS", [22, 17, 30, 3], strict=True):
        place = {"level": "school", "organization_id": name}
        rows.append(fact(numerator=x, denominator=200, **place))
    return table(rows)


@pytest.mark.usefixtures("believing")
@pytest.mark.parametrize("facts", [table(family("race_ethnicity", RACES)), by_school()])
def test_the_gate_repairs_what_the_suppressor_left_open(facts):
    told = protect(facts)
    assert told.passed.attacked > 0
    assert told.exposed == 0
    assert audit(told, facts=facts).safe
    assert told.table["denominator"][0].is_valid  # the district's own is kept


def test_nobody_subtracts_graduates_and_those_who_left():
    cohort = {"school_year": 2025, "denominator": 200}
    facts = table(
        [
            fact(indicator="graduation", numerator=170, **cohort),
            fact(indicator="dropout_cohort", numerator=26, **cohort),  # 4 did neither
        ]
    )
    told = by_group(protect(facts))
    assert told["graduation", "D", "all", "all"]["numerator"] == 170
    assert told["dropout_cohort", "D", "all", "all"]["numerator"] is None
    assert told["dropout_cohort", "D", "all", "all"]["hidden_because"] is not None


def test_what_was_left_out_is_unknown_to_the_attacker():
    facts = table(family("race_ethnicity", RACES | {"filipino": (0, 1)}))
    told = protect(facts)
    gone = pc.equal(facts["group"], "filipino")
    left = replace(
        told.only(pc.invert(pc.equal(told.table["group"], "filipino"))),
        left_out=facts.filter(gone),
    )
    assert audit(left, facts=facts).safe


def test_a_careful_release_is_safe():
    facts = table(family("race_ethnicity", RACES))
    found = audit(protect(facts), facts=facts)
    assert found.safe
    assert found.hidden > 0


@pytest.mark.usefixtures("careless")
def test_one_hidden_group_is_the_total_less_the_others():
    found = audit(protect(table(family("race_ethnicity", RACES))))
    assert {(one.group, one.what, one.lower) for one in found.exposed} == {
        ("asian", "students", 6.0),
        ("asian", "outcomes", 0.0),
    }


@pytest.mark.usefixtures("careless")
def test_a_school_is_the_district_less_the_others():
    found = audit(protect(by_school()))
    assert [(one.organization_id, one.lower, one.upper) for one in found.exposed] == [
        ("S", 3.0, 3.0)
    ]


@pytest.mark.usefixtures("careless")
def test_language_status_less_english_learners():
    rows = [
        fact(numerator=90, denominator=600),
        group("english_learner", "english_learner", 21, 104),
        group("language_status", "english_learner_recent", 20, 100),
        group("language_status", "long_term_english_learner", 1, 4),
    ]
    found = audit(protect(table(rows)))
    assert ("long_term_english_learner", 4.0) in {
        (one.group, one.lower) for one in found.exposed if one.what == "students"
    }


def test_sums_that_do_not_add_up_tell_nothing():
    rows = family("race_ethnicity", RACES)
    rows[0] |= {"numerator": 20.0, "denominator": 400.0, "value": 0.05}
    assert audit(protect(table(rows))).hidden > 0
