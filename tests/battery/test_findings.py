"""One exam for every finding of every kind, present and future."""

from __future__ import annotations

import json
import math
import random
import re
from functools import cache

import pyarrow as pa
import pytest

from evenrise.findings.as_json import as_json, findings_json
from evenrise.findings.finding import Certainty, Kind
from evenrise.findings.pictures import (
    FunnelPlot,
    GapDots,
    HeatTable,
    SmallMultiples,
    Trend,
)
from evenrise.records.report import Question, Severity
from evenrise.vocabulary.text import Text
from tests.support.facts import (
    facts,
    real_suspension_rows,
    review_of,
    rich_rows,
    suspension_rows,
)


QUESTION = Question(
    key="published.out_of_line",
    text=Text("Is 2 per cent an error?", "¿Es el 2 por ciento un error?"),
    file="file.csv",
    indicator="met_standard_math",
    organization_id="1964980",
    school_year=2019,
    severity=Severity.SERIOUS,
)
DISTRICTS = {
    "drawn": suspension_rows,
    "rich": rich_rows,
    "real": real_suspension_rows,
}
# The right column of the plan's table of words, words of cause and of blame.
BANNED = re.compile(
    r"\b(subgroups?|demographics?|metrics?|KPIs?|alerts?|risk score|at-risk|"
    r"baseline|"
    r"disparity|disparities|underperform\w*|lagging|failing|low-performing|"
    r"because|caused?|due to|effective(ness|ly)?|impact\w*|leads? to|results? in|"
    r"thanks to|worst|best|rank(s|ed|ing)?|"
    r"subgrupos?|métricas?|en riesgo|debido a|porque|gracias a|impacto|"
    r"a causa de|causad[oa]s?|culpa)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:-\d\d)?")


@cache
def review(name):
    return review_of(facts(*DISTRICTS[name]()), questions=(QUESTION,))


@pytest.fixture(params=list(DISTRICTS))
def any_review(request):
    return review(request.param)


def texts(one):
    yield one.headline
    yield one.sentence
    yield from one.caveats
    if one.next_step:
        yield one.next_step
    if one.picture:
        yield one.picture.alternative
    for row in one.evidence:
        if row.bound:
            yield row.bound


def test_the_rich_district_has_every_kind_this_review_makes():
    kinds = {one.kind for one in review("rich").findings}
    assert kinds == {
        Kind.GAP,
        Kind.CHANGE,
        Kind.SCHOOL,
        Kind.INTERSECTION,
        Kind.DATA_QUALITY,
    }
    assert {one.certainty for one in review("rich").findings} == set(Certainty)


def test_both_languages_are_there_and_different(any_review):
    for one in any_review.findings:
        for text in texts(one):
            assert text.en != text.es
    for text in any_review.summary:
        assert text.en != text.es
    for section in any_review.sections:
        assert section.answer.en != section.answer.es


def test_the_two_sentences_tell_the_same_numbers(any_review):
    told = [one.sentence for one in any_review.findings]
    told += [one.headline for one in any_review.findings]
    told += [one.short for one in any_review.findings if one.short]
    told += list(any_review.summary)
    told += [section.answer for section in any_review.sections]
    for text in told:
        assert sorted(NUMBER.findall(text.en)) == sorted(NUMBER.findall(text.es))


def test_no_word_that_does_not_pass_review(any_review):
    for one in any_review.findings:
        for text in texts(one):
            assert not BANNED.search(text.en), text.en
            assert not BANNED.search(text.es), text.es
    for text in any_review.summary:
        assert not BANNED.search(text.en)
        assert not BANNED.search(text.es)


def test_no_nan_leaves_the_house(any_review):
    told = json.dumps(findings_json(any_review), allow_nan=False)
    assert json.loads(told)


def test_every_rate_has_its_n_and_its_interval(any_review):
    for one in any_review.findings:
        if one.kind is Kind.DATA_QUALITY:
            continue
        assert len(one.evidence) >= 2
        for row in one.evidence:
            if row.estimate.value is None:
                continue
            assert row.estimate.n == row.denominator
            assert row.estimate.lower <= row.estimate.value <= row.estimate.upper
            assert math.isclose(
                row.estimate.value, row.numerator / row.denominator, abs_tol=1e-12
            )


