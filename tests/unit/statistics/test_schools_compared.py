"""Funnels and shrinkage at their edges."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.statistics.funnel import funnel
from evenrise.statistics.shrinkage import shrink_rates
from evenrise.vocabulary.estimates import Reason


def test_a_school_that_stands_out_is_the_only_one() -> None:
    n = np.full(30, 400)
    x = np.full(30, 80) + np.tile([-8, 0, 8], 10)
    x[7] = 160
    seen = funnel(x, n)
    assert seen.outside[7] == 2
    assert np.count_nonzero(seen.outside) == 1
    curves = seen.limits([10, 100, 1000])
    assert np.all(curves.lower_998 <= curves.lower_95)
    assert np.all(curves.upper_95 <= curves.upper_998)


def test_the_adjusted_z_and_the_limits_agree() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(20, 500, 40)
    x = rng.binomial(n, rng.beta(8, 24, 40))
    seen = funnel(x, n)
    curves = seen.limits(n)
    above = x / n > curves.upper_95
    assert np.array_equal(above, seen.outside >= 1)


@pytest.mark.parametrize(
    ("x", "n", "reason"),
    [
        ([0, 0], [0, 0], Reason.NO_STUDENTS),
        ([3, 0], [9, 0], Reason.ONE_SCHOOL),
        ([0, 0], [9, 8], Reason.NO_VARIATION),
        ([9, 8], [9, 8], Reason.NO_VARIATION),
    ],
)
def test_nothing_can_stand_out(x: list[int], n: list[int], reason: Reason) -> None:
    seen = funnel(x, n)
    assert seen.reason is reason
    assert not seen.outside.any()
    rates = shrink_rates(x, n)
    assert rates.reason is reason
    assert not rates.variation


def test_a_school_without_students_is_left_out() -> None:
    with_empty = funnel([10, 0, 30, 25], [100, 0, 120, 90])
    without = funnel([10, 30, 25], [100, 120, 90])
    assert with_empty.phi == without.phi
    assert np.isnan(with_empty.z[1])
    assert shrink_rates([10, 0, 30, 25], [100, 0, 120, 90]).weight[1] == 0


def test_small_schools_move_most() -> None:
    rates = shrink_rates([0, 5, 12, 40, 3, 55], [10, 5, 40, 80, 30, 60])
    assert rates.variation
    assert rates.lower is not None
    assert rates.upper is not None
    assert np.all((rates.lower < rates.shrunk) & (rates.shrunk < rates.upper))
    assert rates.weight[1] == rates.weight.min()
    assert rates.shrunk[0] > 0
    assert rates.shrunk[1] < 1
