"""Pathways in words: what is done, what is open, and never behind by a missing file."""

from __future__ import annotations

import itertools

import pytest

from evenrise.findings.pathways import open_areas, pathway_words
from evenrise.indicators.pathways.compute import State


ROW = {
    "graduation": State.OPEN,
    "credits_earned": 100.0,
    "credits_usual": 137.5,
    "credits_asked": 220.0,
    "years_missing": 0,
    "a_g": State.UNDER_WAY,
    **{f"years_{area}": 1.0 for area in "ABCDEFG"},
    "areas_met": 0b1100000,
    "areas_now": 0b0000101,
    "career": State.UNDER_WAY,
    "career_courses": 1,
    "career_now": True,
    "biliteracy": State.UNDER_WAY,
    "language_years": 2.5,
    "language_now": False,
}


def words(**more):
    return {one.key: one for one in pathway_words(ROW | more)}


def test_what_is_done_what_is_open_and_the_next_step():
    one = words()["graduation"]
    assert one.done.en == "100 of the 220 credits for graduation are earned."
    assert "137.5 credits are usual: 37.5 are still to be made up" in one.open.en
    assert one.step.en.startswith("Next step: choose with the counselor")
    assert "faltan 37.5" in one.open.es


def test_areas_with_their_years():
    one = words()["a_g"]
    assert one.done.en == "2 of 7 subject areas are complete."
    assert "mathematics (1 of 3 years)" in one.open.en
    assert "matemáticas (1 de 3 años)" in one.open.es
    assert "arts" not in one.open.en
    assert open_areas(0b1100000) == ("A", "B", "C", "D", "E")


def test_a_step_names_few_areas_or_none():
    few = words(areas_met=0b1111010, areas_now=0b0000001)["a_g"]
    assert "choose a course in mathematics for next term" in few.step.en
    many = words(areas_met=0, areas_now=0b0000001)["a_g"]
    assert "plan the next courses" in many.step.en
    taken = words(areas_met=0b1111010, areas_now=0b0000101)["a_g"]
    assert "finish this term's courses" in taken.step.en
    nothing = words(areas_now=0)["a_g"]
    assert "plan the next courses" in nothing.step.en


def test_nobody_is_behind_by_a_missing_file():
    one = words(graduation=State.NOT_KNOWN, years_missing=2)["graduation"]
    assert "is not known" in one.open.en
    assert "not in our records: 2" in one.open.en
    assert "transcript" in one.step.en
    for key in ("a_g", "career", "biliteracy"):
        told = words(**{key: State.NOT_KNOWN})[key]
        every = " ".join(part.en for part in (told.done, told.open) if part)
        assert "not known" in every


def test_what_one_may_choose_is_not_begun_rather_than_open():
    assert words(career=State.OPEN)["career"].state_words.en == "not begun"
    assert words(biliteracy=State.OPEN)["biliteracy"].state_words.es == "sin empezar"
    assert words()["graduation"].state_words.en == "still open"


@pytest.mark.parametrize("states", list(itertools.product(State, repeat=2)))
def test_every_state_is_said_in_both_languages(states):
    first, second = states
    row = {
        "graduation": first,
        "a_g": second,
        "career": first,
        "biliteracy": second,
        "credits_earned": None if first is State.NOT_KNOWN else 90.0,
    }
    for one in words(**row).values():
        for part in (one.name, one.state_words, one.done, one.open, one.step):
            if part is not None:
                assert part.en != part.es
                assert "{" not in part.en + part.es
                assert "(s)" not in part.en + part.es
