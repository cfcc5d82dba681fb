"""Rates, differences and ratios against statsmodels, and at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import xlogy
from scipy.stats import chi2, chi2_contingency
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
)

from evenrise.statistics.rates import (
    difference,
    difference_arrays,
    difference_p,
    katz,
    koopman,
    risk_ratio,
    score_difference,
    wilson,
    wilson_arrays,
)
from evenrise.vocabulary.estimates import Reason


COUNTS = [(40, 180, 60, 620), (3, 25, 9, 410), (36, 40, 16, 80), (1, 7, 6, 9)]


@pytest.mark.parametrize(("x", "n"), [(0, 9), (9, 9), (4, 9), (333, 9001)])
def test_wilson_equals_statsmodels(x: int, n: int) -> None:
    lower, upper = proportion_confint(x, n, method="wilson")
    rate = wilson(x, n)
    assert (rate.lower, rate.upper) == pytest.approx((lower, upper), abs=1e-14)


@pytest.mark.parametrize("counts", COUNTS)
def test_difference_equals_statsmodels(counts: tuple[int, ...]) -> None:
    limits = confint_proportions_2indep(*counts, method="newcomb", compare="diff")
    gap = difference(*counts)
    assert (gap.lower, gap.upper) == pytest.approx(limits, abs=1e-13)


@pytest.mark.parametrize("counts", COUNTS)
def test_ratio_equals_statsmodels(counts: tuple[int, ...]) -> None:
    x1, n1, x2, n2 = counts
    table = Table2x2(np.array([[x1, n1 - x1], [x2, n2 - x2]]), shift_zeros=False)
    log = katz(*counts)
    assert (log.lower, log.upper) == pytest.approx(table.riskratio_confint())
    score = koopman(*counts)
    limits = confint_proportions_2indep(
        *counts, method="score", compare="ratio", correction=False
    )
    assert (score.lower, score.upper) == pytest.approx(limits, rel=1e-6)


@pytest.mark.parametrize("counts", COUNTS)
def test_score_limits_of_a_difference_lie_where_the_test_turns(
    counts: tuple[int, ...],
) -> None:
    # statsmodels' limits and constrained rates are off for unequal groups (0.0013 for
    # the first counts), so the likelihood is maximised here by a general search.
    x1, n1, x2, n2 = counts
    gap = score_difference(*counts)
    for d in (gap.lower, gap.upper):
        assert d is not None

        def loss(p: float, d: float = d) -> float:
            return -float(
                xlogy(x1, p + d)
                + xlogy(n1 - x1, 1 - p - d)
                + xlogy(x2, p)
                + xlogy(n2 - x2, 1 - p)
            )

        inside = (max(0, -d) + 1e-12, min(1, 1 - d) - 1e-12)
        p = minimize_scalar(
            loss, bounds=inside, method="bounded", options={"xatol": 1e-12}
        ).x
        spread = (p + d) * (1 - p - d) / n1 + p * (1 - p) / n2
        spread *= (n1 + n2) / (n1 + n2 - 1)
        z2 = (x1 / n1 - x2 / n2 - d) ** 2 / spread
        assert z2 == pytest.approx(1.959963984540054**2, rel=1e-5)


def test_a_ratio_takes_the_score_interval_for_small_counts() -> None:
    assert risk_ratio(4, 40, 30, 300) == koopman(4, 40, 30, 300)
    assert risk_ratio(5, 40, 30, 300) == katz(5, 40, 30, 300)


def test_nothing_in_the_comparison_group_leaves_the_lower_limit() -> None:
    ratio = risk_ratio(5, 40, 0, 60)
    assert ratio.value is None
    assert ratio.reason is Reason.NO_EVENTS_IN_REFERENCE
    assert ratio.lower == pytest.approx(2.0254, abs=1e-4)
    assert ratio.upper is None


def test_a_whole_group_on_both_sides_has_a_ratio_of_one() -> None:
    ratio = koopman(10, 10, 20, 20)
    assert ratio.value == 1
    assert ratio.lower is not None
    assert ratio.upper is not None
    assert 0 < ratio.lower < 1 < ratio.upper


def test_no_students_and_hidden_counts_have_reasons() -> None:
    assert wilson(0, 0).reason is Reason.NO_STUDENTS
    assert wilson(None, 12).reason is Reason.SUPPRESSED
    assert difference(0, 0, 3, 10).reason is Reason.NO_STUDENTS
    assert difference(1, 10, None, 10).reason is Reason.SUPPRESSED
    assert risk_ratio(0, 0, 3, 10).reason is Reason.NO_STUDENTS
    assert risk_ratio(0, 10, 0, 10).reason is Reason.NO_EVENTS_IN_REFERENCE
    assert risk_ratio(1, None, 0, 10).reason is Reason.SUPPRESSED


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (float("nan"), 5)])
def test_impossible_counts_are_refused(x: float, n: float) -> None:
    with pytest.raises(ValueError, match="between 0 and its n"):
        wilson(x, n)


def test_arrays_equal_single_calls() -> None:
    x, n = np.array([0, 3, 9, 0]), np.array([9, 9, 9, 0])
    lower, upper = wilson_arrays(x, n)
    for i in range(3):
        one = wilson(int(x[i]), int(n[i]))
        assert (lower[i], upper[i]) == (one.lower, one.upper)
    assert np.isnan(lower[3])
    assert np.isnan(upper[3])
    low, high = difference_arrays(x[:, None], n[:, None], x, n)
    assert low.shape == (4, 4)
    gap = difference(0, 9, 3, 9)
    assert (low[0, 1], high[0, 1]) == (gap.lower, gap.upper)


def test_p_values_at_the_edges() -> None:
    p = difference_p(
        [0, 5, 9, 0, 9], [9, 10, 9, 0, 9], [0, 5, 9, 3, 0], [9, 10, 9, 9, 9]
    )
    assert p[:3] == pytest.approx([1, 1, 1])
    assert np.isnan(p[3])
    assert p[4] < 1e-4


def test_p_values_are_the_score_test() -> None:
    # Campbell's N - 1 chi-squared, from scipy's uncorrected one.
    plain = chi2_contingency([[40, 140], [60, 560]], correction=False).statistic
    (p,) = difference_p([40], [180], [60], [620])
    assert p == pytest.approx(chi2.sf(plain * 799 / 800, 1), rel=1e-10)
