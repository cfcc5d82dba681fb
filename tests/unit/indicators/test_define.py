"""An author's mistakes get a sentence when the definition is read."""

from __future__ import annotations

import pytest

from evenrise.indicators.define import Indicator, Threshold, pairs
from evenrise.indicators.registry import INDICATORS
from evenrise.indicators.student_years import ATTENDANCE, COHORT
from evenrise.indicators.terms import as_sql, column, threshold, work_out
from evenrise.vocabulary.errors import DefinitionProblem
from evenrise.vocabulary.text import Text


WORDS = Text("Words", "Palabras")
RIGHT = {
    "key": "well_made",
    "version": 1,
    "authority": "Somebody",
    "source": "A page",
    "title": WORDS,
    "question": WORDS,
    "definition": WORDS,
    "unit": "share",
    "good": "up",
    "student_year": ATTENDANCE,
    "who_counts": column("days_enrolled") >= threshold("days"),
    "counted": column("days_absent") >= 1,
    "thresholds": (Threshold("days", 5, WORDS),),
}


def define(**changes):
    return Indicator(**(RIGHT | changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "Not Good"}, "a key is small letters"),
        ({"version": 0}, "versions begin at 1"),
        ({"authority": " "}, "name the authority"),
        ({"unit": "percent"}, "'percent' is not one of share, days"),
        ({"good": "sideways"}, "'sideways' is neither"),
        ({"who_counts": None}, "say who_counts and counted as well"),
        ({"who_counts": column("days_enrolled")}, "must be a condition"),
        ({"counted": column("days_skipped") >= 1}, "no column 'days_skipped'"),
        ({"unit": "days"}, "counted is a condition"),
        ({"thresholds": ()}, "'days' is used but not declared"),
        ({"who_counts": column("days_enrolled") >= 1}, "declared but never used"),
        ({"thresholds": (Threshold("days", 5, WORDS),) * 2}, "the same name"),
        ({"student_year": None}, "names no student-year table"),
        (
            {
                "student_year": None,
                "who_counts": None,
                "counted": None,
                "thresholds": (),
            },
            "names nothing that agencies publish",
        ),
    ],
)
def test_a_mistake_is_told_in_a_sentence(changes, sentence):
    with pytest.raises(DefinitionProblem, match="Indicator") as told:
        define(**changes)
    assert sentence in str(told.value)


def test_a_district_sets_a_threshold():
    assert define().with_settings({}) == {"days": 5}
    settings = {"well_made.days": 7, "other.days": 9, "removal_share": 0.05}
    assert define().with_settings(settings) == {"days": 7.0}


def test_a_setting_for_no_threshold_is_refused():
    with pytest.raises(DefinitionProblem, match="no threshold 'dayz'; it has days"):
        define().with_settings({"well_made.dayz": 7})


def test_cohorts_are_not_told_by_grade():
    one = define(
        student_year=COHORT,
        who_counts=column("in_cohort").equals(1),
        counted=column("graduated").equals(1),
        thresholds=(),
    )
    assert "grade" not in one.families
    assert "grade" in define().families


def test_pairs_join_families_that_say_different_things():
    found = pairs(define().families)
    assert ("race_ethnicity", "gender") in found
    assert ("english_learner", "language_status") not in found
    assert not [pair for pair in found if "race_any" in pair or "all" in pair]
    assert len(found) == len(set(found)) == 10 * 9 // 2 - 1


@pytest.mark.parametrize(
    ("term", "sql", "row", "answer"),
    [
        (column("a") >= 2, "(a >= 2)", {"a": 2}, True),
        (column("a") > 2, "(a > 2)", {"a": 2}, False),
        (column("a") <= 2.5, "(a <= 2.5)", {"a": 3}, False),
        (column("a") < threshold("t"), "(a < 7)", {"a": 6}, True),
        (column("a").equals(1), "(a = 1)", {"a": None}, None),
        (
            column("a") / column("b"),
            "(a / NULLIF(b, 0))",
            {"a": 1, "b": 0},
            None,
        ),
        (column("a") - column("b"), "(a - b)", {"a": 1, "b": 3}, -2),
        (
            (column("a") * 10 >= column("b")) & (column("b") >= 1),
            "(((a * 10) >= b) AND (b >= 1))",
            {"a": 1, "b": 10},
            True,
        ),
        (
            (column("a") >= 1) & (column("b") >= 1),
            "((a >= 1) AND (b >= 1))",
            {"a": None, "b": 10},
            False,
        ),
    ],
)
def test_terms_are_printed_and_worked_out(term, sql, row, answer):
    assert as_sql(term, {"t": 7.0}) == sql
    assert work_out(term, row, {"t": 7.0}) == answer


def test_every_key_of_the_house_is_there():
    assert set(INDICATORS) == {
        "chronic_absence",
        "chronic_absence_edfacts",
        "attendance_rate",
        "suspension",
        "days_removed",
        "d_f_rate",
        "ninth_grade_on_track",
        "graduation",
        "dropout",
        "dropout_cohort",
        "a_g_completion",
        "met_standard_ela",
        "met_standard_math",
        "advanced_courses",
        "ethnic_studies",
        "feedback_days",
        "no_feedback_four_weeks",
        "enrollment",
        "biliteracy_seal",
    }
