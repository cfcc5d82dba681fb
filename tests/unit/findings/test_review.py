"""A whole review: its shape, its errors, its order and its cost."""

from __future__ import annotations

import json
import time

import pyarrow as pa
import pytest

from evenrise.findings.as_json import findings_json
from evenrise.findings.finding import Kind
from evenrise.findings.pictures import HeatTable
from evenrise.findings.review import names_of
from evenrise.indicators.registry import INDICATORS
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Text
from tests.support.facts import (
    DISTRICT,
    NAME,
    at_school,
    fact,
    facts,
    real_suspension_rows,
    review_of,
    rich_rows,
    suspension_rows,
)


CONTRACT = [  # the output contract's keys of findings.json, in its order
    "key",
    "kind",
    "indicator",
    "school_year",
    "organization_id",
    "group",
    "reference",
    "estimate",
    "students",
    "evidence",
    "caveats",
    "sentence",
]


def test_findings_json_has_the_contracts_keys_first():
    told = json.loads(json.dumps(findings_json(review_of(facts(*rich_rows())))))
    assert told
    for one in told:
        assert list(one)[: len(CONTRACT)] == CONTRACT
        assert set(one["sentence"]) == {"en", "es"}
        if one["estimate"] is not None:
            assert list(one["estimate"])[:4] == ["value", "lower", "upper", "n"]
    assert {"gap", "change", "school", "intersection"} <= {one["kind"] for one in told}


def test_counts_are_whole_numbers_in_json():
    told = json.dumps(findings_json(review_of(facts(*suspension_rows()))))
    assert '"numerator": 53,' in told
    assert '"denominator": 1502,' in told


def test_a_district_that_is_not_there_is_one_sentence():
    with pytest.raises(ArgumentProblem, match="No figures of district 0000001"):
        review_of(facts(*suspension_rows()), district_id="0000001")


def test_the_real_indicators_fit():
    review = review_of(facts(*suspension_rows()), indicators=INDICATORS)
    assert review.sections[0].question == INDICATORS["suspension"].question
    assert review.sections[0].title == INDICATORS["suspension"].title


def test_names_from_a_lookup_come_before_those_of_the_facts():
    organizations = pa.table(
        {
            "level": ["district", "school"],
            "organization_id": [DISTRICT, DISTRICT + "0000007"],
            "name": ["Santa Mónica", "Lincoln"],
        }
    )
    rows = [
        *suspension_rows(),
        fact(2024, "all", "all", 5, 90, **at_school("7", "old")),
    ]
    review = review_of(facts(*rows), names=names_of(organizations))
    assert review.district.name == "Santa Mónica"
    assert [school.name for school in review.schools] == ["Lincoln"]
    assert review.title.es.startswith("Santa Mónica")


def test_a_district_without_a_name_is_called_by_its_code():
    rows = [row | {"organization_name": None} for row in suspension_rows()]
    assert review_of(facts(*rows)).district.name == f"District {DISTRICT}"


def test_schools_alone_can_be_reviewed():
    place = at_school("7", "Lincoln Middle")
    review = review_of(facts(fact(2024, "all", "all", 36, 911, **place)))
    assert review.sections[0].answer.en.startswith("For 2023-24 there is no figure")
    assert review.years == (2024,)


def test_indicators_that_count_days_are_answered_but_not_compared():
    rows = [
        fact(2024, "all", "all", 900.5, 8918, indicator="days_removed"),
        fact(2024, "disability", "disability", 400, 1502, indicator="days_removed"),
        fact(2024, "all", "all", 8400.5, 8918, indicator="attendance_rate"),
        fact(2024, "disability", "disability", 1300, 1502, indicator="attendance_rate"),
        fact(2024, "all", "all", None, 8918, indicator="enrollment", status="reported"),
    ]
    review = review_of(facts(*rows))
    assert review.findings == ()
    answers = {section.indicator: section.answer for section in review.sections}
    assert "0.1 days, among 8,918 students" in answers["days_removed"].en
    assert "94.2%" in answers["attendance_rate"].en
    assert "8,918 students" in answers["enrollment"].en


def test_pairs_say_whether_they_are_the_sum_of_their_groups():
    review = review_of(facts(*rich_rows()))
    (pair,) = [one for one in review.findings if one.kind is Kind.INTERSECTION]
    assert pair.group == "english_learner*disability"
    assert pair.details["beyond_the_sum"] == "more"
    assert "further from the others than the gaps of the two groups" in (
        pair.sentence.en
    )
    assert isinstance(pair.picture, HeatTable)
    assert [row.en for row in pair.picture.rows] == [
        "English learners",
        "Not English learners",
    ]


def test_of_two_facts_about_one_cell_the_computed_one_stands():
    computed = {"origin": "computed", "source_file": None}
    published = fact(2024, "all", "all", 164, 8918)
    own = fact(2024, "all", "all", 170, 8920, **computed)
    for rows in ((published, own), (own, published)):
        review = review_of(facts(*rows))
        assert "170 of its 8,920 students" in review.sections[0].answer.en


def test_what_cannot_be_run_is_said():
    reasons = {
        one.kind: one.reason for one in review_of(facts(*suspension_rows())).not_run
    }
    assert "one group at a time" in reasons[Kind.INTERSECTION].en
    assert "records of students" in reasons[Kind.ALIKE_STUDENTS].en


def test_a_review_knows_its_district_years_and_summary():
    review = review_of(facts(*suspension_rows()))
    assert review.district.name == NAME
    assert review.years == (2020, 2022, 2023, 2024)
    assert 3 <= len(review.summary) <= 5
    assert "fell from 2.3% (222 of 9,582) to 1.8% (164 of 8,918)" in (
        review.summary[1].en
    )


def test_the_review_of_a_real_district_is_quick():
    table = facts(*real_suspension_rows())
    review_of(table)  # warm
    start = time.process_time()
    review_of(table)
    assert time.process_time() - start < 0.5


def test_a_district_without_a_name_is_called_by_its_code_in_both_languages():
    rows = [{**row, "organization_name": None} for row in suspension_rows()]
    review = review_of(facts(*rows), names={})
    assert review.title == Text(
        f"District {DISTRICT}: an equity review",
        f"Distrito {DISTRICT}: una revisión de equidad",
    )
    assert f"cómo Distrito {DISTRICT} atiende" in review.summary[0].es


def test_one_group_counted_in_two_ways_is_told_once():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "race_ethnicity", "white", 70, 1400),
        fact(2024, "race_any", "white", 75, 1500),
        fact(2024, "race_ethnicity", "hispanic", 90, 2755),
        fact(2024, "race_any", "hispanic", 90, 2755),
    ]
    review = review_of(facts(*rows))
    section = review.sections[0]
    told = [(one.group_family, one.group) for one in section.findings]
    assert ("race_any", "white") in told  # other students: it stands in the section
    assert ("race_any", "hispanic") not in told  # the same students
    assert ("race_any", "hispanic") in [
        (one.group_family, one.group) for one in review.findings
    ]
    assert all(one.group_family != "race_any" for one in review.main)
    labels = [mark.label.en for mark in section.picture.rows]
    assert labels == ["Hispanic or Latino", "White"]
    assert "asks one question" in review.summary[0].en
