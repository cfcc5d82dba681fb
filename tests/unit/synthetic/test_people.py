"""Families: what brothers and sisters share, and how children come and go."""

from __future__ import annotations

import numpy as np
import pytest

from evenrise.synthetic.chance import Chance
from evenrise.synthetic.names import LANGUAGES, family_names, given_names, school_names
from evenrise.synthetic.people import make_people
from evenrise.synthetic.places import make_calendar, make_places
from evenrise.synthetic.stays import make_stays


YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def places():
    return make_places(6_000, Chance(4))


@pytest.fixture(scope="module")
def people(places):
    return make_people(6_000, YEARS, places, Chance(4), background=True)


def _same_in_family(people, column):
    _, first = np.unique(people.family, return_index=True)
    family = np.searchsorted(people.family[first], people.family)
    return np.array_equal(column, column[first][family])


def test_brothers_and_sisters_share_a_home(people):
    sizes = np.bincount(np.unique(people.family, return_inverse=True)[1])
    assert (sizes > 1).mean() > 0.25
    for column in (people.zone, people.language, people.race, people.charter):
        assert _same_in_family(people, column)
    first, last = people.spans["low_income"]
    assert _same_in_family(people, last > 0)
    assert (first[last > 0] >= people.arrive[last > 0]).all()


def test_brothers_and_sisters_are_born_in_different_years(people):
    same = people.family[1:] == people.family[:-1]
    gaps = np.diff(people.kg_year)[same]
    assert gaps.min() >= 1


def test_outcomes_run_in_families_only_with_a_background(people, places):
    plain = make_people(6_000, YEARS, places, Chance(4), background=False)

    def alike(folk):
        same = np.flatnonzero(folk.family[1:] == folk.family[:-1])
        return np.corrcoef(folk.latent[same, 0], folk.latent[same + 1, 0])[0, 1]

    assert alike(people) > 0.2
    assert abs(alike(plain)) < 0.08


def test_english_learners_become_reclassified_and_some_wait_long(people):
    first, last = people.spans["english_learner"]
    done = people.spans["reclassified"][1] > 0
    assert (last[done] >= first[done] + 2).all()
    still = (last > 2026) & (people.depart >= 2026)
    assert 0.1 < (2026 - first[still] + 1 >= 6).mean() < 0.7


def test_everybody_has_a_number_of_their_own(people):
    assert len(np.unique(people.number)) == len(people)
    assert people.number.min() >= 100_000_000
    assert people.number.max() < 1_000_000_000


def test_some_come_some_go_and_some_move_in_every_year(people, places):
    for year in YEARS:
        stays = make_stays(year, people, places, Chance(4), background=True)
        share = np.bincount(stays.exit, minlength=4) / len(stays)
        assert 0.01 < share[2] < 0.1
        assert 0.005 < share[3] < 0.08
        assert ((stays.first > 0) & (stays.exit == 1)).any()
        assert (stays.last > stays.first).all()


@pytest.mark.parametrize("year", range(2015, 2035))
def test_a_calendar_has_180_days_between_august_and_june(places, year):
    calendar = make_calendar(year, places, Chance(1))
    assert len(np.unique(calendar.dates)) == 180
    assert np.is_busday(calendar.dates).all()
    assert calendar.first >= np.datetime64(f"{year - 1}-08-15")
    assert calendar.last <= np.datetime64(f"{year}-06-20")
    assert np.datetime64(f"{year - 1}-12-25") not in calendar.dates
    assert calendar.open.shape == (len(places.codes), 180)


def test_names_are_at_hand_for_every_home_language():
    for language in LANGUAGES:
        common, own = given_names(language)
        assert len(common) > 100
        assert len(own) >= 14
        assert len(set(family_names(language))) >= 15


@pytest.mark.parametrize("shift", [0, 3_999])
def test_no_two_schools_share_a_name(shift):
    names = school_names(9_000, shift)
    assert len(set(names)) == 9_000
