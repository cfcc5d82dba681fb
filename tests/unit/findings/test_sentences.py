"""The twins say the same things, and say them as people do."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import (
    answers_en,
    answers_es,
    both,
    deeds_en,
    deeds_es,
    en,
    es,
    numbers,
)
from evenrise.findings.sentences.stories import (
    ChangeStory,
    Counted,
    GapStory,
    Measured,
    TrendStory,
    Who,
)
from evenrise.indicators.registry import INDICATORS
from evenrise.vocabulary.groups import group_students
from evenrise.vocabulary.text import Text


ONLY_SPANISH = {"bare", "the", "the_students", "to_the", "from_the"}  # articles


def told(module):
    return {
        name: list(inspect.signature(function).parameters)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name not in ONLY_SPANISH
    }


@pytest.mark.parametrize(("english", "spanish"), [(en, es), (answers_en, answers_es)])
def test_the_twins_have_the_same_functions(english, spanish):
    ours, theirs = told(english), told(spanish)
    assert ours.keys() == theirs.keys()
    for name, parameters in ours.items():
        # Spanish may need the students once more, to agree in gender.
        assert theirs[name][: len(parameters)] == parameters


def test_both_know_the_same_indicators():
    assert deeds_en.DEEDS.keys() == deeds_es.DEEDS.keys()


def test_every_indicator_that_counts_students_has_words():
    for key, info in INDICATORS.items():
        if info.counts_students and info.unit == "share" and key != "enrollment":
            assert key in deeds_en.DEEDS, key


def story(**parts):
    given = {
        "what": Measured("suspension", "down", Text("Suspension", "Suspensión")),
        "who": Who("Santa Monica-Malibu Unified"),
        "year": 2024,
        "students": group_students("disability", "disability"),
        "group": Counted(53, 1502),
        "others": Counted(111, 7416),
        "concerned": 31,
        "certainty": Certainty.DIFFERENT,
    }
    return GapStory(**(given | parts))


def test_one_student_is_told_in_the_singular():
    text = both("gap", story(concerned=1))
    assert "about 1 fewer would have been" in text.en
    assert "1 menos habría recibido una suspensión" in text.es


def test_spanish_agrees_in_gender():
    girls = story(students=group_students("gender", "female"), group=Counted(60, 1200))
    text = both("gap", girls)
    assert "a 60 de sus 1,200 alumnas (" in text.es
    assert "alrededor de una de cada 20" in text.es
    assert "unas 31 menos" in text.es
    boys = story(students=group_students("gender", "male"), group=Counted(60, 1200))
    assert "alrededor de uno de cada 20" in both("gap", boys).es
    assert "unos 31 menos" in both("gap", boys).es
    assert "suspende a los alumnos varones con" in both("headline", boys).es


def test_a_school_is_named_where_the_district_is_the_district():
    text = both("gap", story(who=Who("Lincoln Middle", is_district=False)))
    assert text.en.startswith("In 2023-24, Lincoln Middle suspended 53 of its")
    assert text.es.startswith("En 2023-24, Lincoln Middle suspendió a 53 de sus")


def test_persistence_is_told_as_it_is():
    text = both("gap", story(years_same=3, years_known=4))
    assert "in three of the four years with figures" in text.en
    assert "en tres de los cuatro años con datos" in text.es
    text = both("gap", story(years_same=1, years_known=4))
    assert "in one of the four years" in text.en
    assert "en uno de los cuatro años" in text.es
    assert "in both years" in both("gap", story(years_same=2, years_known=2)).en


def moved(group, others, label, certainty=Certainty.DIFFERENT):
    narrowing = abs(group[0].share - others[0].share)
    narrowing -= abs(group[1].share - others[1].share)
    return ChangeStory(
        what=Measured("met_standard_ela", "up", Text("English", "Inglés")),
        who=Who("Alder Coast Unified"),
        years=(2023, 2026),
        students=group_students("low_income", "low_income"),
        group=group,
        others=others,
        label=label,
        narrowing=narrowing,
        better="others",
        certainty=certainty,
    )


def test_a_headline_of_a_change_says_what_it_is_about():
    fell = moved(
        (Counted(38, 100), Counted(38, 100)),
        (Counted(58, 100), Counted(43, 100)),
        "levelling_down",
    )
    text = both("change_headline", fell)
    assert text.en == (
        "English standard, students from low-income families: the gap narrowed only "
        "as those ahead lost ground"
    )
    assert text.es.startswith("Estándar de inglés, estudiantes de familias con bajos")
    assert "That is leveling down, not progress." in both("change", fell).en
    perhaps = replace(fell, certainty=Certainty.UNCLEAR)
    assert "That would be leveling down" in both("change", perhaps).en
    assert "Eso sería igualar hacia abajo" in both("change", perhaps).es


def test_one_point_is_one_point_and_who_stays_does_not_move():
    same = moved(
        (Counted(38, 100), Counted(39, 100)),
        (Counted(58, 100), Counted(58, 100)),
        "excellence_and_equity",
    )
    text = both("change", same)
    assert "The gap narrowed by 1 point, and nobody lost ground." in text.en
    assert "La brecha se redujo 1 punto y nadie perdió terreno." in text.es


@pytest.mark.parametrize(
    ("after", "english", "spanish"),
    [
        (Counted(574, 4013), "Fewer students", "Menos estudiantes"),
        (Counted(900, 6300), "A smaller share of students", "Una menor proporción de"),
        (Counted(900, 4013), "More students", "Más estudiantes"),
    ],
)
def test_a_headline_of_all_students_says_what_happened(after, english, spanish):
    story = TrendStory(
        what=Measured("chronic_absence", "down", Text("Absence", "Ausencia")),
        who=Who("Alder Coast Unified"),
        years=(2023, 2026),
        before=Counted(807, 4366),
        after=after,
        certainty=Certainty.DIFFERENT,
    )
    text = both("trend_headline", story)
    assert text.en.startswith(f"{english} are chronically absent: ")
    assert text.en.endswith(" from 18.5% in 2022-23")
    assert text.es.startswith(spanish)
    assert text.es.endswith(", frente al 18.5\u00a0% en 2022-23")


def test_a_verb_is_said_once_where_both_moved_alike():
    fell = moved(
        (Counted(38, 100), Counted(30, 100)),
        (Counted(58, 100), Counted(43, 100)),
        "narrowed_partly_by_fall",
    )
    text = both("change", fell)
    assert "families and from 58% (58 of 100) to 43% (43 of 100) for all" in text.en
    assert text.es.count("bajó") == 1
    assert "ingresos y del 58\u00a0% (58 de 100) al 43\u00a0%" in text.es


def test_whose_rate_it_is_stands_where_people_say_it():
    what = Measured("met_standard_ela", "up", Text("English", "Inglés"))
    district = Who("Alder Coast Unified")
    assert en.owned(what, district) == (
        "the share of the district's students who met the standard in English"
    )
    assert es.owned(what, district) == (
        "la proporción de estudiantes del distrito que alcanzó el estándar de inglés"
    )


def test_an_unknown_indicator_is_told_by_its_title():
    new = Measured("something_new", "up", Text("Something new", "Algo nuevo"))
    text = both("gap", story(what=new))
    assert "counted 53 of its 1,502 students with disabilities" in text.en
    assert "“something new”" in text.en
    assert "«algo nuevo»" in text.es


@pytest.mark.parametrize(
    ("x", "n", "english", "spanish"),
    [
        (53, 1502, "3.5%", "3.5\u00a0%"),
        (35, 834, "4.2%", "4.2\u00a0%"),
        (23, 281, "8%", "8\u00a0%"),
        (0, 281, "0%", "0\u00a0%"),
        (1, 281, "less than 1%", "menos del 1\u00a0%"),
        (280, 281, "more than 99%", "más del 99\u00a0%"),
        (281, 281, "100%", "100\u00a0%"),
        (1, 9000, "less than 0.1%", "menos del 0.1\u00a0%"),
        (47249, 1945401, "2.4%", "2.4\u00a0%"),
    ],
)
def test_a_rate_has_the_decimals_its_n_can_carry(x, n, english, spanish):
    assert numbers.share(x, n, "en") == english
    assert numbers.share(x, n, "es") == spanish


@pytest.mark.parametrize(
    ("x", "n", "k"),
    [
        (10, 60, 6),
        (1, 2, 2),
        (53, 1502, 28),
        (2, 5, None),
        (30, 40, None),
        (0, 9, None),
    ],
)
def test_one_in_so_many_only_where_it_is_true(x, n, k):
    assert numbers.one_in(x, n) == k


def test_points_below_one_keep_a_decimal():
    assert numbers.points(0.004, 100, "en") == "0.4"
    assert numbers.points(-0.04, 100, "en") == "4"
    assert numbers.points(0.0402, 5000, "es") == "4.0"
