"""Every figure of a page store is the figure of the protected table."""

from __future__ import annotations

import math
from typing import Any

import pytest

from evenrise.findings.finding import Certainty
from evenrise.publishing.page_store import PageStore
from evenrise.publishing.page_store.open_store import LATELY
from evenrise.statistics.rates import difference, wilson
from evenrise.vocabulary.estimates import Reason
from evenrise.vocabulary.facts import Status
from tests.support.facts import DISTRICT, fact, facts
from tests.support.page_stores import SCHOOLS, YEARS, district_rows, review, store_of
from tests.unit.publishing.page_store.conftest import Invented


KEYS = (
    "indicator",
    "school_year",
    "level",
    "organization_id",
    "group_family",
    "group",
)


def protected_rows(made: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
    district = made.review.district.organization_id
    return {
        tuple(row[name] for name in KEYS): row
        for row in made.protected.table.to_pylist()
        if row["level"] in ("school", "state") or row["organization_id"] == district
    }


def test_all_figures_equal_the_protected_table(invented: Invented):
    wanted = protected_rows(invented.made)
    seen = set()
    for line in invented.pages.each_fact():
        name = (
            line.indicator,
            line.school_year,
            str(line.organization.level),
            line.organization.organization_id,
            line.group_family,
            line.group,
        )
        row = wanted[name]
        seen.add(name)
        assert line.status == row["status"], name
        assert line.hidden_because == row["hidden_because"], name
        if line.in_question:
            assert line.numerator is line.denominator is line.estimate.value is None
            continue
        assert line.numerator == row["numerator"], name
        assert line.denominator == row["denominator"], name
        if row["value"] is not None:
            assert line.estimate.value == pytest.approx(row["value"], rel=1e-12)
        else:
            assert line.estimate.value is None
            assert line.estimate.reason is not None
        if row["status"] == "reported" and line.estimate.lower is not None:
            assert (line.estimate.lower, line.estimate.upper) == (
                row["lower"],
                row["upper"],
            )
    assert seen == set(wanted)
    assert len(seen) == invented.pages.facts_count > 3000


def test_a_suppressed_fact_has_a_reason_and_at_most_a_bound(invented: Invented):
    hidden = [
        one
        for one in invented.pages.each_fact()
        if one.status is Status.SUPPRESSED and not one.in_question
    ]
    assert len(hidden) > 500
    for one in hidden:
        assert one.numerator is one.estimate.value is one.estimate.lower is None
        assert one.estimate.reason is Reason.SUPPRESSED
        assert one.gap is None
        if one.bound is not None:
            assert one.hidden_because == "bound"
    assert any(one.bound is not None for one in hidden)


def test_intervals_and_gaps_are_those_of_the_counts(drawn: PageStore):
    page = drawn.indicator_page("chronic_absence")
    assert page is not None
    assert page.school_year == YEARS[-1]
    group = next(one for one in page.groups if one.group == "low_income")
    assert group.numerator is not None
    assert group.denominator is not None
    told = wilson(group.numerator, group.denominator)
    assert group.estimate.value == told.value
    assert group.estimate.lower == pytest.approx(told.lower)
    assert group.estimate.n == int(group.denominator)
    assert group.gap is not None
    between = difference(
        group.numerator,
        group.denominator,
        group.gap.other_numerator,
        group.gap.other_denominator,
    )
    assert group.gap.difference.value == pytest.approx(between.value)
    assert group.gap.difference.lower == pytest.approx(between.lower)
    assert group.gap.behind
    assert group.gap.certainty is Certainty.DIFFERENT
    # So many more would have been there at the rate of the others.
    rate = group.gap.other_numerator / group.gap.other_denominator
    expected = group.numerator - group.denominator * rate
    assert group.gap.students == math.floor(expected + 0.5)


def test_certainties_at_once_are_those_one_by_one(invented: Invented):
    compared = invented.made.gaps.comparisons
    words = tuple(Certainty)
    at_once = [words[place] for place in compared.certainties().tolist()]
    one_by_one = [compared.certainty(at) for at in range(len(compared))]
    assert at_once == one_by_one
    assert len(set(one_by_one)) >= 2


def test_facts_are_found_by_each_part_of_their_name(drawn: PageStore):
    everything = tuple(drawn.each_fact())
    school = everything[-1].organization.organization_id
    for parts in (
        {"indicator": "suspension"},
        {"school_year": 2025},
        {"organization_id": school},
        {"level": "school"},
        {"level": "district"},
        {"family": "low_income"},
        {"family": "low_income", "group": "not_low_income"},
        {"group": "disability"},
        {"indicator": "suspension", "level": "school", "school_year": 2026},
        {"organization_id": DISTRICT, "level": "school"},
        {"family": "nothing"},
        {"indicator": "nothing"},
    ):
        told = dict(parts)
        expected = [one for one in everything if _fits(one, told)]
        assert list(drawn.facts(**told)) == expected, parts  # type: ignore[arg-type]


def _fits(one: Any, parts: dict[str, Any]) -> bool:
    cells = {
        "indicator": one.indicator,
        "school_year": one.school_year,
        "organization_id": one.organization.organization_id,
        "level": str(one.organization.level),
        "family": one.group_family,
        "group": one.group,
    }
    return all(cells[name] == value for name, value in parts.items())


def test_groups_stand_in_the_order_of_the_vocabulary(drawn: PageStore):
    page = drawn.indicator_page("suspension")
    assert page is not None
    assert page.families == ("english_learner", "disability", "low_income")
    assert [one.group for one in page.groups[:2]] == [
        "english_learner",
        "not_english_learner",
    ]


def test_every_school_stands_by_name(drawn: PageStore):
    found = drawn.by_school("chronic_absence", 2026)
    assert [one.organization.name for one in found] == sorted(
        name for name, *_ in SCHOOLS.values()
    )


def test_long_lists_are_kept_for_a_while_and_no_longer(drawn: PageStore):
    first = drawn.by_school("suspension", 2024)
    assert drawn.by_school("suspension", 2024) is first
    for year in range(1900, 1900 + LATELY):
        assert drawn.by_school("suspension", year) == ()
    again = drawn.by_school("suspension", 2024)
    assert again == first
    assert again is not first
    assert len(drawn._recent) == LATELY


def test_a_missing_year_keeps_its_place_in_a_line(tmp_path):
    rows = [row for row in district_rows() if row["school_year"] != 2025]
    store = store_of(review(facts(*rows)), tmp_path / "x.sqlite")
    line = store.series("suspension", DISTRICT, "low_income", "low_income")
    assert line is not None
    assert [point.school_year for point in line.points] == [2024, 2025, 2026]
    assert line.points[1].fact is None
    assert line.points[1].estimate.reason is Reason.NOT_COLLECTED
    assert store.series("suspension", DISTRICT, "foster", "foster") is None
    store.close()


def test_a_rate_that_an_agency_printed_alone_has_no_interval(tmp_path):
    rows = district_rows()
    rows.append(
        fact(2026, "foster", "foster", None, None, value=0.25, status="reported")
    )
    store = store_of(review(facts(*rows)), tmp_path / "x.sqlite")
    (line,) = store.facts("suspension", family="foster")
    assert line.estimate.value == 0.25
    assert line.estimate.lower is line.numerator is None
    store.close()


def test_other_districts_and_counties_stay_out(tmp_path):
    rows = district_rows()
    for level in ("district", "county", "state"):
        place = {"level": level, "organization_id": f"77{level}", "district_id": None}
        rows.append(fact(2026, "all", "all", 900, 9000, **place))
    store = store_of(review(facts(*rows)), tmp_path / "x.sqlite")
    assert store.organization("77state") is not None
    assert store.organization("77district") is None
    assert store.organization("77county") is None
    store.close()
