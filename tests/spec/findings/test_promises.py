"""The worked tables of docs/explanation/promises.md: readings, ways, red lights.

Per 1,000 students of the group and 1,000 others. More is good in the first column of
cases; the same turned round (students who miss school) must read the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from evenrise.findings.finding import Certainty
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    Label,
    Promise,
    PromisedGap,
    Way,
    YearFacts,
)
from evenrise.findings.promises.reading import read_promise
from evenrise.vocabulary.groups import group_name, group_students
from evenrise.vocabulary.text import Text


NAME = ("low_income", "low_income")
# group, others before -> group, others after | reading
WORKED = [
    (700, 900, 850, 920, "rising_and_closing", "different"),
    (700, 900, 850, 900, "rising_and_closing", "different"),
    (700, 900, 705, 901, "rising_and_closing", "unclear"),
    (700, 900, 720, 985, "rising_not_closing", "different"),
    (700, 900, 750, 950, "rising_not_closing", "unclear"),
    (700, 900, 700, 960, "rising_not_closing", "different"),
    (700, 900, 760, 840, "closing_by_fall", "different"),
    (700, 900, 700, 780, "closing_by_fall", "different"),
    (700, 900, 620, 920, "falling", "different"),
    (700, 900, 660, 700, "falling", "unclear"),
    (700, 900, 500, 860, "falling", "different"),
    (700, 900, 700, 900, "unchanged", "unclear"),
]


def gap(family="low_income", group="low_income", baseline=0.2, target=0.05):
    return PromisedGap(
        family,
        group,
        group_name(family, group),
        group_students(family, group),
        baseline,
        target,
    )


def promise(good="up", **changed):
    told = Promise(
        key="m1",
        what=Text("Students who graduate", "Estudiantes que se gradúan"),
        place=Text("the district", "el distrito"),
        good=good,
        baseline_year=2022,
        baseline=0.8 if good == "up" else 0.2,
        target_year=2026,
        target=0.9 if good == "up" else 0.1,
        gaps=(gap(),),
    )
    return replace(told, **changed)


def year(spring, group, others, good="up", n=1000):
    x, y = (group, others) if good == "up" else (n - group, n - others)
    return YearFacts(
        year=spring,
        everyone=Counts(x + y, 2 * n),
        groups={NAME: GroupCounts(Counts(x, n), Counts(y, n))},
    )


@pytest.mark.parametrize("good", ["up", "down"])
@pytest.mark.parametrize("case", WORKED, ids=["-".join(map(str, c)) for c in WORKED])
def test_a_reading_of_the_worked_table(case, good):
    before, after = year(2022, *case[:2], good), year(2024, *case[2:4], good)
    found = read_promise(promise(good), [before, after])
    assert (found.label, found.certainty) == (case[4], case[5])
    for text in (found.sentence.en, found.sentence.es):
        if case[4] == "closing_by_fall":
            assert re.search("not the promise|no es lo prometido", text)
        else:
            assert not re.search("not the promise|no es lo prometido", text)


def test_the_explanation_prints_this_very_table():
    for name in ("promises.md", "promises.es.md"):
        page = Path("docs/explanation", name).read_text(encoding="utf-8")
        rows = re.findall(
            r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|.*`(\w+)` \| `(\w+)`",
            page,
            re.MULTILINE,
        )
        told = [(*map(int, row[:4]), *row[4:]) for row in rows]
        assert told == WORKED


def test_students_who_are_hidden_are_too_few_and_nothing_is_made_up():
    before = year(2022, 700, 900)
    hidden = replace(year(2024, 850, 920), groups={}, hidden=frozenset({NAME}))
    found = read_promise(promise(), [before, hidden])
    assert found.label is Label.TOO_FEW
    assert "Too few students to say anything of the gap" in found.sentence.en
    assert "80.0% (1,600 of 2,000)" in found.sentence.en  # all students still are told
    assert [cell.en for cell in found.table[2]][3] == "Too few to say"


def test_a_gap_that_is_hidden_never_hides_a_fall_of_all_students():
    before = year(2022, 700, 900)
    hidden = replace(year(2024, 500, 700), groups={}, hidden=frozenset({NAME}))
    found = read_promise(promise(), [before, hidden])
    assert (found.label, found.certainty) == (Label.FALLING, Certainty.DIFFERENT)
    assert "falling" in found.red_codes


def test_few_students_are_too_few_even_where_they_are_shown():
    found = read_promise(
        promise(), [year(2022, 14, 18, n=20), year(2024, 18, 19, n=20)]
    )
    assert found.label is Label.TOO_FEW


def test_of_several_groups_the_least_good_tells_the_measure():
    english = gap("english_learner", "english_learner", 0.1, 0.02)
    name = ("english_learner", "english_learner")
    before, after = year(2022, 700, 900), year(2024, 850, 920)
    pair = GroupCounts(Counts(300, 400), Counts(1300, 1600))
    worse = GroupCounts(Counts(220, 400), Counts(1550, 1600))
    before = replace(before, groups={**before.groups, name: pair})
    after = replace(after, groups={**after.groups, name: worse})
    found = read_promise(promise(gaps=(gap(), english)), [before, after])
    assert found.latest is not None
    assert [one.label for one in found.latest.groups] == [
        Label.RISING_AND_CLOSING,
        Label.FALLING,
    ]
    assert found.label is Label.FALLING
    assert "English learners" in found.sentence.en
    assert "Of the two gaps" in found.sentence.en


def test_a_fall_that_nobody_can_see_is_no_fall():
    """94 of 291 and 90 of 278 are both told as 32%: that is not "falling"."""
    before = GroupCounts(Counts(94, 291), Counts(219, 851))
    after = GroupCounts(Counts(90, 278), Counts(191, 779))
    facts = [
        YearFacts(2022, Counts(313, 1142), {NAME: before}),
        YearFacts(2024, Counts(281, 1057), {NAME: after}),
    ]
    found = read_promise(promise("down"), facts)
    assert found.label is Label.RISING_NOT_CLOSING
    assert "from 32% (94 of 291) to 32% (90 of 278)" in found.sentence.en


def test_without_a_gap_a_rise_is_not_called_closing():
    plain = promise(gaps=())
    found = read_promise(plain, [year(2022, 700, 900), year(2024, 850, 950)])
    assert found.label is Label.RISING_ALONE
    back = read_promise(plain, [year(2022, 700, 900), year(2024, 600, 800)])
    assert back.label is Label.FALLING


def test_years_of_two_rules_are_not_compared_and_a_reader_is_told():
    before = replace(year(2022, 700, 900), version=1)
    after = replace(year(2024, 850, 920), version=2)
    found = read_promise(promise(version=1), [before, after])
    assert found.label is Label.NO_DATA
    assert "The rule of counting changed after 2021-22" in found.notes[0].en
    both = [replace(before, version=2), after]
    again = read_promise(promise(version=1), both)
    assert again.label is Label.RISING_AND_CLOSING
    assert "version 1" in again.notes[0].en


def test_a_baseline_that_moved_is_told():
    found = read_promise(
        promise(baseline=0.75), [year(2022, 700, 900), year(2024, 850, 920)]
    )
    assert "a baseline of 75.0%; the records now give 80.0%" in found.notes[0].en


def test_a_gap_that_moved_or_is_not_shown_is_told():
    facts = [year(2022, 700, 900), year(2024, 850, 920)]
    moved = read_promise(promise(gaps=(gap(baseline=0.15),)), facts)
    assert "names a gap of 15.0 points" in moved.notes[0].en
    assert "now give 20.0 points" in moved.notes[0].en
    other = gap("foster", "foster", 0.3, 0.1)
    unseen = read_promise(promise(gaps=(gap(), other)), facts)
    assert "that the records do not show" in unseen.notes[0].en
    assert "que los registros no muestran" in unseen.notes[0].es


def test_no_facts_are_no_data_and_no_red_light():
    found = read_promise(promise(), [])
    assert found.label is Label.NO_DATA
    assert not found.has_data
    assert not found.red


# value of all students in 2024 (line: 0.85) and in 2026 (target 0.90) | way
WAYS = [
    (2024, 1820, Way.REACHED),
    (2024, 1740, Way.ON),
    (2024, 1690, Way.UNCLEAR),
    (2024, 1600, Way.BEHIND),
    (2026, 1800, Way.REACHED),
    (2026, 1790, Way.MISSED),
]


@pytest.mark.parametrize("case", WAYS)
def test_where_all_students_stand_on_the_way(case):
    spring, x, way = case
    plain = promise(gaps=())
    after = YearFacts(spring, Counts(x, 2000))
    found = read_promise(plain, [YearFacts(2022, Counts(1600, 2000)), after])
    assert found.latest is not None
    assert found.latest.way is way
    assert found.red is (way in {Way.BEHIND, Way.MISSED})


def test_a_forecast_that_leads_away_from_the_target_turns_the_light_on():
    counts = [(2020, 1500), (2021, 1580), (2022, 1600), (2023, 1602), (2024, 1606)]
    counts.extend([(2025, 1610)])
    facts = [YearFacts(spring, Counts(x, 2000)) for spring, x in counts]
    plain = promise(
        gaps=(), baseline_year=2024, baseline=0.803, target_year=2027, target=0.99
    )
    found = read_promise(plain, facts)
    assert [one.meets for one in found.ahead] == [False]
    assert "forecast" in found.red_codes
    assert "If all goes on as it went, 2026-27" in found.red_light[-1].en


def test_a_clear_fall_of_the_higher_group_turns_the_light_on():
    found = read_promise(promise(), [year(2022, 700, 900), year(2024, 760, 840)])
    assert "closing_by_fall" in found.red_codes
    unclear = read_promise(promise(), [year(2022, 700, 900), year(2024, 840, 899)])
    assert unclear.label is Label.CLOSING_BY_FALL
    assert "closing_by_fall" not in unclear.red_codes
