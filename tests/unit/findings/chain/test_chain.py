"""An initiative's chain: each link by its rule, and where it breaks first."""

from __future__ import annotations

import re

import pytest
from tests.support.paths import ROOT

from evenrise.findings.chain.judge import read_chain
from evenrise.findings.chain.model import Dosage, Holds, Link, Placed
from evenrise.findings.promises.model import (
    Counts,
    GroupCounts,
    MeasureReading,
    Promise,
    PromisedGap,
    YearFacts,
)
from evenrise.findings.promises.reading import read_promise
from evenrise.statistics.paired_change import Pairs, paired_change
from evenrise.vocabulary.text import Text


GROUP = ("language", "english_learner")


def gained(all_x: int, group_x: int) -> MeasureReading:
    """On track of 1,000, of them 300 of the group; 700 and 150 the year before."""
    gap = PromisedGap(*GROUP, Text("g", "g"), Text("those students", "ese grupo"))
    promise = Promise(
        key="m",
        what=Text("On track", "En camino"),
        place=Text("the district", "el distrito"),
        good="up",
        baseline_year=2025,
        baseline=None,
        target_year=None,
        target=None,
        gaps=(gap,),
    )
    facts = [
        YearFacts(
            year,
            Counts(x, 1000),
            {GROUP: GroupCounts(Counts(own, 300), Counts(x - own, 700))},
        )
        for year, x, own in ((2025, 700, 150), (2026, all_x, group_x))
    ]
    return read_promise(promise, facts)


ENOUGH = Dosage(meant=50, some=49, enough=45, wanted=6)
CHANGED = Placed(people=40, there=30, pairs=Pairs(10, 18, 1, 8))


def test_all_three_links_hold():
    chain = read_chain(ENOUGH, CHANGED, [gained(820, 230)])
    assert [one.holds for one in chain.links] == [Holds.YES] * 3
    assert chain.breaks_at is None
    assert "All three links hold" in chain.sentence.en
    assert "90%" in chain.link(Link.REACHED).sentence.en


@pytest.mark.parametrize(
    ("enough", "holds"),
    [(40, Holds.YES), (39, Holds.PARTLY), (25, Holds.PARTLY), (24, Holds.NO)],
)
def test_learning_reached_eight_of_ten_or_half(enough, holds):
    chain = read_chain(Dosage(50, 50, enough, 6), CHANGED, [gained(820, 230)])
    assert chain.link(Link.REACHED).holds is holds
    assert (chain.breaks_at is Link.REACHED) == (holds is not Holds.YES)


def test_nine_adults_are_never_told_apart():
    nine = Placed(people=9, there=9, pairs=Pairs(0, 9, 0, 0))
    chain = read_chain(Dosage(9, 9, 9, 6), nine, ())
    assert [one.holds for one in chain.links] == [
        Holds.TOO_FEW,
        Holds.TOO_FEW,
        Holds.NO_DATA,
    ]
    assert not any(one.n for one in chain.links)
    assert not any(digit in chain.links[0].sentence.en for digit in "0123456789")


@pytest.mark.parametrize("pairs", [Pairs(0, 12, 0, 0), Pairs(0, 11, 0, 1)])
def test_all_of_them_is_never_told(pairs):
    placed = Placed(people=12, there=pairs.gained, pairs=pairs)
    said = read_chain(ENOUGH, placed, ()).link(Link.PRACTICE).sentence
    assert "9 in 10 or more of 12" in said.en
    assert "up by 90 points or more" in said.en
    assert "9 de cada 10 o más" in said.es
    assert "100" not in said.en


def test_ten_placed_of_whom_nine_twice_say_no_change():
    few = Placed(people=10, there=9, pairs=Pairs(0, 9, 0, 0))
    link = read_chain(ENOUGH, few, ()).link(Link.PRACTICE)
    assert link.holds is Holds.TOO_FEW
    assert "Too few were placed twice" in link.sentence.en


@pytest.mark.parametrize(
    ("pairs", "there", "holds"),
    [
        (Pairs(10, 18, 1, 8), 28, Holds.YES),
        (Pairs(10, 1, 18, 8), 11, Holds.NO),
        (Pairs(30, 2, 1, 4), 32, Holds.PARTLY),
        (Pairs(5, 2, 1, 29), 7, Holds.UNCLEAR),
    ],
)
def test_practice_by_the_same_people_twice(pairs, there, holds):
    placed = Placed(people=pairs.n, there=there, pairs=pairs)
    assert read_chain(ENOUGH, placed, ()).link(Link.PRACTICE).holds is holds


def test_a_gap_that_closes_by_a_fall_is_no_gain():
    chain = read_chain(ENOUGH, CHANGED, [gained(600, 150)])
    assert chain.link(Link.STUDENTS).holds is Holds.NO
    assert chain.breaks_at is Link.STUDENTS
    assert "right practice" in chain.mend.en


def test_what_may_be_chance_is_unclear_either_way():
    for few in (gained(705, 152), gained(699, 149)):
        link = read_chain(ENOUGH, CHANGED, [few]).link(Link.STUDENTS)
        assert link.holds is Holds.UNCLEAR
    chain = read_chain(ENOUGH, CHANGED, [gained(705, 152)])
    assert "cannot be said yet" in chain.sentence.en


def test_several_schools_are_each_read_and_the_least_good_tells():
    chain = read_chain(ENOUGH, CHANGED, [gained(820, 230), gained(600, 150)])
    link = chain.link(Link.STUDENTS)
    assert link.holds is Holds.NO
    assert link.sentence.en.startswith("At 2 schools, each read by itself")
    assert link.n is None


def test_without_map_and_figures_the_chain_says_what_is_missing():
    chain = read_chain(Dosage(50, 0, 0, None), None, ())
    assert [one.holds for one in chain.links] == [Holds.NO_DATA] * 3
    assert chain.breaks_at is Link.REACHED
    assert "Say for whom" in chain.mend.en
    assert all(one.sentence.es for one in chain.links)


ROW = re.compile(
    r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (−?\d+) points, (−?\d+) to (−?\d+) \| "
    r"([a-z ]+)[:|]",
    re.MULTILINE,
)
MANUAL = (ROOT / "docs/explanation/initiatives.md").read_text("utf-8")
NAMED = {
    "yes": Holds.YES,
    "not yet": Holds.NO,
    "partly": Holds.PARTLY,
    "unclear": Holds.UNCLEAR,
}


def test_the_manuals_table_holds():
    rows = ROW.findall(MANUAL)
    assert len(rows) == 4
    for *cells, link in rows:
        both, gained, lost, neither, *told = (
            int(cell.replace("−", "-")) for cell in cells
        )
        pairs = Pairs(both, gained, lost, neither)
        change = paired_change(pairs)
        seen = [change.value, change.lower, change.upper]
        assert [round(100 * one) for one in seen] == told
        placed = Placed(people=pairs.n, there=both + gained, pairs=pairs)
        read = read_chain(ENOUGH, placed, ()).link(Link.PRACTICE)
        assert read.holds is NAMED[link.strip()]
