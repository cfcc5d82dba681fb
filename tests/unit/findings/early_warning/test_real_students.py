"""Cards on open data of past students, and the published accuracy of 110 flags."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evenrise.findings.early_warning.card import Shortage, Way
from evenrise.findings.early_warning.cards import MARGIN, Cards, make_cards
from evenrise.statistics.early_warning import Flagged
from tests.support.past_students import oulad, oulad_tables, uci, wisconsin
from tests.support.paths import real_data


WEEKS = (2, 4, 12, 24)


@pytest.fixture(scope="module")
def tables():
    return oulad_tables()


@pytest.fixture(scope="module")
def open_university(tables):
    return make_cards(oulad(tables, WEEKS), share=0.25)


def numbers(cards: Cards, way: Way, what: str) -> list[float]:
    return [getattr(card.way(way), what).value for card in cards.checkpoints]


def test_the_published_counts_of_the_open_university(tables):
    # Kuzilek, Hlosta and Zdrahal 2017, Scientific Data 4:170171.
    student = tables["student"]
    assert student["final_result"].value_counts().to_dict() == {
        "Pass": 12361,
        "Withdrawn": 10156,
        "Fail": 7052,
        "Distinction": 3024,
    }
    assert student["id_student"].nunique() == 28785
    assert len(student) == 32593
    assert len(tables["student_assessment"]) == 173912


def test_flags_find_more_the_more_weeks_are_known(open_university):
    cards = open_university
    assert [card.checkpoint for card in cards.checkpoints] == [
        f"week {week}" for week in WEEKS
    ]
    assert (cards.years_trained, cards.years_tested) == ((2013,), (2014,))
    for way in (Way.RULE, Way.MODEL):
        for what in ("recall", "area"):
            found = numbers(cards, way, what)
            assert found == sorted(found), (way, what)
    precision = numbers(cards, Way.MODEL, "precision")
    assert precision == sorted(precision)
    # At a quarter flagged: 54 of 100 rightly in week 2, 83 of 100 in week 24.
    assert precision[0] == pytest.approx(0.54, abs=0.03)
    assert precision[-1] == pytest.approx(0.83, abs=0.03)
    assert numbers(cards, Way.RULE, "recall")[-1] == pytest.approx(0.528, abs=0.005)


def test_a_module_says_little_and_students_much(open_university):
    # Failing lies within modules, not between them: flagging whole ones finds less.
    for card in open_university.checkpoints:
        assert card.share_between < 0.05
        assert card.over_schools.lower > 0
    assert {card.drawn for card in open_university.checkpoints} == {"students"}


def test_the_decision_follows_the_intervals(open_university):
    earned = [
        min(card.over_rule.lower, card.over_schools.lower) > MARGIN
        for card in open_university.checkpoints
    ]
    assert [card.earns for card in open_university.checkpoints] == earned
    assert (open_university.uses is Way.MODEL) is all(earned)


def test_what_came_after_the_week_changes_nothing_of_it(tables):
    week = 4
    whole = oulad(tables, (week,))
    done, due = tables["student_assessment"], tables["assessment"]
    cut = oulad(
        {
            **tables,
            "student_assessment": done[done["date_submitted"] <= 7 * week],
            "assessment": due.assign(date=due["date"].where(due["date"] <= 28, 999)),
        },
        (week,),
    )
    np.testing.assert_array_equal(whole.features, cut.features)
    np.testing.assert_array_equal(whole.rule, cut.rule)


def test_no_group_of_the_open_university_is_an_input(open_university, tables):
    cohorts = oulad(tables, (4,))
    assert not {"disability", "imd_band", "gender", "region"} & set(cohorts.names)
    families = {one.family for one in open_university.checkpoints[0].ways[0].groups}
    assert families == {"disability", "deprivation"}
    for one in open_university.checkpoints[1].way(Way.RULE).groups:
        assert one.missed.lower < one.missed.value < one.missed.upper


def test_portuguese_students_too_few_for_a_model_to_be_surely_better():
    cohorts = uci()
    first = cohorts.only(cohorts.checkpoint == 0)
    assert len(first) == 395
    assert np.bincount(first.school).tolist() == [349, 46]
    assert 1 - first.outcome.mean() == pytest.approx(0.671, abs=5e-4)
    cards = make_cards(cohorts)
    assert cards.why is None
    assert cards.uses is Way.RULE
    early, late = cards.checkpoints
    rule = Way.RULE
    assert early.way(rule).recall.value < late.way(rule).recall.value
    assert late.way(rule).recall.value > 0.9
    # Ten of half the students may separate the two: the interval says so.
    assert late.over_rule.upper - late.over_rule.lower > 0.03


def test_simulated_wisconsin_where_more_is_known_than_the_rule_looks_at():
    cohorts = wisconsin()
    assert len(cohorts) == 1500
    assert int(cohorts.outcome.sum()) == 283
    assert not {"Ethnicity", "FRL", "gender", "ELP", "IEP"} & set(cohorts.names)
    cards = make_cards(cohorts)
    (card,) = cards.checkpoints
    assert cards.uses is Way.MODEL
    assert card.over_rule.lower > MARGIN
    assert card.way(Way.RULE).recall.value < 0.6 < card.way(Way.MODEL).recall.value
    # One school: flagging whole schools is flagging by chance.
    base = card.not_on_track / card.students
    assert card.way(Way.SCHOOL).precision.value == pytest.approx(base)


def test_a_single_cohort_is_not_enough_for_a_model():
    cohorts = wisconsin()
    cards = make_cards(cohorts.only(cohorts.school_year == 1))
    assert (cards.uses, cards.why) == (Way.RULE, Shortage.ONE_YEAR)


def published_flags() -> pd.DataFrame:
    return pd.read_csv(real_data("ews_bowers_110_flags") / "bowersEWS.csv")


def counts(row: pd.Series) -> Flagged:
    """The table of one published flag, from n, dropout rate and its two shares."""
    events = round(row["sample_size"] * row["dropout_rate"])
    others = row["sample_size"] - events
    tp, tn = events * row["sensitivity"], others * row["specificity"]
    return Flagged(round(tp), round(others - tn), round(events - tp), round(tn))


def test_the_110_published_flags_give_their_published_precision():
    # Bowers, Sprott and Taff 2013, High School Journal 96(2).
    frame = published_flags()
    assert len(frame) == 110
    made = [counts(row) for _, row in frame.iterrows()]
    precision = np.array([one.precision.value for one in made])
    assert np.corrcoef(precision, frame["prediction"])[0, 1] == pytest.approx(
        0.9975, abs=1e-4
    )
    away = np.abs(precision - frame["prediction"])
    assert (away < 0.02).sum() == 109
    assert away.max() == pytest.approx(0.18, abs=0.005)
    for one, (_, row) in zip(made, frame.iterrows(), strict=True):
        assert one.sensitivity.value == pytest.approx(row["sensitivity"], abs=0.01)
        assert one.false_alarms.value == pytest.approx(1 - row["specificity"], abs=0.01)
    # In two rows the published share of false alarms is not one less specificity.
    apart = frame["false.positives_proportion"] - (1 - frame["specificity"])
    assert (apart.abs() < 0.002).sum() == 108


def test_sixth_grade_attendance_of_philadelphia():
    # Balfanz, Herzog and Mac Iver 2007: 83 of 100 with 80 % attendance or less left.
    frame = published_flags()
    found = frame[frame["dropout_indicator"].str.contains("less than or equal to 80%")]
    one = counts(found.iloc[0])
    assert one.precision.value == pytest.approx(0.83, abs=0.005)
    assert one.sensitivity.value == pytest.approx(0.233, abs=0.001)


def beaten_by(frame: pd.DataFrame, recall: float, false_alarms: float) -> int:
    """How many published flags find as many or more with as few false alarms."""
    return int(
        (
            (frame["sensitivity"] >= recall)
            & (1 - frame["specificity"] <= false_alarms)
        ).sum()
    )


def test_our_flags_beside_the_110(open_university):
    frame = published_flags()
    last = open_university.checkpoints[-1]
    rule, model = last.way(Way.RULE), last.way(Way.MODEL)
    by_rule, by_model = (
        beaten_by(frame, one.recall.value, one.false_alarms.value)
        for one in (rule, model)
    )
    assert by_model <= by_rule < 20
