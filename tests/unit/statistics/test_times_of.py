"""When each share had left: quartiles of Kaplan and Meier's curve."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.staff_retention import staying, times_of


def test_when_all_left_the_quartiles_lie_between_them():
    assert times_of(np.arange(1, 13), np.ones(12)) == (3.5, 6.5, 9.5)


def test_who_is_still_there_counts_until_now():
    # By hand: 10 people, leaving at 1, 2 and 4, others there until 3 and 9.
    time, left = [1, 2, 3, 4, 9, 9, 9, 9, 9, 9], [1, 1, 0, 1, 0, 0, 0, 0, 0, 0]
    assert times_of(time, left) == (4, None, None)  # 0.9, 0.8, then 0.8 x 6/7
    assert times_of(time, left, (0.1, 0.2)) == (1.5, 3)


@pytest.mark.parametrize("seed", range(5))
def test_the_half_is_the_median_of_the_curve(seed):
    rng = np.random.default_rng(seed)
    time, left = rng.integers(1, 30, 80), rng.random(80) < 0.7
    assert times_of(time, left)[1] == staying(time, left, [0]).median


def test_of_nobody_nothing_is_known():
    assert times_of([], []) == (None, None, None)
