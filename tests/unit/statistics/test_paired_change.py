"""Matched shares: the interval holds what it should, as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from evenrise.statistics.paired_change import Pairs, paired_change


counts = st.integers(0, 200)


@given(counts, counts, counts, counts)
def test_the_value_lies_in_its_interval_and_turns_with_its_pairs(a, b, c, d):
    if a + b + c + d == 0:
        assert not paired_change(Pairs(a, b, c, d)).known
        return
    there, back = paired_change(Pairs(a, b, c, d)), paired_change(Pairs(a, c, b, d))
    assert -1 <= there.lower <= there.value <= there.upper <= 1
    assert there.value == pytest.approx(-back.value)
    assert there.lower == pytest.approx(-back.upper)


def test_an_example_worked_by_hand():
    # (18.5 - 1.5) / 39 = 0.43590; half = 1.95996 * sqrt((20/39 - 0.19001) / 39)
    change = paired_change(Pairs(10, 18, 1, 8))
    assert change.value == pytest.approx(17 / 37)
    half = 1.959964 * ((20 / 39 - (17 / 39) ** 2) / 39) ** 0.5
    assert change.lower == pytest.approx(17 / 39 - half, abs=1e-6)
    assert change.upper == pytest.approx(17 / 39 + half, abs=1e-6)


def test_it_covers_the_truth_about_as_often_as_it_says():
    draw = np.random.default_rng(7)
    share = np.array([0.3, 0.25, 0.1, 0.35])
    held = 0
    for cells in draw.multinomial(40, share, size=2000):
        change = paired_change(Pairs(*map(int, cells)))
        held += change.lower <= 0.15 <= change.upper
    assert 0.93 <= held / 2000 <= 0.98


def test_counts_below_none_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        paired_change(Pairs(1, -1, 0, 0))
