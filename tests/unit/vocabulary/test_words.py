"""The shared values refuse nonsense when they are built."""

from __future__ import annotations

import math

import pytest

from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.facts import FACT_COLUMNS, Fact
from evenrise.vocabulary.grades import GRADES, parse_grade
from evenrise.vocabulary.groups import FAMILIES, group_name, group_students
from evenrise.vocabulary.text import Text


@pytest.mark.parametrize(
    ("written", "grade"),
    [("9", "09"), ("09", "09"), ("K", "KG"), ("Grade 3", "03"), ("tk", "TK")],
)
def test_grades_are_read_as_people_write_them(written: str, grade: str) -> None:
    assert parse_grade(written) == grade
    assert grade in GRADES


@pytest.mark.parametrize("written", ["13", "PK", "adult", ""])
def test_what_is_no_grade_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="grade"):
        parse_grade(written)


def test_an_estimate_is_never_nan_and_never_silent() -> None:
    with pytest.raises(ValueError, match="NaN"):
        Estimate(math.nan)
    with pytest.raises(ValueError, match="never both"):
        Estimate(None)
    with pytest.raises(ValueError, match="never both"):
        Estimate(0.5, reason=Reason.TOO_FEW)
    assert not Estimate.unknown(Reason.NO_STUDENTS).known


def test_a_text_needs_both_languages() -> None:
    with pytest.raises(ValueError, match="English and Spanish"):
        Text("Gap", " ")


@pytest.mark.parametrize("family", list(FAMILIES.values()), ids=list(FAMILIES))
def test_every_group_has_its_own_names_in_both_languages(family) -> None:
    codes = [group.code for group in family.groups]
    assert len(codes) == len(set(codes))
    for language in ("en", "es"):
        names = [group.name[language] for group in family.groups]
        assert len(names) == len(set(names))
    if family.complement:
        assert family.complement in codes


def test_a_pair_of_groups_is_named_from_its_parts() -> None:
    name = group_name("race_ethnicity*gender", "hispanic*female")
    assert name.en == "Hispanic or Latino, Girls"
    assert (
        "que también son"
        in group_students("race_ethnicity*gender", "hispanic*female").es
    )
    with pytest.raises(KeyError, match="no group"):
        group_name("gender", "hispanic")


def test_a_fact_has_the_columns_a_table_of_facts_has() -> None:
    assert set(Fact.__slots__) == set(FACT_COLUMNS)
