"""From cells of grade and group to the weeks of a measure, and which may be told.

Two measures of one school could otherwise be taken from each other: all grades less
grades 9 to 11 is grade 12, and where five students learn in it their week is told. So
the students of a week by grade and group are one table, which is settled once
(`statistics/small_numbers/two_way.py`), whatever one measure asks.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evenrise.indicators.engines.weekly import WeekCell, WeeklyAsk
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.two_way import Told, settle
from evenrise.vocabulary.groups import FAMILIES


Settled = tuple[Ints, Told]


@dataclass(frozen=True, slots=True)
class WeekSum:
    """One week of all students (`group` blank) or of a group: `count` of `size`."""

    group: str
    week_on: dt.date
    count: int
    size: float
    students: int


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """One week of all students (`group` blank) or of a group; None: not to be told."""

    group: str
    week_on: dt.date
    sums: WeekSum | None


def roll_weeks(
    cells: Iterable[WeekCell], families: Sequence[str], ask: WeeklyAsk, *, per: int = 1
) -> tuple[WeekSum, ...]:
    """The weeks of all students and of each group asked for, in order of time.

    Args:
        cells: sums by week, grade and group, of every grade of the school.
        families: which family each of a cell's groups is of.
        ask: which grades and groups are wanted.
        per: what the size is divided by.
    """
    groups = [("", "", -1)] + [
        (family, group, _place(family, group))
        for family, group in ask.groups
        if family in families
    ]
    grades = frozenset(_place("grade", grade) for grade in ask.grades)
    weeks: dict[dt.date, list[WeekCell]] = defaultdict(list)
    for cell in cells:
        if not grades or cell.grade in grades:
            weeks[cell.week_on].append(cell)
    found = []
    for on in sorted(weeks):
        for family, group, place in groups:
            rows = [
                cell
                for cell in weeks[on]
                if not family or cell.groups[families.index(family)] == place
            ]
            students = sum(cell.students for cell in rows)
            if students:
                count, size = sum(c.count for c in rows), sum(c.size for c in rows)
                found.append(WeekSum(group, on, count, size / per, students))
    return tuple(found)


def hide_small(
    sums: Iterable[WeekSum],
    cells: Iterable[WeekCell],
    families: Sequence[str],
    ask: WeeklyAsk,
    smallest_shown: int,
) -> tuple[ToldWeek, ...]:
    """Each week, or None in place of one that may not be told.

    A group's week in some grades is told where each of its cells is, or where these
    grades are all of the group.

    Args:
        sums: what was asked.
        cells: all that anybody could ask of the same school.
        families: which family each of a cell's groups is of.
        ask: which grades and groups were wanted.
        smallest_shown: the smallest number of students that is told.
    """
    tables = _tables(cells, families)
    settled = {key: (one, settle(one, smallest_shown)) for key, one in tables.items()}
    family_of = {group: family for family, group in ask.groups}
    grades = [_place("grade", grade) for grade in ask.grades]
    found = []
    for one in sums:
        family = family_of.get(one.group, "")
        column = _place(family, one.group) if family else 0
        may = one.students >= smallest_shown and _of_grades(
            settled[family, one.week_on], column, grades
        )
        found.append(ToldWeek(one.group, one.week_on, one if may else None))
    return tuple(found)


def _of_grades(settled: Settled, column: int, grades: list[int]) -> bool:
    """Whether the sum of some grades (none: all) of a column is told."""
    counts, told = settled[0][:, column], settled[1]
    if not grades or counts.sum() == counts[grades].sum():
        return bool(told.columns[column])
    cells: Flags = told.cells[grades, column]
    return bool(cells.all())


def _tables(
    cells: Iterable[WeekCell], families: Sequence[str]
) -> dict[tuple[str, dt.date], Ints]:
    """Students by grade and group, for each week and family; blank: by grade alone.

    Grades and groups are those of the vocabulary, in their order, and at the end of
    each the students who are in none.
    """
    grades = len(FAMILIES["grade"].groups) + 1
    found: dict[tuple[str, dt.date], Ints] = {}
    for cell in cells:
        for family, group in (("", 0), *zip(families, cell.groups, strict=True)):
            groups = len(FAMILIES[family].groups) + 1 if family else 1
            table = found.setdefault(
                (family, cell.week_on), np.zeros((grades, groups), dtype=np.int64)
            )
            table[cell.grade, group] += cell.students  # -1 is the last: in none
    return found


def _place(family: str, group: str) -> int:
    return [one.code for one in FAMILIES[family].groups].index(group)
