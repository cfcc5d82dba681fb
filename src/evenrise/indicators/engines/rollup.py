"""The one roll-up: from each student's part to every organization, group and pair.

Group codes are small whole numbers, so that a sum over a family is one `bincount`.
Pairs of families are summed over profiles (students alike in every family) instead of
students: there are far fewer of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.define import pairs
from evenrise.indicators.engines.base import Cells
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, PAIR


Codes = NDArray[np.int64]
Amounts = NDArray[np.float64]
_NO_YEAR = 9999  # of no parts at all
MULTIPLE = "race_any"  # codes of this family are bits: a student is in several groups


@dataclass(frozen=True, slots=True)
class Parts:
    """Each student's part: equally long arrays.

    `student` numbers a student in a school year (the rows of the memberships).
    """

    school_year: Codes
    place: Codes
    student: Codes
    numerator: Amounts
    denominator: Amounts


def roll_up(
    parts: Parts,
    memberships: Mapping[str, Codes],
    organizations: Sequence[tuple[str, str]],
) -> Cells:
    """Sum the parts for every organization, family and group, and pairs at districts.

    `memberships` gives, by family, the place of the student's group in the family (-1
    for none; bits for `race_any`); families that are not collected are left out.
    """
    sums = _Sums(organizations)
    families = [code for code in FAMILIES if code in memberships]
    sums.add(parts, (ALL_FAMILY,), {})
    for family in families:
        sums.add(parts, (family,), memberships)
    districts = np.array(
        [level == "district" for level, _ in organizations], dtype=bool
    )
    profile, profiles = _profiles(_take(parts, districts[parts.place]), memberships)
    for pair in pairs(tuple(families)):
        sums.add(profile, pair, profiles)
    return sums.cells()


def _take(parts: Parts, which: NDArray[np.bool_]) -> Parts:
    return Parts(
        parts.school_year[which],
        parts.place[which],
        parts.student[which],
        parts.numerator[which],
        parts.denominator[which],
    )


def _profiles(
    parts: Parts, memberships: Mapping[str, Codes]
) -> tuple[Parts, dict[str, Codes]]:
    """The parts summed over students alike in year, place and every paired family."""
    families = [code for code in memberships if code != MULTIPLE]
    key = np.zeros(len(parts.student), dtype=np.int64)
    for column, size in (
        (parts.school_year, int(parts.school_year.max(initial=0)) + 1),
        (parts.place, int(parts.place.max(initial=0)) + 1),
        *((memberships[code][parts.student] + 1, _size(code) + 1) for code in families),
    ):
        key = key * size + column
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    count = len(first)
    summed = Parts(
        parts.school_year[first],
        parts.place[first],
        np.arange(count, dtype=np.int64),
        _sum_by(inverse, parts.numerator, count),
        _sum_by(inverse, parts.denominator, count),
    )
    return summed, {code: memberships[code][parts.student][first] for code in families}


def _sum_by(key: Codes, amounts: Amounts, size: int) -> Amounts:
    return np.bincount(key, amounts, size).astype(np.float64)


def _size(family: str) -> int:
    return len(FAMILIES[family].groups)


@dataclass(frozen=True, slots=True)
class _Summed:
    """What is summed by a key that says year, place and group."""

    key: Codes
    numerator: Amounts
    denominator: Amounts

    def take(self, rows: Codes) -> _Summed:
        """Only these rows."""
        return _Summed(self.key[rows], self.numerator[rows], self.denominator[rows])


class _Sums:
    """Collects cells, family after family."""

    def __init__(self, organizations: Sequence[tuple[str, str]]) -> None:
        self.organizations = tuple(organizations)
        self.groups: list[tuple[str, str]] = []
        self.columns: list[tuple[Codes, Codes, Codes, Amounts, Amounts]] = []
        self._last: tuple[Parts, int, Codes] | None = None

    def add(
        self, parts: Parts, family: tuple[str, ...], memberships: Mapping[str, Codes]
    ) -> None:
        """Sum over the groups of a family, or of a pair of families."""
        first_year, key = self._placed(parts)
        summed = _Summed(key, parts.numerator, parts.denominator)
        if family == (MULTIPLE,):
            bits = memberships[MULTIPLE][parts.student]
            for place, group in enumerate(FAMILIES[MULTIPLE].groups[:-1]):
                inside = np.flatnonzero(bits & (1 << place))
                self._sum(summed.take(inside), MULTIPLE, [group.code], first_year)
            nobody = FAMILIES[MULTIPLE].groups[-1].code
            outside = summed.take(np.flatnonzero(bits == 0))
            self._sum(outside, MULTIPLE, [nobody], first_year)
            return
        names = [""]
        missing = None
        for code in family:
            groups = [group.code for group in FAMILIES[code].groups]
            names = [f"{a}{PAIR}{b}" if a else b for a in names for b in groups]
            if code != ALL_FAMILY:
                own = memberships[code][parts.student]
                key = key * len(groups) + own
                if own.min(initial=0) < 0:
                    missing = (own < 0) if missing is None else missing | (own < 0)
        summed = _Summed(key, parts.numerator, parts.denominator)
        if missing is not None:
            summed = summed.take(np.flatnonzero(~missing))
        self._sum(summed, PAIR.join(family), names, first_year)

    def _placed(self, parts: Parts) -> tuple[int, Codes]:
        """The first year, and a key of year and place; worked out once for parts."""
        if self._last is None or self._last[0] is not parts:
            first_year = int(parts.school_year.min(initial=_NO_YEAR))
            years = parts.school_year - first_year
            key = years * len(self.organizations) + parts.place
            self._last = (parts, first_year, key)
        return self._last[1:]

    def _sum(
        self, summed: _Summed, family: str, names: list[str], first_year: int
    ) -> None:
        start = len(self.groups)
        self.groups.extend((family, name) for name in names)
        if not len(summed.key):
            return
        size = int(summed.key.max()) + 1
        denominator = _sum_by(summed.key, summed.denominator, size)
        # In most indicators few students are counted: only they are added up.
        some = np.flatnonzero(summed.numerator)
        numerator = _sum_by(summed.key[some], summed.numerator[some], size)
        filled = np.flatnonzero(denominator > 0)
        place = filled // len(names)
        self.columns.append(
            (
                place // len(self.organizations) + first_year,
                place % len(self.organizations),
                filled % len(names) + start,
                numerator[filled],
                denominator[filled],
            )
        )

    def cells(self) -> Cells:
        """Everything summed so far."""
        whole = [np.int64, np.int64, np.int64, np.float64, np.float64]
        year, place, group, numerator, denominator = (
            np.concatenate([np.empty(0, kind), *(row[i] for row in self.columns)])
            for i, kind in enumerate(whole)
        )
        return Cells(
            year.astype(np.int64),
            place.astype(np.int64),
            group.astype(np.int64),
            numerator,
            denominator,
            self.organizations,
            tuple(self.groups),
        )
