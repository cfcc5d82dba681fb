"""What earlier releases mean for a new one, and the folder that keeps them."""

import datetime as dt

import pytest

from evenrise.statistics.small_numbers import Rule, protect
from evenrise.statistics.small_numbers.ledger import Ledger
from evenrise.vocabulary.errors import InputProblem
from tests.unit.statistics.small_numbers.tables import (
    by_group,
    fact,
    family,
    group,
    table,
)


DAY = dt.date(2025, 6, 1)
RACES = {"asian": (0, 6), "black": (20, 90), "hispanic": (60, 400), "white": (50, 300)}


def test_the_same_facts_give_the_same_release(tmp_path):
    facts = table(family("race_ethnicity", RACES))
    ledger = Ledger(tmp_path / "ledger")
    first = protect(facts, earlier=ledger.published())
    ledger.add(first, DAY)
    again = protect(facts, earlier=ledger.published())
    assert again.table.equals(first.table)
    assert again.standing == first.table.num_rows
    assert (again.exposed, first.standing) == (0, 0)


def test_a_leaver_is_not_told_by_two_releases(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(protect(table([fact(numerator=21, denominator=81)])), DAY)
    facts = table([fact(numerator=20, denominator=80, snapshot="s2")])
    told = protect(facts, earlier=ledger.published())
    row = told.table.to_pylist()[0]
    assert (row["numerator"], row["denominator"]) == (21, 81)
    assert row["snapshot"] == "s1"  # the number is as old as that
    assert told.standing == 1


def test_a_group_that_changed_by_a_few_is_hidden_beside_larger_changes(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(protect(table(family("race_ethnicity", RACES))), DAY)
    moved = RACES | {"hispanic": (63, 404), "white": (90, 360)}
    told = by_group(
        protect(table(family("race_ethnicity", moved)), earlier=ledger.published())
    )
    assert told["suspension", "D", "all", "all"]["numerator"] == 173
    assert told["suspension", "D", "race_ethnicity", "hispanic"]["denominator"] is None


def test_a_year_that_was_not_released_is_new_beside_one_that_was(tmp_path):
    ledger = Ledger(tmp_path)
    last = family("race_ethnicity", RACES)
    ledger.add(protect(table(last)), DAY)
    next_year = family("race_ethnicity", RACES, school_year=2026)
    told = protect(table([*next_year, *last]), earlier=ledger.published())
    alone = protect(table(next_year))
    assert told.standing == len(last)
    assert told.table.slice(0, len(alone)).equals(alone.table)


def test_a_stricter_rule_is_kept_from_now_on(tmp_path):
    ledger = Ledger(tmp_path)
    facts = table([fact(numerator=15, denominator=81)])
    ledger.add(protect(facts), DAY)
    told = protect(facts, Rule(smallest_shown=20), earlier=ledger.published())
    assert told.table["numerator"].to_pylist() == [None]


def test_many_more_students_are_a_new_number(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(protect(table([fact(numerator=21, denominator=81)])), DAY)
    facts = table([fact(numerator=45, denominator=140)])
    assert protect(facts, earlier=ledger.published()).hidden == 0


def test_what_was_hidden_stays_hidden(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(protect(table(family("race_ethnicity", RACES))), DAY)
    grown = RACES | {"asian": (30, 60), "black": (50, 190)}
    facts = table(family("race_ethnicity", grown))
    told = by_group(protect(facts, earlier=ledger.published()))
    assert told["suspension", "D", "race_ethnicity", "asian"]["denominator"] is None


def test_what_was_shown_cannot_be_hidden_and_that_is_said(tmp_path):
    ledger = Ledger(tmp_path)
    shown = {k: v for k, v in RACES.items() if k != "asian"}
    rows = family("race_ethnicity", shown)[1:]
    rows.append(fact(numerator=130, denominator=796))
    ledger.add(protect(table(rows)), DAY)
    later = [*family("race_ethnicity", RACES), group("gender", "female", 60, 400)]
    told = protect(table(later), earlier=ledger.published())
    assert told.exposed > 0


def test_a_changed_ledger_is_noticed(tmp_path):
    ledger = Ledger(tmp_path)
    for x in (21, 60):
        ledger.add(protect(table([fact(numerator=x, denominator=181)])), DAY)
    ledger.check()
    first = ledger.releases()[0]
    first.unlink()
    with pytest.raises(InputProblem, match="ledger of releases"):
        ledger.check()


def test_an_empty_ledger_has_told_nothing(tmp_path):
    assert Ledger(tmp_path / "none").published().num_rows == 0
