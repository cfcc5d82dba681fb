"""Invented outcomes of students, and the facts that they would give.

Twelve elementary schools, grades 3 to 5, three years; every student meets the same
chances unless a test asks for something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.outcomes import StudentOutcomes
from evenrise.vocabulary.groups import FAMILIES
from tests.support.facts import at_school, fact


YEARS = (2022, 2023, 2024)
SCHOOLS = tuple(f"{number:07d}" for number in range(1, 13))
FAMILIES_DRAWN = ("english_learner", "disability", "low_income")
_SHARES = {"english_learner": 0.25, "disability": 0.2, "low_income": 0.5}


def draw_outcomes(
    seed: int,
    *,
    key: str = "chronic_absence",
    each: int = 160,
    rate: float = 0.2,
    bright: float = 0.0,
    bright_groups: tuple[int, ...] = (0, 1),
    meeting: float = 0.0,
    scores: bool = False,
) -> StudentOutcomes:
    """Students of twelve schools.

    Args:
        seed: the same seed gives the same students.
        key: the indicator.
        each: students of a school and year.
        rate: the chance of a yes.
        bright: how much lower (share) or higher (standard deviations) the first
            school lies.
        bright_groups: for whom: 0 low income, 1 everybody else.
        meeting: how much likelier a yes is for English learners with disabilities.
        scores: whether the outcome is a test.
    """
    chance = np.random.default_rng(seed)
    n = each * len(SCHOOLS) * len(YEARS)
    school = np.tile(np.repeat(np.arange(len(SCHOOLS)), each), len(YEARS))
    year = np.repeat(np.array(YEARS), each * len(SCHOOLS))
    groups = {
        family: (chance.random(n) >= share).astype(np.int64)
        for family, share in _SHARES.items()
    }
    first = (school == 0) & np.isin(groups["low_income"], bright_groups)
    prior = chance.normal(size=n)
    both = (groups["english_learner"] == 0) & (groups["disability"] == 0)
    if scores:
        score = 0.7 * prior + 0.7 * chance.normal(size=n) + bright * first
        happened = score > 0
    else:
        score, prior = np.full(n, np.nan), np.full(n, np.nan)
        happened = chance.random(n) < rate - bright * first + meeting * both
    return StudentOutcomes(
        indicator=key,
        good="up" if scores else "down",
        school_year=year.astype(np.int64),
        school=school.astype(np.int64),
        schools=tuple(f"1964980{code}" for code in SCHOOLS),
        grade=chance.integers(4, 7, n),
        happened=happened,
        score=score,
        share_absent=np.full(n, np.nan),
        prior=prior,
        groups=groups,
    )


def rows_of(one: StudentOutcomes) -> list[dict[str, Any]]:
    """The facts, computed from records, that these students give."""
    return [row for year in YEARS for row in _of_year(one, year)]


def _of_year(one: StudentOutcomes, year: int) -> Iterator[dict[str, Any]]:
    told = {"indicator": one.indicator, "origin": "computed", "source_file": None}
    now = one.school_year == year
    places: list[tuple[NDArray[np.bool_], dict[str, Any]]] = [(now, told)]
    for number, code in enumerate(SCHOOLS):
        name = f"Oak {number + 1:02d} Elementary"
        here = now & (one.school == number)
        places.append((here, told | at_school(code, name)))
    for here, place in places:
        yield _fact(one, year, ("all", "all"), here, place)
        for family in FAMILIES_DRAWN:
            for group, member in _members(one, family):
                yield _fact(one, year, (family, group), here & member, place)
    for first, second in combinations(FAMILIES_DRAWN, 2):
        for group, member in _members(one, first):
            for other, also in _members(one, second):
                names = (f"{first}*{second}", f"{group}*{other}")
                yield _fact(one, year, names, now & member & also, told)


def _members(
    one: StudentOutcomes, family: str
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    for code, group in enumerate(FAMILIES[family].groups):
        yield group.code, one.groups[family] == code


def _fact(
    one: StudentOutcomes,
    year: int,
    names: tuple[str, str],
    chosen: NDArray[np.bool_],
    place: dict[str, Any],
) -> dict[str, Any]:
    x, n = float(one.happened[chosen].sum()), float(chosen.sum())
    return fact(year, *names, x, n, **place)
