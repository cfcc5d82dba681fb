"""Schools compared, alike students, bright spots and strata, at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, special, stats

from evenrise.statistics.alike_students import alike_rates, alike_students
from evenrise.statistics.binomial_effects import fit_binomial
from evenrise.statistics.bright_spots import (
    bright_for_both,
    bright_spots,
    chance_above,
    held,
    lasting,
)
from evenrise.statistics.maihda import maihda_binomial, maihda_linear, maihda_sums
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit
from evenrise.statistics.school_comparison import compare_schools, told_apart
from evenrise.vocabulary.estimates import Reason


def test_one_school_has_nobody_to_be_compared_with() -> None:
    assert compare_schools([0.3], [0.1]).reason is Reason.ONE_SCHOOL
    with pytest.raises(ValueError, match="spread above 0"):
        compare_schools([0.3, 0.4], [0.1, 0.0])


def test_expected_ranks_sum_to_that_of_any_order() -> None:
    seen = compare_schools([0.1, 0.5, -0.3, 0.2], [0.1, 0.3, 0.2, 0.1])
    assert seen.expected_rank.sum() == pytest.approx(10)
    assert told_apart(seen, 2).tolist() == [False, True, False, True]
    assert seen.chance_above(0, 2) + seen.chance_above(2, 0) == pytest.approx(1)


def test_alike_students_need_both_schools_in_a_cell() -> None:
    apart = alike_students([1, 2, 3, 4], [1, 1, 0, 0], ["a", "a", "b", "b"])
    assert apart.difference.reason is Reason.NOT_APPLICABLE
    assert apart.raw_difference == -2
    assert not apart.coverage.enough
    nobody = alike_students([1, 2], [1, 1], ["a", "a"])
    assert nobody.difference.reason is Reason.NO_STUDENTS
    pair = alike_students([1, 2], [1, 0], ["a", "a"])
    assert pair.difference.value == -1
    assert pair.difference.lower is None
    assert pair.coverage.enough


def test_alike_rates_at_their_edges() -> None:
    none = alike_rates(([0], [0]), ([0], [5]))
    assert none.risk_difference.reason is Reason.NO_STUDENTS
    apart = alike_rates(([1, 0], [0, 2]), ([5, 0], [0, 5]))
    assert apart.odds_ratio.reason is Reason.NOT_APPLICABLE
    still = alike_rates(([0], [0]), ([5], [5]))
    assert still.risk_difference.value == 0
    assert still.odds_ratio.reason is Reason.NO_VARIATION
    assert still.p is None
    all_of_them = alike_rates(([5], [0]), ([5], [5]))
    assert all_of_them.odds_ratio.reason is Reason.NO_EVENTS_IN_REFERENCE
    assert alike_rates(([0], [5]), ([5], [5])).odds_ratio.value == 0


def test_chances_where_the_spread_is_zero() -> None:
    assert chance_above([1, 0, -1], [0, 0, 0]).tolist() == [1, 0.5, 0]


def test_bright_spots_last_and_are_tested_again() -> None:
    bright = [[1, 1, 0], [1, 0, 0], [0, 1, 0]]
    assert lasting(bright).tolist() == [True, True, False]
    tested = [[0.95] * 3, [0.85, 1, 1], [1, 1, 1]]
    assert lasting(bright, tested).tolist() == [False, True, False]
    assert held([1, 1, 0], [1, 0, 1]) == (1, 2)


def test_a_model_without_an_answer_has_no_bright_spots() -> None:
    none = fit(Moments.of([1, 1], {"y": [1.0, 2.0]}), "y", [ONE])
    assert bright_spots(none, 0.1).reason is Reason.ONE_SCHOOL
    assert bright_for_both(none, []).reason is Reason.ONE_SCHOOL


def test_the_quadrature_is_the_integral() -> None:
    x, n = np.array([3.0, 9, 1, 14, 6]), np.array([10.0, 12, 9, 20, 8])
    found = fit_binomial(x, n, np.ones((5, 1)))
    sigma = np.sqrt(found.variance)

    def likelihood(i: int) -> float:
        def at(z: float) -> float:
            rate = special.expit(found.fixed[0] + sigma * z)
            return float(stats.binom.pmf(x[i], n[i], rate) * stats.norm.pdf(z))

        return integrate.quad(at, -10, 10, epsabs=1e-13)[0]

    exact = sum(np.log(likelihood(i)) for i in range(5))
    assert found.log_likelihood == pytest.approx(exact, abs=1e-8)


def test_planted_combination_is_found_and_only_it() -> None:
    rng = np.random.default_rng(4)
    a, b, c = (part.ravel() for part in np.meshgrid(range(4), range(3), range(3)))
    n = rng.integers(80, 300, a.size)
    logit = -1 + 0.3 * (a == 1) - 0.4 * (b == 2)
    logit[(a == 2) & (b == 1) & (c == 1)] += 1.5
    x = rng.binomial(n, special.expit(logit))
    seen = maihda_binomial({"a": a, "b": b, "c": c}, x, n)
    assert seen.strata is not None
    out = [seen.strata.labels[i] for i in np.flatnonzero(seen.strata.stands_out)]
    assert out == [("2", "1", "1")]


def test_additive_strata_are_an_answer() -> None:
    a, b = np.repeat([0, 1], 3), np.tile([0, 1, 2], 2)
    n = np.full(6, 1000)
    rates = special.expit(-1 + 0.5 * a + 0.25 * b)
    seen = maihda_binomial({"a": a, "b": b}, np.round(n * rates), n)
    assert seen.main is not None
    assert seen.main.singular
    assert seen.explained == 1
    assert seen.few
    assert seen.strata is not None
    assert not seen.strata.stands_out.any()


def test_the_reasons_for_no_strata() -> None:
    dims = {"a": [0, 1, 0, 1], "b": [0, 0, 1, 1]}
    none = maihda_binomial(dims, [0] * 4, [0] * 4)
    assert none.reason is Reason.NO_STUDENTS
    still = maihda_binomial(dims, [0] * 4, [9] * 4)
    assert still.reason is Reason.NO_VARIATION
    apart = maihda_binomial(
        {"a": [0, 1, 0, 1, 2, 2], "b": [0, 0, 1, 1, 0, 1]},
        [3, 0, 4, 0, 5, 5],
        [9] * 6,
    )
    assert apart.reason is Reason.SEPARATED
    single = maihda_binomial({"a": ["x"]}, [3], [9])
    assert single.reason is Reason.TOO_FEW
    assert maihda_linear({"a": []}, []).reason is Reason.NO_STUDENTS
    flat = maihda_linear({"a": [0, 0, 1, 1, 2, 2]}, [1.0] * 6)
    assert flat.reason is Reason.NO_VARIATION


def test_sums_by_stratum_do_as_well_as_students() -> None:
    rng = np.random.default_rng(9)
    a, b = rng.integers(0, 5, 800), rng.integers(0, 4, 800)
    y = 500 + 8 * a - 5 * b + 6 * ((a == 1) & (b == 2)) + rng.normal(0, 30, 800)
    by_student = maihda_linear({"a": a, "b": b}, y)
    code = a * 4 + b
    sums = maihda_sums(
        {"a": np.repeat(np.arange(5), 4), "b": np.tile(np.arange(4), 5)},
        np.bincount(code),
        np.bincount(code, weights=y),
        np.bincount(code, weights=y * y),
    )
    assert by_student.strata is not None
    assert sums.strata is not None
    assert sums.strata.expected == pytest.approx(by_student.strata.expected, abs=1e-4)
    assert sums.strata.labels == by_student.strata.labels
    assert sums.explained == pytest.approx(by_student.explained, abs=1e-4)
