"""What may be said of a support, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from evenrise.findings.support_effects.judge import FEWEST, judge
from evenrise.findings.support_effects.reading import Doubt, Verdict
from evenrise.findings.support_effects.study import (
    Look,
    Measured,
    Rule,
    SupportStudy,
    Unit,
)
from evenrise.statistics.claims import Rung
from evenrise.vocabulary.text import Text


DAYS_MISSED = Measured(
    Text("the share of school days missed", "la proporción de días perdidos"),
    Text("in the 45 school days after it began", "en los 45 días siguientes"),
    Unit.POINTS,
    "down",
)
SCORES = replace(DAYS_MISSED, unit=Unit.SD, good="up")


def study(
    given: int, others: int, effect: float, *, seed: int = 1, lean: float = 0.5, **more
) -> SupportStudy:
    """Students given a support leaning towards those who had missed more before."""
    rng = np.random.default_rng(seed)
    n = given + others
    treated = np.arange(n) < given
    before = 0.15 + 0.05 * rng.standard_normal(n) + 0.05 * lean * treated
    grade = rng.integers(1, 13, n).astype(float)
    outcome = 0.1 + 0.6 * (before - 0.15) + 0.07 * rng.standard_normal(n)
    told = {
        "support": "check_in",
        "measured": DAYS_MISSED,
        "treated": treated,
        "outcome": outcome + effect * treated,
        "covariates": np.column_stack([before, grade]),
        "covariate_names": ("absent_before", "grade"),
        "school": rng.integers(0, 9, n),
        "started_on": np.full(n, np.datetime64("2026-01-12")),
        "delivered": np.where(treated, 13, 0),
        "planned": np.where(treated, 16, 0),
        "lost": np.zeros(n, np.bool_),
    }
    return SupportStudy(**{**told, **more})


def test_a_support_that_lowers_absence_helps() -> None:
    reading = judge(study(200, 800, -0.04))
    assert reading.verdict is Verdict.HELPS
    assert reading.rung is Rung.WEIGHTED
    assert reading.effect.upper < 0
    assert reading.effect.value == pytest.approx(-0.04, abs=0.015)
    assert "helps" in reading.sentence.en
    assert "lower" in reading.sentence.en
    assert "ayuda" in reading.sentence.es
    assert reading.e_value > 1


def test_the_same_the_other_way_may_harm() -> None:
    reading = judge(study(200, 800, 0.04))
    assert reading.verdict is Verdict.MAY_HARM
    assert "may do harm" in reading.sentence.en


def test_where_more_is_better_the_signs_turn() -> None:
    assert judge(study(200, 800, 0.04, measured=SCORES)).verdict is Verdict.HELPS
    assert judge(study(200, 800, -0.04, measured=SCORES)).verdict is Verdict.MAY_HARM


def test_who_needs_it_is_given_it_and_that_does_not_mislead() -> None:
    # They miss more before and after: the plain difference hides the effect.
    reading = judge(study(300, 1200, -0.03, lean=1.0))
    assert reading.naive > -0.01
    assert reading.verdict is Verdict.HELPS
    assert abs(reading.balance[0].before) > 0.8
    assert abs(reading.balance[0].after) < 0.1


def test_nothing_with_enough_students_is_no_useful_difference() -> None:
    reading = judge(study(1000, 4000, 0.0))
    assert reading.verdict is Verdict.NO_USEFUL_DIFFERENCE
    assert max(abs(reading.effect.lower), abs(reading.effect.upper)) < reading.useful


def test_a_clear_effect_too_small_to_matter_is_no_useful_difference() -> None:
    reading = judge(study(4000, 16000, -0.006))
    assert reading.effect.excludes_zero
    assert reading.verdict is Verdict.NO_USEFUL_DIFFERENCE


def test_between_both_nobody_can_tell_yet_and_what_it_would_take() -> None:
    reading = judge(study(40, 160, -0.005, lean=0.2, seed=2))
    assert (reading.verdict, reading.doubt) == (Verdict.CANNOT_TELL, Doubt.WIDE)
    assert reading.smallest > reading.useful
    assert reading.more > 0
    assert str(reading.more) in reading.sentence.en
    # With as many more, the smallest effect to be seen is about the useful one.
    n = reading.n_given + reading.more
    again = judge(study(n, 4 * n, 0.0, seed=4))
    assert again.smallest == pytest.approx(again.useful, rel=0.3)


def test_fewer_than_the_minimum_cannot_tell_however_large_the_difference() -> None:
    reading = judge(study(FEWEST - 1, 400, -0.3))
    assert (reading.verdict, reading.doubt) == (Verdict.CANNOT_TELL, Doubt.FEW_GIVEN)
    assert reading.effect.value is None
    assert "fewer than 20" in reading.sentence.en
    assert reading.more >= 1


def test_nobody_to_compare_with_is_no_effect() -> None:
    one = study(100, 0, -0.1)
    reading = judge(one)
    assert reading.verdict is Verdict.NOT_COMPARABLE
    assert reading.doubt is Doubt.NO_COMPARISON
    assert "before and after alone" in reading.sentence.en
    few = judge(study(100, FEWEST - 1, -0.1))
    assert (few.verdict, few.doubt) == (Verdict.NOT_COMPARABLE, Doubt.NO_COMPARISON)


def test_students_like_nobody_else_are_not_compared() -> None:
    n = np.arange(500)
    score = np.where(n < 100, 2.0, 0.0) + np.random.default_rng(1).normal(0, 0.2, 500)
    one = study(100, 400, -0.1)
    reading = judge(
        replace(
            one,
            covariates=np.column_stack([one.covariates, score]),
            covariate_names=(*one.covariate_names, "score"),
        )
    )
    assert (reading.verdict, reading.doubt) == (Verdict.NOT_COMPARABLE, Doubt.UNALIKE)
    assert reading.effect.value is None
    assert "earlier test scores" in reading.sentence.en
    assert "pruebas anteriores" in reading.sentence.es


def test_many_more_lost_on_one_side_is_not_compared() -> None:
    one = study(200, 800, -0.04)
    lost = one.treated & (np.arange(1000) % 5 == 0)
    outcome = np.where(lost, np.nan, one.outcome)
    reading = judge(replace(one, lost=lost, outcome=outcome))
    assert (reading.verdict, reading.doubt) == (
        Verdict.NOT_COMPARABLE,
        Doubt.ATTRITION,
    )
    assert reading.effect.value is None
    few = one.treated & (np.arange(1000) % 20 == 0)
    assert judge(replace(one, lost=few)).verdict is Verdict.HELPS


def test_an_early_look_asks_for_more() -> None:
    one = study(60, 240, -0.027, lean=0.2, seed=2)
    alone = judge(one)
    early = judge(replace(one, look=Look(1, 4, dt.date(2025, 1, 31))))
    assert alone.verdict is Verdict.HELPS
    assert early.verdict is Verdict.CANNOT_TELL
    assert early.effect.value == alone.effect.value
    wide = early.effect.upper - early.effect.lower
    assert wide > 2 * (alone.effect.upper - alone.effect.lower)
    assert any("look 1 of 4" in each.en for each in early.caveats)


def ruled(near: int, effect: float, **more) -> SupportStudy:
    """A rule gave it to everybody with a score of 10 or more."""
    rng = np.random.default_rng(5)
    score = rng.uniform(0, 20, near)
    treated = score >= 10
    base = study(near, 0, 0.0)
    outcome = 0.02 * score + effect * treated + 0.05 * rng.standard_normal(near)
    return replace(
        base,
        treated=treated,
        outcome=outcome,
        covariates=rng.standard_normal((near, 2)),
        rule=Rule(score, 10.0, "at_or_above"),
        **more,
    )


def test_a_rules_line_is_the_stronger_rung() -> None:
    reading = judge(ruled(3000, -0.08))
    assert (reading.rung, reading.verdict) == (Rung.CUTOFF, Verdict.HELPS)
    assert reading.effect.value == pytest.approx(-0.08, abs=0.03)
    assert any("near the line" in each.en for each in reading.caveats)


def test_a_rule_below_its_line_is_read_the_other_way_round() -> None:
    one = ruled(3000, -0.08)
    turned = Rule(-one.rule.score, -10.0, "at_or_below")
    assert judge(replace(one, rule=turned)).effect.value == pytest.approx(
        judge(one).effect.value
    )


def test_a_rule_that_gives_it_below_its_line_is_read_so_too() -> None:
    one = ruled(3000, -0.08)
    below = Rule(-one.rule.score, -10.0, "below")
    reading = judge(replace(one, rule=below))
    assert reading.effect.value == pytest.approx(judge(one).effect.value)
    low, high = judge(one).effect.lower, judge(one).effect.upper
    assert (reading.effect.lower, reading.effect.upper) == pytest.approx((low, high))
    assert reading.line.near == judge(one).line.near


def test_too_few_near_the_line_is_not_that_rung() -> None:
    assert judge(ruled(120, -0.08)).rung is Rung.WEIGHTED


def test_a_rule_that_did_not_decide_is_not_that_rung() -> None:
    one = ruled(3000, -0.08)
    flipped = one.treated ^ (np.arange(3000) % 8 == 0)
    assert judge(replace(one, treated=flipped)).rung is Rung.WEIGHTED


def test_scores_moved_over_the_line_are_not_that_rung() -> None:
    one = ruled(3000, -0.08)
    score = one.rule.score.copy()
    moved = (score > 9.7) & (score < 10)
    score[moved] = 10.05
    told = replace(one, rule=replace(one.rule, score=score), treated=score >= 10)
    assert judge(told).rung is Rung.WEIGHTED


def test_dosage_is_told_and_no_dose_response() -> None:
    reading = judge(study(50, 200, 0.0))
    assert (reading.dosage.planned, reading.dosage.delivered) == (800, 650)
    assert reading.dosage.most == 50
    assert any("does not say that more sessions" in each.en for each in reading.caveats)


def test_what_is_kept_is_plain_json_without_nan() -> None:
    for one in (study(200, 800, -0.04), study(5, 20, 0), study(30, 0, 0)):
        kept = judge(one).as_json()
        assert json.loads(json.dumps(kept, allow_nan=False)) == kept
        assert set(kept["sentence"]) == {"en", "es"}


def test_columns_that_do_not_belong_together_are_refused() -> None:
    one = study(30, 60, 0.0)
    with pytest.raises(ValueError, match="one row for each"):
        replace(one, outcome=one.outcome[1:])
    with pytest.raises(ValueError, match="needs a name"):
        replace(one, covariate_names=("grade",))
    with pytest.raises(ValueError, match="numbers only"):
        replace(one, outcome=np.where(one.treated, np.nan, one.outcome))
