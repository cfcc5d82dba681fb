"""The shared values refuse nonsense when they are built."""

from __future__ import annotations

import math

import pytest

from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.facts import FACT_COLUMNS, Fact
from evenrise.vocabulary.grades import GRADES, parse_grade
from evenrise.vocabulary.groups import FAMILIES, group_name, group_students
from evenrise.vocabulary.joined_groups import FORMS
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
    with pytest.raises(KeyError, match="no group"):
        group_name("gender", "hispanic")


@pytest.mark.parametrize(
    ("families", "groups", "english", "spanish"),
    [
        (
            "race_ethnicity*low_income",
            "hispanic*low_income",
            "Hispanic or Latino students from low-income families",
            "estudiantes hispanos o latinos de familias con bajos ingresos",
        ),
        (
            "english_learner*disability",
            "english_learner*disability",
            "English learners with disabilities",
            "estudiantes que aprenden inglés y tienen una discapacidad",
        ),
        (
            "race_ethnicity*gender",
            "black*female",
            "Black or African American girls",
            "las alumnas negras o afroamericanas",
        ),
        (
            "gender*english_learner",
            "male*english_learner",
            "boys who are English learners",
            "los alumnos varones que aprenden inglés",
        ),
        (
            "disability*homeless",
            "disability*homeless",
            "students with disabilities and without stable housing",
            "estudiantes con discapacidad y sin vivienda estable",
        ),
        (
            "race_ethnicity*migrant",
            "two_or_more*migrant",
            "migrant students of two or more races",
            "estudiantes migrantes de dos o más razas",
        ),
    ],
)
def test_students_of_two_groups_are_named_as_people_do(
    families: str, groups: str, english: str, spanish: str
) -> None:
    assert group_students(families, groups) == Text(english, spanish)


def test_every_form_belongs_to_a_group_and_every_group_but_the_unknown_has_one():
    known = {
        (family.code, group.code)
        for family in FAMILIES.values()
        for group in family.groups
        if family.code not in ("all", "race_any") and group.code != "not_reported"
    }
    assert set(FORMS) == known


def test_a_race_alone_or_with_others_is_told_apart() -> None:
    for group in FAMILIES["race_any"].groups[:-1]:
        alone = FAMILIES["race_ethnicity"].group(group.code)
        for language in ("en", "es"):
            assert group.name[language] != alone.name[language]
            assert group.students[language] != alone.students[language]


def test_a_fact_has_the_columns_a_table_of_facts_has() -> None:
    assert set(Fact.__slots__) == set(FACT_COLUMNS)
