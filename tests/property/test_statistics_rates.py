"""Whatever the counts: intervals hold their estimate, and cover as they claim."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.stats import binom

from evenrise.statistics.funnel import funnel
from evenrise.statistics.gap_change import GapLabel, gap_change
from evenrise.statistics.multiplicity import (
    benjamini_hochberg,
    benjamini_yekutieli,
    holm,
)
from evenrise.statistics.rates import (
    difference,
    difference_arrays,
    difference_p,
    katz,
    koopman,
    wilson,
    wilson_arrays,
)
from evenrise.statistics.shrinkage import shrink_rates
from evenrise.vocabulary.estimates import Estimate
from tests.support.examples import examples


@st.composite
def counts(draw: st.DrawFn, most: int = 5000) -> tuple[int, int]:
    n = draw(st.integers(0, most))
    return draw(st.integers(0, n)), n


SCHOOLS = st.lists(counts(400), min_size=1, max_size=30)


def holds(estimate: Estimate) -> bool:
    if estimate.value is None:
        return estimate.reason is not None
    low = -np.inf if estimate.lower is None else estimate.lower
    high = np.inf if estimate.upper is None else estimate.upper
    return low <= estimate.value + 1e-12 and estimate.value - 1e-12 <= high


@given(counts())
def test_a_rate_lies_in_its_interval(pair: tuple[int, int]) -> None:
    rate = wilson(*pair)
    assert holds(rate)
    if rate.known:
        assert 0 <= rate.lower <= rate.upper <= 1


@given(counts(), counts())
def test_differences_and_ratios_lie_in_theirs(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    gap = difference(*one, *other)
    assert holds(gap)
    if gap.known:
        assert -1 <= gap.lower <= gap.upper <= 1
        back = difference(*other, *one)
        assert back.lower == pytest.approx(-gap.upper, abs=1e-12)
    assert holds(katz(*one, *other))
    assert holds(koopman(*one, *other))


@given(counts(), counts())
def test_p_values_are_chances(one: tuple[int, int], other: tuple[int, int]) -> None:
    if one[1] and other[1]:
        p = float(difference_p(*one, *other))
        assert 0 <= p <= 1
        assert p == float(difference_p(*other, *one))


@given(counts(300), counts(300), counts(300), counts(300))
def test_down_is_good_is_up_is_good_of_the_others(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]
) -> None:
    down = gap_change(a, b, c, d, good="down")
    turned = [(n - x, n) for x, n in (a, b, c, d)]
    assert down == gap_change(*turned)
    assert holds(down.narrowing)


@given(counts(300), counts(300), counts(300), counts(300))
def test_levelling_down_never_goes_without_a_warning(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]
) -> None:
    change = gap_change(a, b, c, d)
    if change.label in (GapLabel.LEVELLING_DOWN, GapLabel.NARROWED_PARTLY_BY_FALL):
        assert change.levelling_down_warning
    if change.label is GapLabel.EXCELLENCE_AND_EQUITY:
        assert change.higher_change.value >= 0
        assert change.lower_change.value > 0


@pytest.mark.parametrize("n", [10, 20, 50, 200])
def test_wilson_covers_as_it_claims(n: int) -> None:
    # The exact sum over all counts, for many true rates: the mean is near 95 %.
    x = np.arange(n + 1)
    lower, upper = wilson_arrays(x, n)
    rates = np.linspace(0.005, 0.995, 397)
    inside = (lower[:, None] <= rates) & (rates <= upper[:, None])
    coverage = (binom.pmf(x[:, None], n, rates) * inside).sum(axis=0)
    assert 0.945 < coverage.mean() < 0.965
    assert coverage.min() > 0.83  # its known dip, next to 0 and 1


@pytest.mark.parametrize(("n1", "n2"), [(15, 40), (60, 300)])
def test_newcombe_covers_as_it_claims(n1: int, n2: int) -> None:
    x1, x2 = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)[None, :]
    lower, upper = difference_arrays(x1, n1, x2, n2)
    rates = np.linspace(0.05, 0.95, 10)
    found = []
    for p1 in rates:
        for p2 in rates:
            chance = binom.pmf(x1, n1, p1) * binom.pmf(x2, n2, p2)
            found.append(chance[(lower <= p1 - p2) & (p1 - p2 <= upper)].sum())
    assert 0.945 < np.mean(found) < 0.97
    assert min(found) > 0.9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_adjusted_p_values(p: list[float], seed: int) -> None:
    bh, by, family = benjamini_hochberg(p), benjamini_yekutieli(p), holm(p)
    assert np.all(bh >= np.array(p) * (1 - 1e-12))
    assert np.all(by >= bh * (1 - 1e-12))
    assert np.all(family >= bh * (1 - 1e-12))
    order = np.random.default_rng(seed).permutation(len(p))
    assert benjamini_hochberg(np.array(p)[order]) == pytest.approx(bh[order])


@settings(max_examples=examples(40), deadline=None)
@given(SCHOOLS, st.integers(0, 2**32 - 1))
def test_the_order_of_schools_changes_nothing(
    schools: list[tuple[int, int]], seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(schools))
    x, n = (np.array(part) for part in zip(*schools, strict=True))
    here, there = funnel(x, n), funnel(x[order], n[order])
    assert here.phi == pytest.approx(there.phi, abs=1e-9)
    assert here.z[order] == pytest.approx(there.z, abs=1e-9, nan_ok=True)
    one, other = shrink_rates(x, n), shrink_rates(x[order], n[order])
    assert one.variation == other.variation
    assert one.shrunk[order] == pytest.approx(other.shrunk, abs=2e-3, nan_ok=True)


@settings(max_examples=examples(40), deadline=None)
@given(SCHOOLS)
def test_shrunken_rates_lie_between_own_and_mean(
    schools: list[tuple[int, int]],
) -> None:
    x, n = (np.array(part) for part in zip(*schools, strict=True))
    rates = shrink_rates(x, n)
    if rates.mean is None or not rates.variation:
        return
    own = np.where(n > 0, x / np.maximum(n, 1), rates.mean)
    low, high = np.minimum(own, rates.mean), np.maximum(own, rates.mean)
    assert np.all((rates.shrunk >= low - 1e-9) & (rates.shrunk <= high + 1e-9))
