"""Subtraction: what linear algebra works out of everything that is public.

This attack shares no code with the one that guards a release. The attacker knows each
public number, and every sum of groups and of schools that adds up. (Groups that overlap
add up to more than all students, by a number that nobody outside knows.)
"""

from __future__ import annotations

import csv
from collections import defaultdict

import numpy as np
import pytest

from evenrise.indicators.compute import compute_facts
from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.groups import PAIR
from evenrise.workspace.reports.releasing import documents_of


pytestmark = pytest.mark.django_db
FEW = 11
LARGEST = 450  # facts of an indicator and year: larger ones take minutes
Key = tuple[str, str, str, str, str, str]


@pytest.fixture
def told(released) -> dict[Key, dict[str, str]]:
    """The public feed."""
    with (documents_of(released) / "facts.csv").open(encoding="utf-8") as file:
        return {_key(row): row for row in csv.DictReader(file)}


def _key(row: dict[str, object]) -> Key:
    names = ("indicator", "school_year", "level", "organization_id")
    key = (*(str(row[name]) for name in names), str(row["group_family"]))
    return (*key, str(row["group"]))  # type: ignore[return-value]


@pytest.fixture(scope="module")
def truth(district) -> dict[Key, tuple[float, float]]:
    """The facts behind it, of single families."""
    facts = compute_facts(
        district.snapshot, as_of=district.as_of, settings=DistrictSettings()
    )
    return {
        _key(row): (row["numerator"], row["denominator"])
        for row in facts.to_pylist()
        if row["origin"] == "computed"
        and PAIR not in row["group_family"]
        and row["numerator"] is not None
        and row["denominator"] is not None
    }


def _sums(keys: list[Key]) -> list[tuple[list[int], int]]:
    """Groups of a family with all students, and schools with the district."""
    place = {key: at for at, key in enumerate(keys)}
    districts = {key[4:]: at for at, key in enumerate(keys) if key[2] == "district"}
    sums: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        everyone = place.get((*key[:4], "all", "all"))
        if key[4] != "all" and everyone is not None:
            sums[everyone, "groups", key[4]].append(at)
        district = districts.get(key[4:])
        if key[2] == "school" and district is not None:
            sums[district, "schools", ""].append(at)
    return [(members, whole) for (whole, *_), members in sums.items()]


def _worked_out(keys, known, sums):
    """Which unknown numbers the sums fix: those that no free direction moves."""
    hidden = np.flatnonzero(~known)
    matrix = np.zeros((len(sums), len(keys)))
    for row, (members, whole) in enumerate(sums):
        matrix[row, members] = 1
        matrix[row, whole] -= 1
    matrix = matrix[:, hidden]
    touched = np.flatnonzero(np.abs(matrix).sum(axis=0))
    values, vectors = np.linalg.eigh(matrix[:, touched].T @ matrix[:, touched])
    free = vectors[:, values < 1e-8]
    return hidden[touched[(np.abs(free) < 1e-5).all(axis=1)]]


def test_no_small_number_is_a_difference_of_public_ones(told, truth):
    by_year: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in truth:
        by_year[key[:2]].append(key)
    attacked = 0
    for keys in by_year.values():
        if len(keys) > LARGEST:
            continue
        sums = _sums(keys)
        outcomes = np.array([truth[key][0] for key in keys])
        students = np.array([truth[key][1] for key in keys])
        amounts = (outcomes > students).any() or (outcomes != outcomes.round()).any()
        for name, numbers in (("numerator", outcomes), ("denominator", students)):
            if name == "numerator" and amounts:
                continue
            known = np.array([told.get(k, {}).get(name, "") != "" for k in keys])
            attacked += int((~known).sum())
            true = [one for one in sums if numbers[one[0]].sum() == numbers[one[1]]]
            for at in _worked_out(keys, known, true):
                assert numbers[at] >= FEW, (keys[at], name)
    assert attacked > 1000


def test_the_search_finds_what_is_left_open(told, truth):
    """With one hidden number told, its partner is found: the attack can win."""
    for key, (x, _n) in truth.items():
        partners = [
            k for k in truth if k[:5] == key[:5] and k != key and key[4] != "all"
        ]
        whole = (*key[:4], "all", "all")
        if len(partners) == 1 and whole in truth and 0 < x < FEW:
            keys = [key, partners[0], whole]
            known = np.array([False, True, True])
            assert list(_worked_out(keys, known, [([0, 1], 2)])) == [0]
            return
    raise AssertionError("no small number to look for")
