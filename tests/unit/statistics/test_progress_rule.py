"""The rules for change of a support: four points, trend against aim, too early."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.progress_rule import (
    AimLine,
    Rule,
    Verdict,
    read_progress,
)


RISING = AimLine(0, 40.0, 70, 60.0)  # 2 units a week
FALLING = AimLine(0, 6.0, 42, 0.0)  # one a week fewer
WEEKLY = np.arange(8) * 7.0


def test_six_points_are_needed_however_bad_they_look():
    days, low = WEEKLY[:5], [20.0] * 5
    found = read_progress(days, low, RISING, rises=True)
    assert found.verdict is Verdict.TOO_EARLY
    assert found.missing == 1
    assert found.rule is Rule.NONE
    six = read_progress(WEEKLY[:6], [20.0] * 6, RISING, rises=True)
    assert six.verdict is Verdict.CHANGE


def test_six_points_in_one_week_are_too_early():
    found = read_progress(np.arange(6.0), [20.0] * 6, RISING, rises=True)
    assert found.verdict is Verdict.TOO_EARLY
    assert found.missing == 0


def test_four_in_a_row_on_the_wrong_side_ask_for_a_change():
    aim = RISING.at(WEEKLY[:6])
    off = np.array([3.0, 3.0, -1.0, -1.0, -1.0, -1.0])
    found = read_progress(WEEKLY[:6], aim + off, RISING, rises=True)
    assert (found.verdict, found.rule) == (Verdict.CHANGE, Rule.FOUR_POINTS)
    off[3] = 0.0  # on the line: not below it
    kept = read_progress(WEEKLY[:6], aim + off, RISING, rises=True)
    assert kept.verdict is Verdict.KEEP


def test_above_the_line_is_worse_where_fewer_is_better():
    above = FALLING.at(WEEKLY[:6]) + 1.0
    assert (
        read_progress(WEEKLY[:6], above, FALLING, rises=False).verdict is Verdict.CHANGE
    )
    below = FALLING.at(WEEKLY[:6]) - 0.5
    assert (
        read_progress(WEEKLY[:6], below, FALLING, rises=False).verdict is Verdict.RAISE
    )


def test_a_trend_that_is_clearly_flatter_asks_for_a_change():
    # Begins well above the line and grows by half a unit a week: the aim is two.
    noise = np.array([0.0, 0.1, -0.1, 0.1, 0.0, -0.1, 0.1, 0.0])
    values = 47.0 + 0.5 * np.arange(8) + noise
    mixed = values.copy()
    found = read_progress(WEEKLY, mixed, RISING, rises=True)
    assert found.trend is not None
    assert found.trend.upper < found.aim == pytest.approx(2.0)
    assert (found.verdict, found.rule) == (Verdict.CHANGE, Rule.TREND)


def test_a_noisy_trend_on_the_line_is_kept():
    off = np.array([3.0, -3.0, 2.0, -2.0, 3.0, -3.0, 2.0, -2.0])
    found = read_progress(WEEKLY, RISING.at(WEEKLY) + off, RISING, rises=True)
    assert (found.verdict, found.rule) == (Verdict.KEEP, Rule.TREND)


def test_the_trend_is_theil_and_sens():
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 80.0])
    found = read_progress(WEEKLY, values, RISING, rises=True)
    assert found.trend is not None
    assert found.trend.slope == pytest.approx(1.0)  # one odd point does not turn it
    slopes = [
        (values[j] - values[i]) / (j - i) for i in range(8) for j in range(i + 1, 8)
    ]
    assert found.trend.slope == pytest.approx(np.median(slopes))


def test_order_and_missing_values_do_not_matter():
    days = WEEKLY[[3, 0, 5, 1, 4, 2, 6]]
    values = np.where(days == 42.0, np.nan, 20.0)
    found = read_progress(days, values, RISING, rises=True)
    assert found.points == 6
    assert found.verdict is Verdict.CHANGE


def test_after_its_end_the_aim_is_the_target():
    assert RISING.at([70, 700]).tolist() == [60.0, 60.0]
    with pytest.raises(ValueError, match="after it begins"):
        AimLine(5, 1.0, 5, 2.0)
    with pytest.raises(ValueError, match="its day"):
        read_progress([1.0], [1.0, 2.0], RISING, rises=True)
