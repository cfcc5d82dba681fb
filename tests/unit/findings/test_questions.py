"""Questions about the data: what is set aside, for whom, and what is asked here."""

from __future__ import annotations

import pytest

from evenrise.findings.finding import Kind
from evenrise.records.report import Question, Severity
from evenrise.vocabulary.text import Text
from tests.support.facts import DISTRICT, at_school, fact, facts, review_of


def question(**parts):
    given = {
        "key": "published.out_of_line",
        "text": Text(
            f"Is 4.2 per cent at {DISTRICT} an error?", f"¿Error en {DISTRICT}?"
        ),
        "file": "cohort.xlsx",
        "indicator": "a_g_completion",
        "organization_id": DISTRICT,
        "school_year": 2019,
        "severity": Severity.SERIOUS,
    }
    return Question(**(given | parts))


def a_g_rows():
    key = {"indicator": "a_g_completion"}
    return [
        fact(2019, "all", "all", 35, 834, **key),
        fact(2019, "race_ethnicity", "hispanic", 2, 257, **key),
        fact(2019, "all", "all", 20, 400, **key, **at_school("1", "Bay High")),
        fact(2019, "all", "all", 834, 889, indicator="graduation"),
    ]


def test_a_rate_in_question_is_asked_about_and_never_told_as_a_fact():
    review = review_of(facts(*a_g_rows()), questions=(question(),))
    (asked,) = review.questions
    assert asked.kind is Kind.DATA_QUALITY
    assert "Santa Monica-Malibu Unified" in asked.sentence.en
    assert "set aside from every other finding" in asked.sentence.en
    assert asked.evidence[0].numerator == 35  # the file's own number, as its number
    assert asked.details["facts_set_aside"] == 3  # and the groups' and the schools'
    assert asked in review.main
    assert all(one.kind is Kind.DATA_QUALITY for one in review.findings)
    section = next(s for s in review.sections if s.indicator == "a_g_completion")
    assert "in question" in section.answer.en
    assert section.picture is None
    for row in section.evidence:
        assert row.estimate.value is None
        assert row.numerator is None
        assert row.bound.en == "in question"
    for text in review.summary:
        assert "35 of its 834" not in text.en


def test_what_is_asked_of_the_district_is_not_asked_again_of_its_schools():
    told = (question(), question(organization_id=f"{DISTRICT}0000001"))
    review = review_of(facts(*a_g_rows()), questions=told)
    assert [one.organization_id for one in review.questions] == [DISTRICT]
    alone = review_of(facts(*a_g_rows()), questions=told[1:])
    (asked,) = alone.questions
    assert asked.headline == Text(
        "A question about the file: A-G completion, Bay High, 2018-19",
        "Una pregunta sobre el archivo: Cursos A-G, Bay High, 2018-19",
    )


def test_the_table_of_a_question_is_short_and_begins_with_all_students():
    key = {"indicator": "a_g_completion"}
    rows = a_g_rows()
    for group in ("asian", "black", "filipino", "white"):
        rows.append(fact(2019, "race_ethnicity", group, None, None, **key))
    rows += [fact(2019, "grade", f"{n:02d}", 20, 50, **key) for n in range(1, 9)]
    review = review_of(facts(*rows), questions=(question(),))
    evidence = review.questions[0].evidence
    assert len(evidence) == 6
    assert evidence[0].label.en == "All students"
    assert all(row.estimate.value is not None for row in evidence)


@pytest.mark.parametrize(
    "parts",
    [
        {"severity": Severity.NOTICE},
        {"severity": Severity.WARNING, "organization_id": None},
        {"severity": Severity.WARNING, "school_year": None},
    ],
)
def test_what_names_no_fact_sets_nothing_aside(parts):
    review = review_of(facts(*a_g_rows()), questions=(question(**parts),))
    section = next(s for s in review.sections if s.indicator == "a_g_completion")
    assert "35 of its 834 students" in section.answer.en
    assert "set aside" not in review.questions[0].sentence.en


def test_a_question_about_one_group_leaves_the_others():
    asked = question(group_family="race_ethnicity", group="hispanic")
    review = review_of(facts(*a_g_rows()), questions=(asked,))
    section = next(s for s in review.sections if s.indicator == "a_g_completion")
    told = {row.label.en: row.estimate.value for row in section.evidence}
    assert told["All students"] is not None
    assert told["Hispanic or Latino"] is None


def test_other_districts_questions_are_not_this_ones():
    other = question(organization_id="7700001")
    assert review_of(facts(*a_g_rows()), questions=(other,)).questions == ()


def leap(*rates, n=781, key="a_g_completion"):
    rows = [
        fact(2023 + place, "all", "all", round(rate * n), n, indicator=key)
        for place, rate in enumerate(rates)
    ]
    review = review_of(facts(*rows))
    return [one.school_year for one in review.questions]


def test_a_rate_that_leaps_is_asked_about():
    assert leap(0.556, 0.036, 0.52, 0.53) == [2024]
    assert leap(0.55, 0.56, 0.04) == [2025]
    assert leap(0.04, 0.55, 0.56) == [2023]
    assert leap(0.02, 0.6, 0.03) == [2024]


def test_a_rate_that_moves_is_no_question():
    assert leap(0.55, 0.35, 0.30, 0.25) == []
    assert leap(0.01, 0.10, 0.12) == []  # tenfold, but few points
    assert leap(0.56, 0.04) == []  # which of two would it be?
    assert leap(0.556, 0.036, 0.52, n=90) == []


def test_the_year_in_question_is_left_out_of_the_change():
    key = {"indicator": "a_g_completion"}
    rows = [
        fact(year, "all", "all", x, 780, **key)
        for year, x in ((2023, 430), (2024, 28), (2025, 410), (2026, 415))
    ]
    review = review_of(facts(*rows))
    (change,) = [one for one in review.findings if one.kind is Kind.CHANGE]
    line = change.picture.series[0]
    assert [point.value is None for point in line.points] == [False, True, False, False]
    assert "3.6" not in change.sentence.en
