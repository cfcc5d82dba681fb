"""Both rose, or not: stored for the district, worked out for every other place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing.page_store import PageStore
from tests.support.facts import DISTRICT, fact, facts
from tests.support.page_stores import district_rows, review, store_of


def test_a_stored_reading_is_the_one_worked_out(drawn: PageStore):
    for key in ("suspension", "chronic_absence"):
        stored = drawn.changes(key, DISTRICT)
        assert len(stored) == 9  # three groups: the whole span and two steps
        for one in stored:
            read = drawn.change(key, DISTRICT, one.group_family, one.group, *one.years)
            assert read is not None
            assert one.adjusted
            assert not read.adjusted
            assert (read.label, read.levelling_down) == (one.label, one.levelling_down)
            assert read.narrowing.value == pytest.approx(one.narrowing.value)
            assert read.gap_after.lower == pytest.approx(one.gap_after.lower)
            if read.certainty is one.certainty:
                assert (read.reading, read.sentence) == (one.reading, one.sentence)


def test_the_readings_are_those_of_the_findings(drawn: PageStore):
    stored = {
        (one.indicator, one.group, one.years[1], one.whole_span): one
        for key in ("suspension", "chronic_absence")
        for one in drawn.changes(key, DISTRICT)
    }
    seen = 0
    for line in drawn.findings(Kind.CHANGE):
        if line.group_family == "all":
            continue
        page = drawn.finding(line.key)
        assert page is not None
        whole = page.plain["details"]["whole_span"]
        one = stored[
            line.indicator or "", line.group or "", line.school_year or 0, whole
        ]
        assert page.plain["details"]["label"] == one.label
        assert line.certainty is one.certainty
        assert line.sentence == one.sentence
        seen += 1
    assert seen >= 3


def test_levelling_down_is_never_called_progress(tmp_path):
    rows = district_rows()
    for year, low, others in ((2025, 700, 900), (2026, 700, 760)):
        key = {"indicator": "graduation"}
        rows.append(fact(year, "all", "all", low + others, 2000, **key))
        rows.append(fact(year, "low_income", "low_income", low, 1000, **key))
    store = store_of(review(facts(*rows)), tmp_path / "x.sqlite")
    (one,) = store.changes("graduation", DISTRICT)
    read = store.change("graduation", DISTRICT, "low_income", "low_income", 2025, 2026)
    assert read is not None
    for told in (one, read):
        assert told.label == "levelling_down"
        assert told.levelling_down
        assert told.certainty is Certainty.DIFFERENT
        assert "leveling down, not progress" in told.reading.en
    assert replace(read, adjusted=True, whole_span=True) == one
    store.close()


def test_a_school_has_readings_of_its_whole_span(drawn: PageStore):
    school = drawn.schools()[0].organization.organization_id
    found = drawn.changes("chronic_absence", school)
    assert {one.years for one in found} == {(2024, 2026)}
    assert [one.group for one in found] == [
        "english_learner",
        "disability",
        "low_income",
    ]
    assert all(one.whole_span and not one.adjusted for one in found)
    assert "Alder Elementary's" in found[0].sentence.en
    assert drawn.indicator_page("chronic_absence", school).changes == ()


def test_without_a_gap_in_both_years_there_is_no_reading(drawn: PageStore):
    parts = ("suspension", DISTRICT, "low_income", "low_income")
    assert drawn.change(*parts, 2019, 2026) is None
    assert drawn.change("suspension", DISTRICT, "all", "all", 2024, 2026) is None
    assert drawn.changes("nothing", DISTRICT) == ()
    assert drawn.changes("suspension", "nowhere") == ()
