"""Card 2's methods at their edges: a reason, never nan, never a traceback."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import hypergeom

from evenrise.statistics.adjusted_gap import adjusted_gap
from evenrise.statistics.cut_scores import cut_gaps
from evenrise.statistics.effect_size import hedges_g, v_statistic
from evenrise.statistics.enrollment_change import enrollment_change
from evenrise.statistics.ordered_levels import level_gap, level_model
from evenrise.statistics.segregation import segregation
from evenrise.statistics.within_between import within_between, within_between_sums
from evenrise.vocabulary.estimates import Reason


def test_every_group_rose_and_the_total_fell() -> None:
    change = enrollment_change([640, 80], [800, 200], [410, 215], [500, 500])
    assert change.reversal
    assert change.composition + change.rate_effect == pytest.approx(change.change)
    assert enrollment_change([1], [2], [0], [0]).reason is Reason.NO_STUDENTS


def test_a_new_group_brings_composition_only() -> None:
    change = enrollment_change([5, 0], [10, 0], [6, 3], [10, 10])
    assert change.newcomers == (1,)
    assert change.rate_effect_by_group[1] == 0
    assert change.composition + change.rate_effect == pytest.approx(change.change)
    assert change.reversal  # it rose, and the total fell


def test_the_cut_decides_whether_a_gap_narrows() -> None:
    low, _, high = cut_gaps((0.5, 0.8), (-0.5, -0.2), (-1, 0, 1))
    assert low.change < 0 < high.change
    with pytest.raises(ValueError, match="above 0"):
        cut_gaps((0, 0), (0, 0), (0,), sd=0)


def test_effect_sizes_at_their_edges() -> None:
    assert hedges_g((1, 1, 0), (1, 1, 5)).g.reason is Reason.NO_STUDENTS
    assert hedges_g((1, 1, 1), (1, 1, 5)).g.reason is Reason.TOO_FEW
    assert hedges_g((1, 0, 5), (2, 0, 5)).g.reason is Reason.NO_VARIATION
    assert hedges_g((12, 4, 9), (10, 4, 9), fixed_sd=2).g.value == 1
    assert v_statistic([], [1, 2]).v.reason is Reason.NO_STUDENTS
    assert v_statistic([3, 4], [1, 2]).v.reason is Reason.SEPARATED
    assert v_statistic([2, 2], [2, 2]).v.value == 0
    one = v_statistic([2], [1, 3])
    assert one.v.value == 0
    assert one.v.lower is None


def test_v_does_not_change_when_the_scale_is_bent() -> None:
    rng = np.random.default_rng(8)
    a, b = rng.normal(0.3, 1, 200), rng.normal(0, 1.3, 150)
    assert v_statistic(np.exp(a), np.exp(b)).v == v_statistic(a, b).v


def test_levels_at_their_edges() -> None:
    two = level_gap([30, 70], [50, 50])
    assert two.equal_spread
    assert two.v.value == pytest.approx(0.5244005)
    assert level_gap([0, 70], [50, 50]).v.reason is Reason.SEPARATED
    assert level_gap([0, 0, 0], [5, 5, 5]).v.reason is Reason.NO_STUDENTS
    assert level_gap([0, 5, 5], [5, 5, 0]).v.reason is Reason.TOO_FEW
    assert level_gap([9, 9, 0, 9], [8, 9, 0, 9]).v.known  # a level nobody is in
    assert level_model(np.zeros((2, 3))).reason is Reason.NO_STUDENTS


def test_a_school_in_the_top_level_gets_the_highest_mean() -> None:
    model = level_model([[20, 30, 25], [5, 9, 14], [0, 0, 12], [0, 7, 0]])
    assert model.mean_known.tolist() == [True, True, False, True]
    assert model.spread_known.tolist() == [True, True, False, False]
    assert model.mean[2] == max(model.mean[[0, 1, 3]])
    assert np.isfinite(model.spread).all()


def test_the_model_finds_the_spreads_it_was_made_from() -> None:
    rng = np.random.default_rng(5)
    cuts = [-np.inf, -0.8, 0.1, 0.9, np.inf]
    a = np.histogram(rng.normal(0.5, 1.0, 200_000), cuts)[0]
    b = np.histogram(rng.normal(0.0, 1.4, 200_000), cuts)[0]
    gap = level_gap(a, b)
    assert gap.v.value == pytest.approx(0.5 / np.sqrt((1 + 1.96) / 2), abs=0.01)
    assert gap.model is not None
    assert gap.model.spread[1] / gap.model.spread[0] == pytest.approx(1.4, abs=0.02)


def test_counts_and_students_give_one_split() -> None:
    rng = np.random.default_rng(2)
    school = rng.integers(0, 7, 400)
    group = rng.random(400) < 0.2 + school / 14
    y = (rng.random(400) < 0.5 - 0.2 * group + school / 30).astype(float)
    split = within_between(y, group, school)

    def sums(weight: np.ndarray) -> np.ndarray:
        return np.bincount(school, weights=weight)

    by_counts = within_between_sums(
        sums(y * group), sums(group), sums(y * ~group), sums(~group)
    )
    for name in ("gap", "within", "between", "variance_ratio", "part_ambiguous"):
        assert getattr(by_counts, name) == pytest.approx(getattr(split, name))


def test_splits_at_their_edges() -> None:
    assert within_between([1, 2], [1, 1], ["a", "b"]).reason is Reason.NO_STUDENTS
    assert within_between([], [], []).reason is Reason.NO_STUDENTS
    assert within_between([1, 2], [1, 0], ["a", "a"]).reason is Reason.ONE_SCHOOL
    apart = within_between([1, 2, 1, 3], [1, 0, 1, 0], ["a", "b", "a", "c"])
    assert apart.reason is Reason.SINGULAR
    assert apart.within is None
    even = within_between([1, 2, 4, 9], [1, 0, 1, 0], ["a", "a", "b", "b"])
    assert even.part_within == even.gap == -3
    assert even.between is None


def test_dissimilarity_by_chance_is_the_hypergeometric_mean() -> None:
    counts = np.array([[3, 9], [8, 4], [0, 5]])
    first, second = counts.sum(axis=0)
    expected = 0.0
    for size in counts.sum(axis=1):
        k = np.arange(size + 1)
        chance = hypergeom.pmf(k, first + second, first, size)
        expected += (chance * np.abs(k / first - (size - k) / second)).sum() / 2
    assert segregation(counts).dissimilarity_by_chance == pytest.approx(expected)


def test_segregation_at_its_edges() -> None:
    assert segregation([[0, 0]]).reason is Reason.NO_STUDENTS
    assert segregation([[4, 0], [5, 0]]).reason is Reason.NO_VARIATION
    one = segregation([[4, 6]])
    assert one.reason is Reason.ONE_SCHOOL
    assert one.theil == 0
    assert segregation([[4, 6], [0, 0], [5, 5]]).weight[1] == 0


def test_collinear_covariates_leave_the_raw_gap() -> None:
    x = np.column_stack([np.arange(8), 2 * np.arange(8)])
    gap = adjusted_gap(np.arange(8), x, [1, 0] * 4)
    assert gap.reason is Reason.SINGULAR
    assert gap.gap == -1
    assert adjusted_gap([1], [[1]], [True]).reason is Reason.NO_STUDENTS
