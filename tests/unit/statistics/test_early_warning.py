"""Early warning: unknown stays unknown, and the past stays as it was."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from evenrise.statistics.abc_rule import NO, UNKNOWN, YES, abc_flags
from evenrise.statistics.attendance_as_of import attendance_as_of
from evenrise.statistics.delong import area, compare_areas
from evenrise.statistics.early_warning import (
    Validation,
    calibrate,
    precision_at,
    validate,
)
from evenrise.statistics.environments import environments
from evenrise.vocabulary.estimates import Reason


DAYS = [dt.date(2025, 9, 1) + dt.timedelta(days=i) for i in range(60)]
SPELL = [(DAYS[0], None)]


def test_a_row_recorded_later_leaves_a_past_list_unchanged() -> None:
    early = [(DAYS[3], DAYS[3])]
    late = [*early, (DAYS[5], DAYS[50]), (DAYS[55], DAYS[55])]
    assert attendance_as_of(DAYS, SPELL, early, DAYS[40]) == attendance_as_of(
        DAYS, SPELL, late, DAYS[40]
    )


def test_the_last_day_of_a_spell_counts() -> None:
    seen = attendance_as_of(DAYS, [(DAYS[0], DAYS[0])], [], DAYS[40], min_days=1)
    assert seen.days_enrolled == 1


def test_absent_while_not_enrolled_is_a_question() -> None:
    spell = [(DAYS[0], DAYS[9])]
    seen = attendance_as_of(DAYS, spell, [(DAYS[20], DAYS[20])], DAYS[40])
    assert (seen.days_absent, seen.not_enrolled) == (0, 1)
    nobody = attendance_as_of(DAYS, [], [], DAYS[40])
    assert nobody.reason is Reason.NO_STUDENTS
    assert nobody.rate is None


def test_unknown_is_not_on_track() -> None:
    nan = np.nan
    seen = abc_flags(
        absence_rate=[0.0, nan, 0.2],
        suspension_days=[0, 0, nan],
        minor_incidents=[nan, 0, 0],
        failing_ela=[0, 0, 0],
        failing_math=[0, 0, 0],
        serious_incidents=[0, 0, 1],
    )
    assert seen.behavior.tolist() == [UNKNOWN, NO, YES]
    assert seen.any_flag.tolist() == [UNKNOWN, UNKNOWN, YES]
    assert seen.severe_attendance.tolist() == [NO, UNKNOWN, YES]
    assert seen.known.tolist() == [2, 2, 3]


def test_metrics_equal_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    p = np.round(rng.random(300), 2) * 0.98 + 0.01
    y = rng.binomial(1, p)
    seen = validate(p, y, k=30, threshold=0.5)
    assert isinstance(seen, Validation)
    assert seen.area.value.value == pytest.approx(roc_auc_score(y, p))
    assert seen.brier == pytest.approx(brier_score_loss(y, p))
    assert not seen.earns_its_place(0.05)  # there is no rule to beat


def test_ties_do_not_depend_on_the_order_of_rows() -> None:
    score, y = [3, 2, 2, 2, 1], [1, 1, 0, 0, 0]
    assert precision_at(score, y, 2) == pytest.approx((1 + 1 / 3) / 2)
    assert precision_at(score[::-1], y[::-1], 2) == precision_at(score, y, 2)
    assert precision_at(score, y, 99) == pytest.approx(0.4)
    with pytest.raises(ValueError, match="k of 1 or more"):
        precision_at([], [], 3)


def test_the_edges_of_validation() -> None:
    assert validate([], [], k=1, threshold=0.5) is Reason.NO_STUDENTS
    same = validate(
        [0.2, 0.4], [0, 0], k=1, threshold=0.3, rule=[0, 1], group=["a", "b"]
    )
    assert isinstance(same, Validation)
    assert same.area.value.reason is Reason.NO_VARIATION
    assert same.brier_scaled is None
    assert same.lift is None
    assert same.lift_over_rule is None
    assert same.p_against_rule is None
    assert same.flagged.missed.reason is Reason.NO_STUDENTS
    sure = calibrate([0.0, 1.0, 0.5], [0, 1, 1])
    assert sure.in_the_large is None
    apart = calibrate([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])
    assert apart.slope is None
    assert apart.in_the_large is not None


def test_a_score_is_as_good_as_itself() -> None:
    one = area([1, 2, 3, 4], [0, 1, 0, 1])
    assert compare_areas(one, one) == 1.0
    assert area([1, 2], [0, 1]).value.lower is None


def test_settings_and_students_reach_the_same_when_all_are_served() -> None:
    p, y, s = [0.9, 0.1, 0.5, 0.4], [1, 0, 1, 0], ["a", "a", "b", "b"]
    seen = environments(p, y, s, 10)
    assert seen.reached_by_student == seen.reached_by_setting == 2
    assert environments([], [], [], 1).reason is Reason.NO_STUDENTS
    assert environments(p, [0] * 4, s, 2).reason is Reason.NO_VARIATION
