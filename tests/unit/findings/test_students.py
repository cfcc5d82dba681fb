"""Findings that need students' records: what is planted is found, chance is not."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import numpy as np
import pytest

from evenrise.findings.as_json import findings_json
from evenrise.findings.finding import Certainty, Kind, Review
from evenrise.findings.intake import make_intake
from evenrise.findings.pictures import Caterpillar
from evenrise.vocabulary.estimates import Reason
from tests.battery.test_findings import BANNED, NUMBER, texts
from tests.support.facts import DISTRICT, facts, review_of
from tests.support.students import YEARS, draw_outcomes, rows_of


STUDENT_KINDS = (Kind.ALIKE_STUDENTS, Kind.BRIGHT_SPOT, Kind.ENVIRONMENT)
FIRST = f"{DISTRICT}0000001"
PER_STUDENT = (
    "school_year",
    "school",
    "grade",
    "happened",
    "score",
    "share_absent",
    "prior",
)


def reviewed(one) -> Review:
    return review_of(facts(*rows_of(one)), students={one.indicator: one})


def of_kind(review, kind):
    return [one for one in review.findings if one.kind is kind]


@pytest.fixture(scope="module")
def planted():
    return reviewed(draw_outcomes(1, each=300, rate=0.3, bright=0.2, meeting=0.3))


@pytest.fixture(scope="module")
def planted_scores():
    one = draw_outcomes(2, key="met_standard_math", scores=True, bright=0.6)
    return reviewed(one)


def test_the_planted_school_is_a_place_to_visit(planted):
    (found,) = of_kind(planted, Kind.BRIGHT_SPOT)
    assert found.organization_id == FIRST
    assert found.certainty is Certainty.DIFFERENT
    assert found.details["years"] == list(YEARS)
    assert 0.1 < found.estimate.value < 0.25
    assert "visit and learn" in found.sentence.en
    assert "visitar y aprender" in found.sentence.es
    assert found in planted.main


def test_the_planted_school_is_found_by_scores_too(planted_scores):
    (found,) = of_kind(planted_scores, Kind.BRIGHT_SPOT)
    assert found.organization_id == FIRST
    assert 0.3 < found.estimate.value < 0.7  # drawn towards the other schools
    assert "earlier results" in found.sentence.en


def test_a_school_good_for_some_only_is_no_bright_spot():
    one = draw_outcomes(
        3, key="met_standard_math", scores=True, bright=0.5, bright_groups=(1,)
    )
    assert not of_kind(reviewed(one), Kind.BRIGHT_SPOT)


def test_alike_students_are_told_by_model_and_by_pairs(planted_scores):
    (found,) = of_kind(planted_scores, Kind.ALIKE_STUDENTS)
    assert found.certainty is Certainty.DIFFERENT
    assert found.details["schools"][0] == "Oak 01 Elementary"
    assert found.details["matched"]["lower"] > 0
    assert min(found.details["coverage"]) > 0.5
    assert found.estimate.lower > 0
    assert found.estimate.value < 0.9
    names = [row.label.en for row in found.picture.rows]
    assert isinstance(found.picture, Caterpillar)
    assert names == sorted(names)
    assert len(names) == 12


def test_two_groups_that_meet_are_found_beyond_the_sum(planted):
    model = [
        one for one in of_kind(planted, Kind.INTERSECTION) if one.details.get("model")
    ]
    assert "english_learner*disability" in {one.group for one in model}
    (pair,) = [one for one in model if one.group == "english_learner*disability"]
    told = pair.evidence[0]
    assert f"{told.denominator:,.0f}" in pair.sentence.en
    assert told.numerator / told.denominator > pair.details["sum_of_the_parts"]
    keys = [one.key for one in planted.findings]
    assert len(keys) == len(set(keys))


def test_a_main_gap_is_split_into_parts_that_sum_to_it(planted):
    found = of_kind(planted, Kind.ENVIRONMENT)
    assert found
    for one in found:
        parts = ("inside_schools", "between_schools", "both")
        total = sum(one.details[part] for part in parts)
        assert total == pytest.approx(one.estimate.value, abs=0.005)


def test_the_sentences_pass_the_house_rules(planted, planted_scores):
    for review in (planted, planted_scores):
        told = [one for one in review.findings if one.kind in STUDENT_KINDS]
        told += [one for one in review.findings if one.details.get("model")]
        assert told
        for one in told:
            for text in (one.sentence, one.headline):
                assert sorted(NUMBER.findall(text.en)) == sorted(
                    NUMBER.findall(text.es)
                )
            for text in texts(one):
                assert text.en != text.es
                assert not BANNED.search(text.en), text.en
                assert not BANNED.search(text.es), text.es
            assert one.next_step is not None
            assert len(one.evidence) >= 2
            if one.students is not None:
                assert one.students <= one.evidence[0].denominator
        assert json.dumps(findings_json(review), allow_nan=False)


def test_what_was_looked_at_is_no_longer_named_as_not_run(planted):
    left = {one.kind for one in planted.not_run}
    assert left == {Kind.ENVIRONMENT}


def test_without_records_the_reasons_stay():
    review = review_of(facts(*rows_of(draw_outcomes(1, bright=0.12))))
    assert {Kind.ALIKE_STUDENTS, Kind.BRIGHT_SPOT} <= {
        one.kind for one in review.not_run
    }
    assert not any(one.kind in STUDENT_KINDS for one in review.findings)


def test_in_a_first_year_that_is_not_over_nobody_counts_yet():
    drawn = draw_outcomes(1, each=20)
    none = replace(
        drawn,
        groups={family: group[:0] for family, group in drawn.groups.items()},
        **{name: getattr(drawn, name)[:0] for name in PER_STUDENT},
    )
    review = review_of(facts(*rows_of(drawn)), students={drawn.indicator: none})
    assert {Kind.ALIKE_STUDENTS, Kind.BRIGHT_SPOT} <= {
        one.kind for one in review.not_run
    }


def test_a_district_of_chance_yields_no_more_than_the_stated_rate():
    # One false discovery in twenty is allowed; a bright spot needs two years more.
    alike, bright, model = 0, 0, 0
    for seed in range(100, 130):
        review = reviewed(draw_outcomes(seed, each=100))
        sure = [one for one in review.findings if one.certainty is Certainty.DIFFERENT]
        alike += any(one.kind is Kind.ALIKE_STUDENTS for one in sure)
        bright += any(one.kind is Kind.BRIGHT_SPOT for one in sure)
        model += any(one.details.get("model") for one in sure)
    assert bright == 0
    assert alike <= 2
    assert model <= 3


def test_a_school_whose_figure_is_hidden_is_named_without_an_effect():
    # Three in a hundred: ten or fewer students of this school, which is hidden.
    one = draw_outcomes(5, bright=0.2, rate=0.23)
    happened = one.happened.copy()
    first = np.flatnonzero(happened & (one.school == 0) & (one.school_year == 2024))
    happened[first[4:]] = False
    one = draw_outcomes(5, bright=0.2, rate=0.23)
    object.__setattr__(one, "happened", happened)
    (found,) = of_kind(reviewed(one), Kind.BRIGHT_SPOT)
    last = [row for row in found.picture.rows if row.label.en.startswith("2023-24")]
    assert [row.estimate.reason for row in last] == [Reason.SUPPRESSED]
    hidden = [row for row in found.evidence if row.numerator is None]
    for row in hidden:
        assert row.estimate.value is None
    assert not re.search(r"\b[4-9] of\b", found.sentence.en)


def test_counts_of_a_model_are_rounded_to_ten(planted, planted_scores):
    for review in (planted, planted_scores):
        for one in review.findings:
            if one.kind in (Kind.ALIKE_STUDENTS, Kind.BRIGHT_SPOT):
                counts = [row.estimate.n for row in one.picture.rows]
                assert all(n is None or n % 10 == 0 for n in counts)


def test_grades_of_one_school_alone_are_not_compared():
    one = draw_outcomes(6)
    grade = one.grade.copy()
    grade[one.school == 3] = 12
    object.__setattr__(one, "grade", grade)
    intake = make_intake(one, 2024, np.zeros(12, dtype=bool))
    assert 3 not in intake.schools
    assert len(intake.schools) == 11
    apart = np.zeros(12, dtype=bool)
    apart[:8] = True
    assert make_intake(one, 2024, apart) is None  # too few schools


def test_a_large_district_is_looked_at_in_seconds():
    one = draw_outcomes(7, each=1_000)  # 36,000 students and years
    table = facts(*rows_of(one))
    alone = review_of(table)
    start = time.process_time()
    review_of(table, students={one.indicator: one})
    assert alone.findings
    assert time.process_time() - start < 4
