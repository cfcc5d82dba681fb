"""The exact attack at its edges; the reference numbers are met elsewhere."""

import numpy as np
import pytest

from evenrise.statistics.small_numbers.attack import (
    Contradiction,
    Published,
    Target,
    attack,
)
from evenrise.statistics.small_numbers.plain_table import hide_in_table, is_safe


def test_a_cell_without_a_ceiling_has_no_upper_end():
    found = attack(["a"], [Published(("a",), 3, None)], [Target("a", ("a",))])
    assert (found.known[0].integer_lower, found.known[0].integer_upper) == (3, None)
    assert found.safe


def test_nothing_published_leaves_everything_open():
    found = attack(["a"], [], [Target("a", ("a",))])
    assert (found.known[0].lower, found.known[0].upper) == (0, None)


def test_what_cannot_be_true_is_said():
    with pytest.raises(Contradiction, match="cannot all be true"):
        attack(["a"], [Published(("a",), -2, -1)], [Target("a", ("a",))])


def test_parity_narrows_what_fractions_would_allow():
    published = [Published(("a", "b"), 7, 7, (2, 2))]
    with pytest.raises(Contradiction):
        attack(["a", "b"], published, [Target("a", ("a",))])
    loose = attack(["a", "b"], published, [Target("a", ("a",))], integer=False)
    assert loose.known[0].upper == pytest.approx(3.5)


def test_a_table_too_large_to_search_is_hidden_quickly_and_safely():
    rng = np.random.default_rng(5)
    counts = rng.integers(0, 60, size=(9, 6))
    found = hide_in_table(counts, smallest_shown=11, min_width=3)
    assert is_safe(counts, found.hidden, found.small, 3)
    assert (found.hidden & found.small).sum() == found.small.sum()
