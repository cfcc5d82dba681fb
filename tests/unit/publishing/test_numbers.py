"""Numbers: per language, with the digits that n can carry."""

from __future__ import annotations

import datetime as dt

import pytest

from evenrise.publishing import numbers
from evenrise.vocabulary.estimates import Estimate, Reason


NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "n", "english", "spanish"),
    [
        (0.0353, 1502, "3.5%", f"3.5{NBSP}%"),
        (0.0353, 499, "4%", f"4{NBSP}%"),
        (0.0353, 500, "3.5%", f"3.5{NBSP}%"),
        (0.5, None, "50.0%", f"50.0{NBSP}%"),
        (0.0, 900, "0.0%", f"0.0{NBSP}%"),
        (0.0001, 9000, "<0.1%", f"<0.1{NBSP}%"),
        (0.004, 300, "<1%", f"<1{NBSP}%"),
        (1.0, 40, "100%", f"100{NBSP}%"),
    ],
)
def test_a_share_carries_the_digits_its_n_can(value, n, english, spanish):
    one = Estimate(value, n=n)
    assert numbers.estimate(one, "share", "en") == english
    assert numbers.estimate(one, "share", "es") == spanish


def test_points_have_a_sign_and_a_true_minus():
    assert numbers.amount(0.021, "points", "en") == f"+2.1{NBSP}points"
    assert numbers.amount(-0.021, "points", "es") == f"\u22122.1{NBSP}puntos"
    assert numbers.amount(0.01, "points", "en") == f"+1.0{NBSP}point"
    assert numbers.amount(-0.0001, "points", "en") == f"0.0{NBSP}points"


def test_a_range_says_its_unit_once_when_it_is_a_word():
    one = Estimate(0.02, 0.011, 0.031, 1502)
    assert numbers.interval(one, "points", "en") == f"1.1 to +3.1{NBSP}points"
    assert numbers.interval(one, "share", "es") == f"1.1{NBSP}% a 3.1{NBSP}%"
    assert numbers.interval(Estimate(0.5), "share", "en") == "–"


def test_an_estimate_without_a_value_is_no_number():
    with pytest.raises(ValueError, match="words, not a number"):
        numbers.estimate(Estimate.unknown(Reason.TOO_FEW), "share", "en")


def test_counts_group_their_thousands_and_keep_halves():
    assert numbers.count(1502, "en") == "1,502"
    assert numbers.count(1502.0, "es") == "1,502"
    assert numbers.count(12.5, "en") == "12.5"
    assert numbers.count(None, "en") == "–"


def test_ticks_show_only_the_decimals_that_tell_neighbours_apart():
    assert numbers.tick(0.02, "share", "en", 0.02) == "2%"
    assert numbers.tick(0.005, "share", "en", 0.005) == "0.5%"
    assert numbers.tick(500, "students", "es", 500) == "500"
    assert numbers.tick(0.02, "points", "en", 0.02) == "+2"


def test_school_years_and_days():
    assert numbers.school_year(2024) == "2023-24"
    assert numbers.years((2020, 2022, 2024), "en") == "2019-20 to 2023-24"
    assert numbers.years((2024,), "es") == "2023-24"
    assert numbers.day(dt.date(2026, 11, 22), "es") == "22 de noviembre de 2026"
