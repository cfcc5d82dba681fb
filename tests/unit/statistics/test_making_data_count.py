"""The rules of Making Data Count where the method's own package once went wrong.

The cases are told in the public list of changes of NHSRplotthedots (#143, #167, #171,
#194) and are written here in our own words and numbers.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.making_data_count import (
    Meaning,
    Signal,
    making_data_count,
    point_signals,
)


UP, DOWN = Signal.TWO_ABOVE, Signal.TWO_BELOW


def signals(y, center=0.0, half=3.0, **more):
    return point_signals(y, center, half, **more)


def test_143_two_near_opposite_limits_are_no_signal():
    # Two of three lie in the outer thirds, but on two sides of the middle.
    assert signals([2.5, 0.5, -2.5]) == [Signal.NONE] * 3
    # And two above with the third below the middle is none either.
    assert signals([2.5, -0.5, 2.5]) == [Signal.NONE] * 3
    assert signals([2.5, 0.5, 2.5]) == [UP, Signal.NONE, UP]
    assert signals([-2.5, -2.5, -0.1]) == [DOWN, DOWN, Signal.NONE]


def test_two_near_a_limit_with_two_between_are_no_signal():
    assert signals([2.5, 0.5, 0.5, 2.5]) == [Signal.NONE] * 4
    seen = signals([2.5, 0.5, 0.5, 2.5, 2.5])
    assert seen == [Signal.NONE] * 3 + [UP] * 2


def test_167_a_trend_means_the_same_for_all_of_its_points():
    rising = making_data_count([*range(10, 17)], good=1)
    falling = making_data_count([*range(16, 9, -1)], good=1)
    inside = [one for one in rising.signal if one is Signal.RISING]
    assert len(inside) >= 3
    assert {
        meaning
        for signal, meaning in zip(rising.signal, rising.meaning, strict=True)
        if signal is Signal.RISING
    } == {Meaning.IMPROVEMENT}
    assert {
        meaning
        for signal, meaning in zip(falling.signal, falling.meaning, strict=True)
        if signal is Signal.FALLING
    } == {Meaning.CONCERN}


def test_171_a_falling_trend_above_the_middle_is_falling():
    # All seven lie above the middle; what they do is fall.
    y = [0.0] * 12 + [2.0, 1.9, 1.8, 1.7, 1.6, 1.5, 1.4]
    seen = signals(y, center=0.5, half=10.0)
    assert seen[-7:] == [Signal.FALLING] * 7
    crossing = signals([0.6, 0.4, 0.2, 0.0, -0.2, -0.4, -0.6], half=10.0)
    assert crossing == [Signal.FALLING] * 7


def test_194_the_two_of_three_rule_can_wait_for_enough_points():
    y = [0.1, -0.1, 2.5, 2.5, 0.2]
    assert UP in signals(y)
    assert UP not in signals(y, two_of_three=False)


@pytest.mark.parametrize(
    ("y", "marked"),
    [
        ([1] * 6, 0),
        ([1] * 6 + [-1], 0),
        ([1] * 8 + [-1], 8),
        ([-1] + [1] * 8 + [-1], 8),
        ([1, 1, 1, 0, 1, 1, 1], 0),  # a point on the middle breaks the run
    ],
)
def test_seven_in_a_row_on_one_side(y, marked):
    seen = signals(y, half=10.0)
    assert sum(one in (Signal.RUN_ABOVE, Signal.RUN_BELOW) for one in seen) == marked


@pytest.mark.parametrize(
    ("y", "marked"),
    [
        ([1, 2, 3, 4, 5, 6], 0),
        ([1, 2, 3, 3, 4, 5, 6], 0),  # two that are the same break the trend
        ([1, 2, 3, 4, 5, 6, 7], 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], 7),
    ],
)
def test_seven_that_rise(y, marked):
    # The middle far below: no other rule is named before this one.
    seen = signals(y, center=[0.5, 6.5] * 4 + [0.5] if len(y) == 9 else 3.5, half=20.0)
    assert seen.count(Signal.RISING) == marked


def test_a_flat_series_is_no_signal():
    assert set(making_data_count([4.0] * 14).signal) == {Signal.NONE}


def test_limits_may_differ_from_point_to_point():
    center, half = np.full(3, 0.5), np.array([0.3, 0.1, 0.3])
    assert signals([0.7, 0.7, 0.7], center, half)[1] is Signal.ABOVE_LIMIT
