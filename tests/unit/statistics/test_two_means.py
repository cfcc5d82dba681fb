"""Welch's comparison of many pairs of means, beside SciPy's of each."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from evenrise.statistics.two_means import Means, welch


def test_as_scipy_says():
    chance = np.random.default_rng(5)
    group = chance.integers(0, 6, 300)
    values = chance.normal(size=300) * (1 + group) + 0.2 * group
    whole = Means.of(np.zeros(300, dtype=int), values, 1).at(np.zeros(6, dtype=int))
    own = Means.of(group, values, 6)
    gap, lower, upper, p = welch(own, whole.without(own))
    for one in range(6):
        theirs = stats.ttest_ind(
            values[group == one], values[group != one], equal_var=False
        )
        ends = theirs.confidence_interval()
        assert (gap[one], lower[one], upper[one], p[one]) == pytest.approx(
            (
                values[group == one].mean() - values[group != one].mean(),
                ends.low,
                ends.high,
                theirs.pvalue,
            )
        )


def test_too_few_units_say_nothing():
    own = Means.of([0, 0, 1, 1, 1], [1.0, 2.0, 3.0, 4.0, 5.0], 2)
    assert np.isnan(welch(own, own.at([1, 0]))[3]).all()


def test_without_spread_there_is_nothing_to_judge_by():
    same = Means.of([0] * 4 + [1] * 4, [0.5] * 8, 2)
    gap, *_, p = welch(same.at([0]), same.at([1]))
    assert (gap[0], p[0]) == (0, 1)
    apart = Means.of([0] * 4 + [1] * 4, [0.5] * 4 + [0.75] * 4, 2)
    gap, *_, p = welch(apart.at([0]), apart.at([1]))
    assert gap[0] == -0.25
    assert np.isnan(p[0])
