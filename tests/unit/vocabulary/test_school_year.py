"""A school year is one thing, however an agency writes it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from evenrise.vocabulary.school_year import SchoolYear


@pytest.mark.parametrize(
    ("written", "spring"),
    [
        ("2018-19", 2019),
        ("2018-2019", 2019),
        ("2018_2019", 2019),
        ("20182019", 2019),
        ("1819", 2019),
        ("2018/19", 2019),
        ("2018–19", 2019),
        (" 2018-19 ", 2019),
        ("2019", 2019),
        ("9900", 2000),
        ("1999-00", 2000),
        ("9899", 1999),
        ("1920", 2020),
        ("2021", 2021),
    ],
)
def test_every_way_of_writing_is_read(written: str, spring: int) -> None:
    assert SchoolYear.parse(written).spring == spring


@pytest.mark.parametrize(
    "written", ["2018-20", "20226", "", "12", "last year", "2018-19-20", "1111"]
)
def test_what_is_no_school_year_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValueError, match="school year"):
        SchoolYear.parse(written)


@given(st.integers(1951, 2099))
def test_its_own_label_reads_back(spring: int) -> None:
    year = SchoolYear(spring)
    assert SchoolYear.parse(year.label) == year
    assert SchoolYear.parse(str(spring)) == year


@given(st.dates(dt.date(1960, 1, 1), dt.date(2090, 1, 1)))
def test_a_day_lies_inside_its_year(day: dt.date) -> None:
    year = SchoolYear.of(day)
    assert year.first_day <= day <= year.last_day