def test_every_count_in_the_evidence_stands_in_the_sentence(any_review):
    for one in any_review.findings:
        if one.kind not in (Kind.GAP, Kind.INTERSECTION, Kind.CHANGE):
            continue
        first = one.evidence[0]
        assert f"{first.denominator:,.0f}" in one.sentence.en


def test_hidden_is_never_told_as_zero(any_review):
    rows = [row for one in any_review.findings for row in one.evidence]
    rows += [row for section in any_review.sections for row in section.evidence]
    hidden = [row for row in rows if row.numerator is None]
    assert hidden or any_review is review("real")
    for row in hidden:
        assert row.estimate.value is None
        assert row.estimate.reason is not None
    for section in any_review.sections:
        for mark in section.picture.rows if section.picture else ():
            if mark.estimate.value is None:
                assert mark.estimate.reason is not None


def test_the_students_concerned_are_never_more_than_the_group(any_review):
    for one in any_review.findings:
        if one.students is not None and one.kind is not Kind.DATA_QUALITY:
            assert 0 <= one.students <= one.evidence[0].denominator or (
                one.kind is Kind.CHANGE
                and one.students <= max(row.denominator for row in one.evidence)
            )


def test_what_is_certain_is_certain_after_all_comparisons(any_review):
    for one in any_review.findings:
        if one.certainty is Certainty.DIFFERENT:
            assert one.adjusted_p is not None
            assert one.adjusted_p < 0.05
        if one.kind is Kind.GAP and one.certainty is Certainty.DIFFERENT:
            assert one.estimate.excludes_zero
            assert one.estimate.lower <= one.estimate.value <= one.estimate.upper


def test_the_first_page_is_short_and_diverse(any_review):
    main = any_review.main
    assert len(main) <= 8
    assert len({one.key for one in main}) == len(main)
    for indicator in {one.indicator for one in main}:
        own = [one for one in main if one.indicator == indicator]
        assert len(own) <= 3
        assert len({one.kind for one in own}) >= min(2, len(own) - 1)
    for one in main:
        assert one.picture is not None or one.kind is Kind.DATA_QUALITY
        assert one.next_step is not None
    assert 3 <= len(any_review.summary) <= 5


def test_keys_are_unique(any_review):
    keys = [one.key for one in any_review.findings]
    assert len(set(keys)) == len(keys)


def test_findings_are_ordered_by_certainty_then_by_students(any_review):
    told = [one for one in any_review.findings if one.kind is not Kind.DATA_QUALITY]
    rank = [list(Certainty).index(one.certainty) for one in told]
    assert rank == sorted(rank)
    district = [
        one
        for one in told
        if one.certainty is Certainty.DIFFERENT and one.details["level"] == "district"
    ]
    students = [one.students for one in district]
    assert students == sorted(students, reverse=True)


def test_the_order_of_the_rows_changes_nothing():
    rows = rich_rows()
    other = list(rows)
    random.Random(1).shuffle(other)  # noqa: S311
    again = review_of(facts(*other), questions=(QUESTION,))
    assert findings_json(again) == findings_json(review("rich"))
    assert again.summary == review("rich").summary
    assert again.sections == review("rich").sections


def test_dictionary_columns_change_nothing():
    table = facts(*suspension_rows())
    for name in ("indicator", "group", "level", "status"):
        column = table.column(name).dictionary_encode()
        table = table.set_column(table.column_names.index(name), name, column)
    assert pa.types.is_dictionary(table.schema.field("group").type)
    again = review_of(table, questions=(QUESTION,))
    assert as_json(again.findings) == as_json(review("drawn").findings)


def test_facts_in_question_are_in_no_other_finding():
    for one in review("rich").findings:
        if one.kind is Kind.DATA_QUALITY:
            continue
        for row in one.evidence:
            name = dict(row.reference_to)
            assert (name.get("indicator"), name.get("school_year")) != (
                "met_standard_math",
                2019,
            )


def test_every_picture_is_of_a_kind_that_can_be_drawn(any_review):
    kinds = (GapDots, Trend, SmallMultiples, FunnelPlot, HeatTable)
    for one in any_review.findings:
        if one.picture is not None:
            assert isinstance(one.picture, kinds)
            assert one.picture.title.en
