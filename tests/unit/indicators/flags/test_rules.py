"""The published rule sets hold the published numbers; a district's own are checked."""

from __future__ import annotations

import pytest

from evenrise.findings.early_warning.reasons import line_text
from evenrise.indicators.flags.rules import (
    HIGH,
    MEASURES,
    MIDDLE,
    RULE_SETS,
    Domain,
    own_rule_set,
)
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text


NAME = Text("Ours", "Lo nuestro")
# Measure, where the line lies, strong or not, grades: as SPECS 4.1 and card 8 say.
PUBLISHED = {
    "abc": [
        ("absent_share", 0.10, False, None),
        ("absent_share", 0.20, True, None),
        ("suspension_days", 1, False, None),
        ("minor_incidents", 2, False, None),
        ("serious_incidents", 1, False, None),
        ("failing_core", 1, False, None),
    ],
    "balfanz": [
        ("absent_share", 0.20, True, ("06",)),
        ("suspension_days", 1, False, ("06",)),
        ("failing_math", 1, False, ("06",)),
        ("failing_ela", 1, False, ("06",)),
    ],
    "colorado": [
        ("absences_quarter", 9, False, MIDDLE),
        ("absences_year", 36, False, MIDDLE),
        ("absent_share", 0.10, False, HIGH),
        ("incidents", 2, False, MIDDLE + HIGH),
        ("failing_core", 1, False, MIDDLE),
        ("gpa", 2.0, False, MIDDLE),
        ("failing_any", 1, False, HIGH),
    ],
    "edfi": [
        ("attended_share", 0.80, True, None),
        ("attended_share", 0.88, False, None),
        ("state_offenses", 1, True, None),
        ("incidents", 5, True, None),
        ("incidents", 2, False, None),
        ("lowest_mark", 65, True, None),
        ("lowest_mark", 72, False, None),
    ],
    "acumen": [
        ("absent_share", 0.05, False, None),
        ("absent_share", 0.10, True, None),
        ("incidents", 1, False, None),
        ("incidents", 3, True, None),
        ("gpa", 3.0, False, None),
        ("failing_any", 1, False, None),
        ("gpa", 2.0, True, None),
        ("failing_any", 2, True, None),
    ],
    "student_insights": [
        ("attended_share_45", 0.80, True, None),
        ("attended_share_45", 0.85, True, None),
        ("attended_share_45", 0.90, False, None),
        ("attended_share_45", 0.95, False, None),
        ("incidents", 7, True, None),
        ("incidents", 5, True, None),
        ("failing_any", 4, True, None),
        ("failing_any", 3, True, None),
        ("failing_any", 2, False, None),
        ("failing_beside_two_ds", 1, False, None),
    ],
}


@pytest.mark.parametrize("key", RULE_SETS)
def test_published_lines(key):
    lines = RULE_SETS[key].lines
    assert [(x.measure, x.at, x.severe, x.grades) for x in lines] == PUBLISHED[key]


def test_every_set_is_whole():
    assert RULE_SETS.keys() == PUBLISHED.keys()
    for key, rules in RULE_SETS.items():
        keys = [line.key for line in rules.lines]
        assert rules.key == key
        assert len(set(keys)) == len(keys)
        assert {line.domain for line in rules.lines} == set(Domain)
        for line in rules.lines:
            assert line.domain is MEASURES[line.measure].domain


def test_own_set():
    own = own_rule_set(
        "ours",
        NAME,
        [
            {"measure": "absent_share", "at": 0.075, "grades": ["9", "Grade 10"]},
            {"measure": "unexcused_absences", "at": 3, "severe": True},
            {
                "measure": "failing_any",
                "at": 1,
                "key": "any_f",
                "domain": "course",
                "words": {"en": "Any F", "es": "Cualquier F"},
            },
        ],
    )
    first, second, third = own.lines
    assert first.grades == ("09", "10")
    assert first.domain is Domain.ATTENDANCE
    assert first.words.en.startswith("7.5% or more: ")
    assert first.words.es.startswith("7.5\u00a0% o más: ")
    assert line_text(first).en.endswith(" (grades 9 to 10)")
    assert (second.severe, second.grades) == (True, None)
    assert (third.key, third.words.es) == ("any_f", "Cualquier F")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], "at least one line"),
        ("absent_share", "must be a list"),
        ([3], "Line 1 must name a measure"),
        ([{"measure": "luck", "at": 1}], "Line 1 looks at 'luck'"),
        ([{"measure": "absent_share", "at": 10}], "Write 10% as 0.1"),
        ([{"measure": "absent_share", "at": 0}], "must lie above 0"),
        ([{"measure": "absent_share", "at": "0.1"}], "as a number"),
        ([{"measure": "absent_share", "at": True}], "as a number"),
        ([{"measure": "absent_share", "at": float("nan")}], "as a number"),
        ([{"measure": "absent_share", "at": 0.12345}], "three decimals"),
        ([{"measure": "incidents", "at": 1.5}], "whole incidents"),
        ([{"measure": "gpa", "at": 4.5}], "at most at 4"),
        ([{"measure": "gpa", "at": 2, "severe": "yes"}], "true or false"),
        ([{"measure": "gpa", "at": 2, "grades": ["13"]}], "'13' is not a grade"),
        ([{"measure": "gpa", "at": 2, "grades": "09"}], "must be a list"),
        ([{"measure": "gpa", "at": 2, "domain": "behavior"}], "belongs to course"),
        ([{"measure": "gpa", "at": 2, "color": "red"}], "'color'"),
        ([{"measure": "gpa", "at": 2, "key": "A B"}], "small letters"),
        ([{"measure": "gpa", "at": 2, "words": {"en": "Low"}}], "English and Spanish"),
        ([{"measure": "gpa", "at": 2}] * 2, "Line 2 stands there twice"),
        ([{"measure": "gpa", "at": n / 100} for n in range(1, 62)], "may have 60"),
    ],
)
def test_what_an_own_set_may_not_hold(lines, told):
    with pytest.raises(ArgumentProblem, match=told):
        own_rule_set("ours", NAME, lines)


@pytest.mark.parametrize("key", ["abc", "", "Ours", "o" * 61])
def test_names_of_own_sets(key):
    with pytest.raises(ArgumentProblem):
        own_rule_set(key, NAME, [{"measure": "gpa", "at": 2}])
