"""Growth percentiles: exact planes, and the edges."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import QuantileRegressor

from evenrise.statistics.growth import (
    growth_percentiles,
    median_growth,
    quantile_regression,
    residual_percentiles,
)
from evenrise.vocabulary.estimates import Reason


RNG = np.random.default_rng(31)
X = RNG.normal(size=150)
Y = 0.7 * X + RNG.normal(size=150)


def test_the_plane_is_scikit_learns() -> None:
    ours = quantile_regression(np.column_stack([np.ones(150), X]), Y, 0.3)
    theirs = QuantileRegressor(quantile=0.3, alpha=0).fit(X[:, None], Y)
    assert ours == pytest.approx([theirs.intercept_, *theirs.coef_], abs=1e-6)


def test_the_order_of_students_changes_nothing() -> None:
    order = RNG.permutation(150)
    here, there = growth_percentiles(X, Y), growth_percentiles(X[order], Y[order])
    assert np.abs(here.percentile[order] - there.percentile).max() <= 1
    assert 40 < here.percentile.mean() < 60
    assert here.percentile.min() >= 1
    assert here.percentile.max() <= 99


def test_growth_at_its_edges() -> None:
    assert growth_percentiles([], []).reason is Reason.NO_STUDENTS
    assert growth_percentiles(X[:9], Y[:9]).reason is Reason.TOO_FEW
    assert growth_percentiles(X * 0, Y).reason is Reason.NO_VARIATION
    missing = np.where(np.arange(150) == 4, np.nan, Y)
    assert growth_percentiles(X, missing).percentile[4] == 0
    assert residual_percentiles(X * 0, Y).reason is Reason.SINGULAR
    exact = residual_percentiles(np.arange(9.0), np.zeros(9))
    assert exact.reason is Reason.NO_VARIATION


def test_a_schools_median_needs_twenty() -> None:
    assert median_growth([50] * 19).reason is Reason.TOO_FEW
    assert median_growth([0] * 30).reason is Reason.NO_STUDENTS
    some = np.arange(1, 40)
    seen = median_growth(some)
    assert seen.lower < seen.value == 20 < seen.upper
    assert median_growth(some[::-1]) == seen
