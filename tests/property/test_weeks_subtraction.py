"""No two live measures of a school, nor ten, tell a week of fewer than eleven students.

Every measure that anybody could make (all sets of grades, each with its groups) is
asked of invented schools; what it shows is one row of sums over the smallest cells
(grade and group). A set of one to ten students must not be a sum or difference of
these rows: it must not lie in their row space.
"""

from __future__ import annotations

import datetime as dt
from itertools import chain, combinations

import numpy as np
import pytest

from evenrise.indicators.engines.weekly import WeekCell, WeeklyAsk
from evenrise.indicators.weekly.rolling import hide_small, roll_weeks
from evenrise.vocabulary.groups import FAMILIES


ON = dt.date(2026, 3, 2)
GRADES = [one.code for one in FAMILIES["grade"].groups]
FEWEST = 11
FAMILY = "race_ethnicity"
GROUPS = [one.code for one in FAMILIES[FAMILY].groups]


def sets_of(things):
    return chain.from_iterable(
        combinations(things, size) for size in range(1, len(things) + 1)
    )


def invented(seed):
    """A school of two to four grades and two or three groups; many cells are small."""
    rng = np.random.default_rng(seed)
    grades = rng.choice(len(GRADES), rng.integers(2, 5), replace=False)
    groups = [-1, *rng.choice(len(GROUPS), rng.integers(1, 3), replace=False)]
    usual = rng.choice([2, 6, 14, 40])
    return [
        WeekCell(ON, int(grade), (int(group),), 0, 5 * int(n), int(n))
        for grade in grades
        for group in groups
        if (n := rng.poisson(usual))
    ]


def told(cells, grades):
    """The cells behind each number that a measure of these grades shows."""
    places = sorted({cell.groups[0] for cell in cells if cell.groups[0] >= 0})
    ask = WeeklyAsk(
        school_id="S",
        grades=tuple(GRADES[grade] for grade in grades),
        groups=tuple((FAMILY, GROUPS[place]) for place in places),
        first=ON,
        last=ON,
    )
    sums = roll_weeks(cells, [FAMILY], ask)
    for week in hide_small(sums, cells, [FAMILY], ask, FEWEST):
        row = week.sums
        if row is None:
            continue
        group = GROUPS.index(row.group) if row.group else None
        behind = [
            (not grades or cell.grade in grades)
            and (group is None or cell.groups[0] == group)
            for cell in cells
        ]
        assert row.students == sum(
            cell.students for cell, here in zip(cells, behind, strict=True) if here
        )
        yield behind


def rank(rows):
    return np.linalg.matrix_rank(rows) if len(rows) else 0


@pytest.mark.parametrize("seed", range(120))
def test_no_handful_is_a_sum_or_difference_of_what_is_told(seed):
    cells = invented(seed)
    grades = sorted({cell.grade for cell in cells})
    shown = {
        tuple(row) for chosen in ((), *sets_of(grades)) for row in told(cells, chosen)
    }
    rows = np.array(sorted(shown), dtype=np.float64).reshape(-1, max(len(cells), 1))
    known = rank(rows)
    sizes = np.array([cell.students for cell in cells])
    for some in sets_of(range(len(cells))):
        if sizes[list(some)].sum() >= FEWEST:
            continue
        handful = np.zeros(len(cells))
        handful[list(some)] = 1
        assert rank(np.vstack([rows, handful])) > known, [cells[at] for at in some]


def test_most_weeks_of_a_large_school_are_told():
    cells = [
        WeekCell(ON, grade, (group,), 3, 200, 40)
        for grade in (10, 11)
        for group in (0, 1)
    ]
    assert len(list(told(cells, ()))) == len(list(told(cells, (10,)))) == 3


def test_all_grades_less_three_would_tell_the_fourth():
    cells = [
        WeekCell(ON, grade, (-1,), 3, 5 * n, n)
        for grade, n in ((10, 40), (11, 60), (12, 60), (13, 5))
    ]
    assert len(list(told(cells, ()))) == 1
    assert not list(told(cells, (10, 11, 12)))
    assert len(list(told(cells, (11, 12)))) == 1  # the rest of the school is 45
