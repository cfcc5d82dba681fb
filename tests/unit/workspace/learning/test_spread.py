"""Spreads of adults' answers: what is hidden, and what an attacker would still have."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from evenrise.workspace.learning.spread import FEWEST, protected, spread, tenths
from evenrise.workspace.learning.terms import Term


@pytest.mark.parametrize(
    ("count", "n", "told"),
    [
        *((0, 10, 1), (1, 10, 1), (2, 10, 2), (5, 10, 5), (9, 10, 9), (10, 10, 9)),
        *((3, 20, 2), (1, 100, 1), (99, 100, 9), (45, 100, 5)),
    ],
)
def test_neither_none_nor_all_is_told(count, n, told):
    assert tenths(count, n) == told


def test_fewer_than_ten_have_no_spread():
    with pytest.raises(ValueError, match="ten"):
        spread([3, 3, 3, 0])


def test_widths_are_together_one():
    assert sum(spread([10, 0, 0, 0]).weights) == pytest.approx(1)
    assert spread([10, 0, 0, 0]).weights == spread([9, 1, 0, 0]).weights


@given(
    st.dictionaries(
        st.sampled_from(["", "a", "b", "c", "d", "e"]),
        st.lists(st.integers(0, 8), min_size=4, max_size=4),
        max_size=6,
    )
)
@settings(max_examples=300, deadline=None)
def test_no_place_of_fewer_than_ten_is_had_by_subtraction(counts):
    """The attacker has every shown place and the total; what is left is none or ten."""
    shown = protected(counts)
    sizes = {place: sum(told) for place, told in counts.items()}
    assert all(sizes[place] >= FEWEST for place in shown.places)
    assert "" not in shown.places
    if shown.together is None:
        assert sum(sizes.values()) < FEWEST
        assert not shown.places
    else:
        left = shown.together.n - sum(one.n for one in shown.places.values())
        assert left == 0 or left >= FEWEST


def test_a_place_is_hidden_only_where_it_must():
    shown = protected({"a": [12, 0, 0], "b": [0, 15, 0], "c": [0, 0, 3]})
    assert set(shown.places) == {"b"}
    shown = protected({"a": [12, 0, 0], "b": [0, 15, 0], "c": [0, 0, 11]})
    assert set(shown.places) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("day", "begins", "after"),
    [
        (dt.date(2026, 8, 1), dt.date(2026, 8, 1), dt.date(2026, 12, 1)),
        (dt.date(2026, 11, 30), dt.date(2026, 8, 1), dt.date(2026, 12, 1)),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1), dt.date(2027, 4, 1)),
        (dt.date(2027, 3, 31), dt.date(2026, 12, 1), dt.date(2027, 4, 1)),
        (dt.date(2027, 7, 31), dt.date(2027, 4, 1), dt.date(2027, 8, 1)),
    ],
)
def test_terms_begin_in_august_december_and_april(day, begins, after):
    term = Term.of(day)
    assert (term.begins, term.after) == (begins, after)
