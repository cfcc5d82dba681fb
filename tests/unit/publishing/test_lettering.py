"""Widths of words, and how labels keep out of each other's way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from evenrise.findings.pictures import Scale
from evenrise.publishing.charts.axis import axis_for
from evenrise.publishing.charts.frame import spread
from evenrise.publishing.charts.lettering import width, wrap
from evenrise.vocabulary.text import Text


LONG = "Nunca fueron clasificados como aprendientes de inglés"
SHARES = Scale("share", "down", Text("Rate", "Tasa"))


def test_wrapped_lines_fit_and_lose_no_word():
    lines = wrap(LONG, 13, 150)
    assert len(lines) > 1
    assert all(width(line, 13) <= 150 for line in lines)
    assert " ".join(lines) == LONG


def test_a_text_longer_than_its_lines_ends_in_an_ellipsis():
    lines = wrap(LONG, 13, 90, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width(line, 13) <= 90 for line in lines)


def test_a_word_longer_than_a_line_is_cut_with_a_hyphen():
    lines = wrap("Hippopotomonstrosesquipedaliophobia", 13, 80, most=9)
    assert all(width(line, 13) <= 80 for line in lines)
    assert lines[0].endswith("-")


@given(st.text(max_size=60), st.floats(30, 400))
def test_no_line_is_wider_than_its_room(text, room):
    # One letter is the least that a line can hold.
    widest = max([room, *(width(letter + "-", 13) * 2 for letter in text)])
    assert all(width(line, 13) <= widest for line in wrap(text, 13, room))


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=7))
def test_labels_never_cover_one_another(labels):
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    low, high = 0.0, max(300.0, sum(heights))
    places = spread(wanted, heights, low, high)
    edges = sorted((p - h / 2, p + h / 2) for p, h in zip(places, heights, strict=True))
    for (_, end), (start, _) in pairwise(edges):
        assert start >= end - 1e-6
    assert edges[0][0] >= low - 1e-6
    assert edges[-1][1] <= high + 1e-6


def test_labels_that_do_not_collide_stay_where_they_are():
    assert spread([10, 100, 200], [20, 20, 20], 0, 300) == [10, 100, 200]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_an_axis_of_shares_holds_all_values_and_stays_between_0_and_1(values):
    axis = axis_for(values, SHARES, 0, 100)
    assert 0 <= axis.low < axis.high <= 1
    assert axis.low <= min(values)
    assert axis.high >= max(values) - 1e-9
    assert axis.ticks[0] == pytest.approx(axis.low)
    assert axis.ticks[-1] == pytest.approx(axis.high)
    assert 2 <= len(axis.ticks) <= 12
