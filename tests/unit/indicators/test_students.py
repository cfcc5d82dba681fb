"""Outcomes of single students: the facts' own yes, standardised scores, what came."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from evenrise.indicators.compute import compute_facts
from evenrise.indicators.students import all_outcomes, open_engine, student_outcomes
from evenrise.vocabulary.groups import FAMILIES
from tests.support.tables import DrawnSettings, draw


AS_OF = dt.date(2026, 6, 30)
SETTINGS = DrawnSettings(code="D")
PUPILS = 30


def _pupil(number):
    return f"s{number:02d}"


def _records():
    """Thirty students at two schools over two years, one test a year in each subject.

    Student 0 changes school; student 1 has no test in the first year.
    """
    enrollments, tests, days = [], [], []
    for number in range(PUPILS):
        for year in (2025, 2026):
            school = "A" if number % 2 else "B"
            if number == 0 and year == 2025:
                school = "A"
            enrollments.append(
                {
                    "student_id": _pupil(number),
                    "school_id": school,
                    "school_year": year,
                    "grade": "04" if year == 2025 else "05",
                    "entered_on": dt.date(year - 1, 8, 20),
                }
            )
            days += [
                {
                    "student_id": _pupil(number),
                    "school_id": school,
                    "date": dt.date(year - 1, 9, 1) + dt.timedelta(days=day),
                    "status": "absent" if day < number < 8 else "present",
                }
                for day in range(40)
            ]
            if number == 1 and year == 2025:
                continue
            tests += [
                {
                    "student_id": _pupil(number),
                    "assessment": "state_summative",
                    "subject": subject,
                    "taken_on": dt.date(year, 5, 4),
                    "grade": "04",
                    "scale_score": 2400.0 + 10 * number + (year == 2026),
                    "level": 3 if number >= 15 else 2,
                    "met_standard": number >= 15,
                }
                for subject in ("ela", "math")
            ]
    return {
        "schools": [
            {"school_id": "A", "name": "A", "level": "elementary", "district_id": "D"},
            {"school_id": "B", "name": "B", "level": "elementary", "district_id": "D"},
        ],
        "students": [{"student_id": _pupil(n), "gender": "F"} for n in range(PUPILS)],
        "enrollments": enrollments,
        "attendance": days,
        "assessments": tests,
        "programs": [
            {
                "student_id": _pupil(n),
                "program": "low_income",
                "started_on": dt.date(2024, 7, 1),
            }
            for n in range(0, PUPILS, 3)
        ],
    }


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return draw(tmp_path_factory.mktemp("students"), _records())


@pytest.fixture(scope="module")
def outcomes(snapshot):
    with open_engine(snapshot, as_of=AS_OF, settings=SETTINGS) as engine:
        return all_outcomes(engine, settings=SETTINGS)


def test_what_is_not_collected_is_left_out(outcomes, snapshot):
    assert set(outcomes) == {"met_standard_ela", "met_standard_math", "chronic_absence"}
    found = student_outcomes(snapshot, as_of=AS_OF, settings=SETTINGS, key="suspension")
    assert found is None


def test_scores_are_standardised_within_grade_and_year(outcomes):
    one = outcomes["met_standard_ela"]
    for year, n in ((2025, PUPILS - 1), (2026, PUPILS)):
        score = one.score[one.school_year == year]
        assert len(score) == n
        assert score.mean() == pytest.approx(0, abs=1e-12)
        assert score.std(ddof=1) == pytest.approx(1)


def test_the_earlier_score_is_the_mean_of_both_subjects(outcomes):
    one = outcomes["met_standard_math"]
    first, last = one.school_year == 2025, one.school_year == 2026
    assert np.isnan(one.prior[first]).all()
    assert np.isnan(one.prior[last]).sum() == 1  # the one who was not tested
    before = np.sort(one.score[first])  # both subjects have the same scores here
    told = np.sort(one.prior[last][np.isfinite(one.prior[last])])
    np.testing.assert_allclose(told, before)


def test_earlier_absence_counts_only_from_another_school(outcomes):
    one = outcomes["chronic_absence"]
    assert np.isfinite(one.prior).sum() == 1
    assert one.share_absent.max() == pytest.approx(7 / 40)


def test_the_yes_and_the_groups_are_those_of_the_facts(outcomes, snapshot):
    table = compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS).to_pylist()
    codes = [group.code for group in FAMILIES["low_income"].groups]
    for key, one in outcomes.items():
        for row in table:
            if (row["indicator"], row["level"]) != (key, "district"):
                continue
            chosen = one.school_year == row["school_year"]
            if row["group_family"] == "low_income":
                chosen &= one.groups["low_income"] == codes.index(row["group"])
            elif row["group_family"] != "all":
                continue
            assert one.happened[chosen].sum() == row["numerator"]
            assert chosen.sum() == row["denominator"]


def test_the_school_is_the_one_of_most_days(outcomes):
    one = outcomes["met_standard_ela"]
    for year, at_a in ((2025, 15), (2026, 15)):
        here = one.school[one.school_year == year]
        named = [one.schools[code] for code in here]
        # Student 0 was at A in the first year; student 1 of A was not tested then.
        assert named.count("A") == at_a


def test_facts_and_outcomes_share_an_engine(snapshot):
    alone = compute_facts(snapshot, as_of=AS_OF, settings=SETTINGS)
    with open_engine(snapshot, as_of=AS_OF, settings=SETTINGS) as engine:
        together = compute_facts(
            snapshot, as_of=AS_OF, settings=SETTINGS, engine=engine
        )
        assert all_outcomes(engine, settings=SETTINGS)
    assert together.equals(alone)


def test_a_year_that_is_not_over_is_left_out(snapshot):
    with open_engine(snapshot, as_of=dt.date(2026, 5, 10), settings=SETTINGS) as engine:
        found = all_outcomes(engine, settings=SETTINGS)
    assert found["met_standard_ela"].years == (2025,)


def test_no_name_and_no_id_leaves(outcomes):
    for one in outcomes.values():
        arrays = [one.school_year, one.school, one.grade, one.happened, one.score]
        arrays += [one.share_absent, one.prior, *one.groups.values()]
        assert all(array.dtype.kind in "bif" for array in arrays)


def test_an_indicator_without_a_yes_is_refused(snapshot):
    with pytest.raises(KeyError, match="says no yes or no"):
        student_outcomes(
            snapshot, as_of=AS_OF, settings=SETTINGS, key="attendance_rate"
        )
