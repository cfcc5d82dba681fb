"""Counts of whether tiers are used as intended, by school and student group.

A student's tier is the highest of today's placements; without one it is tier 1, which
is for all. A stay in tier 2 or 3 is one stretch even where somebody ended it and began
it anew in the same or a higher tier within a month: closing a row on paper is no
leaving. A stay is left by stepping down.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from evenrise.statistics.rates import wilson
from evenrise.statistics.staff_retention import times_of
from evenrise.workspace.people.models import Student
from evenrise.workspace.supports.groups import Slice
from evenrise.workspace.supports.models import TierPlacement
from evenrise.workspace.supports.queries.acted import (
    FEWEST,
    Span,
    slices,
    text_column,
    within,
)
from evenrise.workspace.supports.queries.known import cells_of


HALF_YEAR = 182  # days
PAUSE = 30  # days without a row that do not end a stay
BACK = 730  # days; stays that began earlier are not asked how they went
USUAL = (0.80, 0.15, 0.05)  # a reading aid, not a target: see docs

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stays:
    """Stays in tier 2 or 3, one row a stretch, in columns.

    `area` tells stretches of one student apart; `tier` is the highest of the stretch;
    `ends` is the day on which the student stepped down, or 0.
    """

    student: NDArray[np.str_]
    school: NDArray[np.str_]
    grade: NDArray[np.str_]
    codes: NDArray[np.str_]
    tier: Ints
    begins: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.student)


def tier_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """What the page says, as plain numbers.

    Args:
        students: whom the reader reaches; None for everybody.
        span: until when; tiers are those of its last day.

    Returns:
        `shares`, rows with the students of each tier; `stays`, rows with how stays in
        tier 2 and 3 went.
    """
    stays = read_stays(students, span)
    return {
        "today": span.today.isoformat(),
        "shares": _shares(students, stays),
        "stays": [
            _went(stays, one, span)
            for one in slices(stays.school, stays.grade, stays.codes)
        ],
    }


def read_stays(students: QuerySet[Student] | None, span: Span) -> Stays:
    """The stays in tier 2 or 3, stretches joined."""
    rows = list(
        within(TierPlacement.objects.all(), students)
        .filter(tier__gt=1, begins_on__lte=span.today)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=_first_day(span)))
        .order_by("student_id", "area", "begins_on", "id")
        .values_list(
            "student_id",
            "area",
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
            "tier",
            "begins_on",
            "ends_on",
        )
    )
    return _joined(rows, span)


def _first_day(span: Span) -> dt.date:
    return span.today - dt.timedelta(days=BACK)


def _joined(rows: list[tuple[Any, ...]], span: Span) -> Stays:
    """Join what follows within a pause in the same or a higher tier.

    A step from tier 3 to tier 2 ends the stay in tier 3 and begins one in tier 2.
    """
    columns = list(zip(*rows, strict=True)) or [()] * 8
    texts = [text_column(columns[place]) for place in range(5)]
    tier = np.array(columns[5], dtype=np.int64)
    begins = np.array([day.toordinal() for day in columns[6]], dtype=np.int64)
    today = span.today.toordinal()
    ends = np.array(
        [
            0 if day is None or day > span.today else day.toordinal()
            for day in columns[7]
        ],
        dtype=np.int64,
    )
    same = (texts[0][1:] == texts[0][:-1]) & (texts[1][1:] == texts[1][:-1])
    ended = np.where(ends > 0, ends, today)
    follows = np.zeros(len(rows), dtype=np.bool_)
    follows[1:] = same & (begins[1:] - ended[:-1] <= PAUSE) & (tier[1:] >= tier[:-1])
    first = np.flatnonzero(~follows)
    last = np.append(first[1:], len(rows)) - 1 if len(rows) else first
    return Stays(
        texts[0][first],
        texts[2][first],
        texts[3][first],
        texts[4][first],
        tier=tier[last],
        begins=begins[first],
        ends=ends[last],
    )


def _went(stays: Stays, one: Slice, span: Span) -> dict[str, Any]:
    """How long stays last, and whether students step down within half a year."""
    rows = one.rows
    students = int(np.unique(stays.student[rows]).size)
    told = {"family": one.family, "group": one.group, "students": students}
    if students < FEWEST:
        return told
    today = span.today.toordinal()
    begins, ends = stays.begins[rows], stays.ends[rows]
    days = np.where(ends > 0, ends, today) - begins
    asked = begins <= today - HALF_YEAR
    left = (ends > 0) & (days <= HALF_YEAR)
    n = int(np.unique(stays.student[rows][asked]).size)
    share = wilson(int(left[asked].sum()), int(asked.sum())) if n >= FEWEST else None
    return told | {
        "stays": int(rows.sum()),
        "median": times_of(days, ends > 0)[1],
        "asked": int(asked.sum()),
        "left": None if share is None else share.value,
        "left_lower": None if share is None else share.lower,
        "left_upper": None if share is None else share.upper,
        "long": int(((ends == 0) & (days > 2 * HALF_YEAR)).sum()),
    }


def _shares(students: QuerySet[Student] | None, stays: Stays) -> list[dict[str, Any]]:
    """The students of each tier today: all, by school, by group."""
    cells = cells_of(students)
    highest = _highest(stays)
    placed = {
        (one.family, one.group): one.rows
        for one in slices(highest.school, highest.grade, highest.codes)
    }
    nobody = np.zeros(len(highest), dtype=np.bool_)
    told = []
    for one in slices(cells.school, cells.grade, cells.codes):
        every = int(cells.n[one.rows].sum())
        row: dict[str, Any] = {
            "family": one.family,
            "group": one.group,
            "students": every,
        }
        if every >= FEWEST:
            tiers = highest.tier[placed.get((one.family, one.group), nobody)]
            two, three = int((tiers == 2).sum()), int((tiers == 3).sum())
            row["tiers"] = [every - two - three, two, three]
        told.append(row)
    return told


def _highest(stays: Stays) -> Stays:
    """One row a student: the highest tier in which the student is today."""
    now = np.flatnonzero(stays.ends == 0)
    order = now[np.lexsort((-stays.tier[now], stays.student[now]))]
    _, first = np.unique(stays.student[order], return_index=True)
    kept = order[first]
    return Stays(
        *(
            getattr(stays, name)[kept]
            for name in (
                "student",
                "school",
                "grade",
                "codes",
                "tier",
                "begins",
                "ends",
            )
        )
    )
