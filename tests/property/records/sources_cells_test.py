"""Properties of code cleaning, numbers and doubts, on invented cells."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from evenrise.records.sources import cells
from evenrise.records.sources.doubts import FENCE, QUARTER, log_odds, out_of_line
from tests.support.examples import examples


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        yield connection


def ask(con, sql, value):
    query = f"SELECT {sql} FROM (SELECT ?::VARCHAR AS c)"  # noqa: S608 - our own SQL
    return con.execute(query, [value]).fetchall()[0][0]


@given(number=st.integers(0, 9_999_999), float_like=st.booleans(), zeros=st.booleans())
@settings(max_examples=examples(150))
def test_a_code_keeps_its_number_and_gets_its_zeros(con, number, float_like, zeros):
    whole = f"{number:07d}"
    written = (whole if zeros else str(number)) + (".0" if float_like else "")
    assert ask(con, cells.code("c", 7), written) == whole


@given(text=st.text(max_size=12))
@settings(max_examples=examples(150))
def test_a_code_is_digits_of_its_width_or_nothing(con, text):
    found = ask(con, cells.code("c", 5), text)
    assert found is None or (len(found) == 5 and found.isdigit() and found.isascii())


@pytest.mark.parametrize("written", ["1.9E+13", "12345678", "12a", "-1", "1.5", ""])
def test_what_is_no_code_is_not_guessed(con, written):
    assert ask(con, cells.code("c", 7), written) is None


@given(value=st.integers(0, 10**9), percent=st.booleans())
@settings(max_examples=examples(100))
def test_a_number_is_read_with_commas_and_per_cent(con, value, percent):
    assert ask(con, cells.number("c"), f"{value:,}{'%' if percent else ''}") == value


@given(text=st.text(max_size=20))
@settings(max_examples=examples(100))
def test_a_literal_comes_back_as_it_went_in(con, text):
    plain = text.replace("\0", "")
    assert con.execute(f"SELECT {cells.literal(plain)}").fetchall()[0][0] == plain


@given(
    rates=st.lists(st.floats(0, 1), min_size=31, max_size=60),
    students=st.integers(100, 5000),
)
@settings(max_examples=examples(60))
def test_a_z_score_does_not_depend_on_the_order(rates, students):
    rate = np.round(np.array(rates), 4)
    n = np.full(len(rate), float(students))
    companion = np.linspace(0.5, 0.99, len(rate))
    z, middle = out_of_line(rate, n, companion, n)
    back = slice(None, None, -1)
    turned, turned_middle = out_of_line(rate[back], n, companion[back], n)
    # With fewer districts than neighbours, every one is everybody's neighbour.
    assert np.allclose(z, turned[back])
    assert np.allclose(middle, turned_middle[back])
    assert np.isfinite(z).all()


def test_one_rate_far_below_its_neighbours_stands_out():
    rng = np.random.default_rng(7)
    n = np.full(200, 400.0)
    companion = rng.uniform(0.85, 0.97, 200)
    rate = np.clip(rng.normal(0.48, 0.08, 200), 0.2, 0.8)
    rate[17] = 0.04
    z, middle = out_of_line(rate, n, companion, n)
    low = (z <= FENCE) & (rate <= QUARTER * middle)
    assert np.flatnonzero(low).tolist() == [17]
    assert middle[17] == pytest.approx(0.48, abs=0.05)


def test_log_odds_are_finite_at_both_ends():
    ends = log_odds(np.array([0.0, 1.0]), np.array([100.0, 100.0]))
    assert ends[0] == pytest.approx(-ends[1])
    assert np.isfinite(ends).all()
