"""Did the support help: formulas against libraries, refusals, and the edges."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats.power import TTestIndPower

from evenrise.statistics.claims import Refusal, Rung, Study, Verdict, claim
from evenrise.statistics.detectable import (
    means_detectable,
    rates_detectable,
    schools_detectable,
)
from evenrise.statistics.doubly_robust import doubly_robust
from evenrise.statistics.e_value import e_value, e_value_of_limit
from evenrise.statistics.least_squares import LeastSquares, least_squares
from evenrise.statistics.planned_looks import planned_looks
from evenrise.statistics.time_series_effect import compared_series, interrupted
from evenrise.vocabulary.estimates import Estimate, Reason


RNG = np.random.default_rng(12)
X = np.column_stack([np.ones(60), RNG.normal(size=(60, 2))])
Y = X @ [1.0, 2, -1] + RNG.normal(size=60) * (1 + np.abs(X[:, 1]))
GROUP = np.repeat(np.arange(12), 5)


def fitted() -> LeastSquares:
    found = least_squares(("a", "b", "c"), X, Y)
    assert isinstance(found, LeastSquares)
    return found


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (fitted().classical(), {"cov_type": "nonrobust"}),
        (fitted().hc1(), {"cov_type": "HC1"}),
        (
            fitted().newey_west(3),
            {"cov_type": "HAC", "cov_kwds": {"maxlags": 3, "use_correction": False}},
        ),
        (
            fitted().clustered(GROUP),
            {"cov_type": "cluster", "cov_kwds": {"groups": GROUP}},
        ),
    ],
)
def test_covariances_equal_statsmodels(ours: np.ndarray, theirs: dict) -> None:
    assert ours == pytest.approx(sm.OLS(Y, X).fit(**theirs).cov_params(), rel=1e-9)


def test_the_jackknife_is_leaving_out() -> None:
    whole = fitted()
    moves = []
    for g in range(12):
        part = least_squares(("a", "b", "c"), X[g != GROUP], Y[g != GROUP])
        assert isinstance(part, LeastSquares)
        moves.append(part.beta - whole.beta)
    cov = np.array(moves).T @ np.array(moves) * 11 / 12
    assert whole.jackknife(GROUP) == pytest.approx(cov)


def test_least_squares_at_its_edges() -> None:
    assert least_squares(("a",), [[1.0]], [1.0]) is Reason.TOO_FEW
    assert least_squares(("a", "b"), np.ones((5, 2)), np.arange(5)) is Reason.SINGULAR
    assert least_squares(("a",), np.zeros((5, 1)), np.arange(5)) is Reason.SINGULAR


def test_one_series_too_short_is_a_reason() -> None:
    seen = interrupted([1, 2, 3], [0, 0, 1], [0, 0, 1], [1.0, 2, 3])
    assert seen.reason is Reason.TOO_FEW


def test_a_comparison_needs_both_kinds_of_schools() -> None:
    year, school = np.tile(np.arange(6), 4), np.repeat(np.arange(4), 6)
    post, y = (year >= 4).astype(float), RNG.normal(size=24)
    nobody = compared_series(year, school, 0 * year, post, y)
    assert nobody.reason is Reason.ONE_SCHOOL
    short = compared_series(year, school, school < 2, year >= 3, y)
    assert short.reason is Reason.TOO_FEW  # three years before
    assert short.effect.known
    whole = compared_series(year, school, school < 2, post, y)
    assert whole.reason is None
    assert whole.effect.lower < whole.effect.value < whole.effect.upper


def test_a_planted_effect_is_found_where_the_naive_difference_misleads() -> None:
    x = RNG.normal(size=(4000, 1))
    took = RNG.random(4000) < 1 / (1 + np.exp(1.2 * x[:, 0]))  # the low are served
    y = 2 * x[:, 0] + 0.5 * took + RNG.normal(size=4000)
    seen = doubly_robust(y, took, x)
    assert seen.naive < 0
    assert seen.effect.lower < 0.5 < seen.effect.upper
    assert seen.balanced


def test_doubly_robust_at_its_edges() -> None:
    x = np.arange(10.0)[:, None]
    assert doubly_robust(x[:, 0], [0] * 10, x).reason is Reason.NO_STUDENTS
    apart = doubly_robust(x[:, 0], x[:, 0] > 4, x)
    assert apart.reason is Reason.SEPARATED
    assert apart.naive == 5
    same = doubly_robust(x[:, 0], [0, 1] * 5, np.ones((10, 1)))
    assert same.reason is Reason.SINGULAR
    assert not same.overlaps


def test_published_critical_values() -> None:
    # Jennison and Turnbull 2000, tables 2.1 and 2.3.
    assert planned_looks(5, "P").z[0] == pytest.approx(2.413, abs=1e-3)
    assert planned_looks(5, "OF").z[-1] == pytest.approx(2.040, abs=1e-3)
    assert planned_looks(1, "OF").z == pytest.approx((1.959964,), abs=1e-6)
    assert planned_looks(3, "asP").spent[-1] == pytest.approx(0.025)
    with pytest.raises(ValueError, match="1 or more"):
        planned_looks(0, "OF")


def test_power_equals_statsmodels() -> None:
    effect = TTestIndPower().solve_power(nobs1=40, alpha=0.05, power=0.8)
    assert means_detectable(40).value == pytest.approx(effect, abs=1e-4)


def test_power_at_its_edges() -> None:
    assert schools_detectable(schools=2, n_per_school=50, icc=0.1).reason
    assert means_detectable(1).reason is Reason.TOO_FEW
    assert rates_detectable(0.9, 5).reason is Reason.TOO_FEW
    four = schools_detectable(schools=4, n_per_school=80, icc=0.2)
    assert not four.could_see()


def test_e_values() -> None:
    assert e_value(1.0) == 1
    assert e_value(0.5) == pytest.approx(e_value(2))
    assert e_value_of_limit(2.0, 0.9) == 1
    with pytest.raises(ValueError, match="above 0"):
        e_value(0)


EFFECT = Estimate(0.3, 0.1, 0.5)


@pytest.mark.parametrize(
    ("study", "refusal"),
    [
        (Study(rung=Rung.BEFORE_AFTER, effect=EFFECT), Refusal.BEFORE_AFTER_ALONE),
        (
            Study(
                rung=Rung.WEIGHTED,
                effect=EFFECT,
                chosen_because_low=True,
                comparison=False,
            ),
            Refusal.CHOSEN_BECAUSE_LOW,
        ),
        (
            Study(rung=Rung.COMPARED_SERIES, effect=EFFECT, clusters=3),
            Refusal.FEW_CLUSTERS,
        ),
        (
            Study(rung=Rung.LOTTERY, effect=EFFECT, attrition=(0.05, 0.2)),
            Refusal.ATTRITION,
        ),
        (
            Study(
                rung=Rung.LOTTERY, effect=EFFECT, group="girls", named_in_advance=False
            ),
            Refusal.NOT_NAMED_IN_ADVANCE,
        ),
    ],
)
def test_refusals_come_before_any_number(study: Study, refusal: Refusal) -> None:
    said = claim(study)
    assert said.verdict is Verdict.REFUSED
    assert said.refusals == (refusal,)


def test_no_effect_is_not_said_of_an_interval_with_useful_effects() -> None:
    wide = claim(Study(rung=Rung.LOTTERY, effect=Estimate(0.05, -0.2, 0.3)))
    assert wide.verdict is Verdict.UNCLEAR
    assert wide.refusals == (Refusal.COULD_NOT_SEE,)
    tight = claim(Study(rung=Rung.LOTTERY, effect=Estimate(0.0, -0.1, 0.1)))
    assert tight.verdict is Verdict.NO_USEFUL_EFFECT
    assert claim(Study(rung=Rung.LOTTERY, effect=EFFECT)).verdict is Verdict.DIFFERENT
    none = Study(rung=Rung.LOTTERY, effect=Estimate.unknown(Reason.TOO_FEW))
    assert claim(none).verdict is Verdict.UNCLEAR
