"""Gap findings: the numbers of the sentence, and what is never said."""

from __future__ import annotations

import pytest

from evenrise.findings.finding import Certainty, Kind
from tests.support.facts import (
    at_school,
    fact,
    facts,
    real_suspension_rows,
    review_of,
    suspension_rows,
)


def the(review, group, level="district"):
    found = [
        one
        for one in review.findings
        if one.kind is Kind.GAP and one.group == group and one.details["level"] == level
    ]
    assert len(found) == 1
    return found[0]


def test_a_gap_says_the_group_the_others_and_the_students_concerned():
    gap = the(review_of(facts(*suspension_rows())), "disability")
    assert (
        "suspended 53 of its 1,502 students with disabilities (3.5%" in gap.sentence.en
    )
    assert "compared with 1.5% of all other students (111 of 7,416)" in gap.sentence.en
    assert "about 31 fewer would have been" in gap.sentence.en
    assert "suspendió a 53 de sus 1,502 estudiantes con discapacidad" in gap.sentence.es
    assert "unos 31 menos habrían recibido una suspensión" in gap.sentence.es
    assert gap.students == 31  # 53 - 1502 * 111 / 7416 = 30.5
    assert gap.certainty is Certainty.DIFFERENT
    assert gap.estimate.value == pytest.approx(53 / 1502 - 111 / 7416)
    assert gap.ratio.value == pytest.approx((53 / 1502) / (111 / 7416))
    assert gap.details["label"] == "risk ratio"
    assert gap.reference == "all other students"
    assert (gap.details["years_same_direction"], gap.details["years_known"]) == (4, 4)


def test_the_real_file_gives_the_real_figures():
    review = review_of(facts(*real_suspension_rows()))
    gap = the(review, "male")
    assert (gap.evidence[0].numerator, gap.evidence[0].denominator) == (116, 4581)
    assert "164 of its 8,918 students" in review.sections[0].answer.en
    assert review.years == (2020, 2022, 2023, 2024)


def test_a_group_that_is_ahead_is_no_finding_but_stands_in_the_table():
    review = review_of(facts(*suspension_rows()))
    assert not [one for one in review.findings if one.group == "female"]
    labels = [row.label.en for row in review.sections[0].evidence]
    assert "Girls" in labels
    assert "Girls" in [mark.label.en for mark in review.sections[0].picture.rows]


def test_the_counted_complement_is_the_reference_and_has_no_finding_of_its_own():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "disability", "disability", 53, 1502),
        # One student of the total is in neither group.
        fact(2024, "disability", "not_disability", 110, 7415),
    ]
    review = review_of(facts(*rows))
    assert "(110 of 7,415)" in the(review, "disability").sentence.en
    assert not [one for one in review.findings if one.group == "not_disability"]


def test_nothing_is_worked_out_from_a_hidden_complement():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "disability", "disability", 53, 8910),
        fact(2024, "disability", "not_disability", None, None),
    ]
    assert review_of(facts(*rows)).findings == ()


def test_a_hidden_group_is_drawn_as_hidden_never_as_zero():
    review = review_of(facts(*suspension_rows()))
    marks = {mark.label.en: mark for mark in review.sections[0].picture.rows}
    foster = marks["Students in foster care"]
    assert foster.estimate.value is None
    assert foster.estimate.reason == "suppressed"
    assert "Students in foster care: too few to show" in (
        review.sections[0].picture.alternative.en
    )


def test_good_up_counts_how_many_more():
    rows = [
        fact(2019, "all", "all", 834, 889, indicator="graduation"),
        fact(2019, "gender", "female", 416, 444, indicator="graduation"),
        fact(2019, "gender", "male", 418, 445, indicator="graduation"),
        fact(2019, "race_ethnicity", "hispanic", 230, 281, indicator="graduation"),
        fact(2019, "race_ethnicity", "white", 377, 400, indicator="graduation"),
    ]
    gap = the(review_of(facts(*rows)), "hispanic")
    # 281 * 604 / 608 - 230 = 49.2
    assert gap.students == 49
    assert "about 49 more would have" in gap.sentence.en
    assert "unos 49 más se habrían graduado" in gap.sentence.es
    assert "graduated 230 of its 281 Hispanic or Latino students" in gap.sentence.en


def test_unclear_and_too_few_are_said():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "english_learner", "english_learner", 16, 780),
        fact(2024, "homeless", "homeless", 1, 20),
    ]
    review = review_of(facts(*rows))
    unclear, few = the(review, "english_learner"), the(review, "homeless")
    assert unclear.certainty is Certainty.UNCLEAR
    assert "It is unclear whether the two rates differ" in unclear.sentence.en
    assert "No está claro" in unclear.sentence.es
    assert few.certainty is Certainty.TOO_FEW
    assert "too few students to say" in few.sentence.en
    assert "fewer would have" not in few.sentence.en + unclear.sentence.en
    assert review.findings.index(unclear) < review.findings.index(few)


def test_a_sum_that_leaves_hidden_schools_out_says_so():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "low_income", "low_income", 95, 2755),
        fact(2024, "low_income", "low_income", 95, 2755, **at_school("1", "Alder")),
        fact(2024, "low_income", "low_income", None, None, **at_school("2", "Birch")),
    ]
    gap = the(review_of(facts(*rows)), "low_income")
    assert "hides this group at one school" in gap.caveats[0].en
    rows[2] = fact(
        2024, "low_income", "low_income", 95, 2700, **at_school("1", "Alder")
    )
    gap = the(review_of(facts(*rows)), "low_income")
    assert not any("hides this group" in caveat.en for caveat in gap.caveats)


def test_gaps_inside_schools_name_the_school():
    rows = [
        fact(2024, "all", "all", 60, 600, **at_school("7", "Lincoln Middle")),
        fact(2024, "gender", "male", 50, 300, **at_school("7", "Lincoln Middle")),
    ]
    gap = the(review_of(facts(*rows)), "male", "school")
    assert gap.sentence.en.startswith("In 2023-24, Lincoln Middle suspended 50 of its")
    assert gap.organization_name == "Lincoln Middle"


def test_grade_and_not_reported_are_shown_but_never_compared():
    rows = [
        fact(2024, "all", "all", 164, 8918),
        fact(2024, "grade", "09", 90, 700),
        fact(2024, "gender", "not_reported", 20, 60),
    ]
    review = review_of(facts(*rows))
    assert review.findings == ()
    assert len(review.sections[0].evidence) == 3
