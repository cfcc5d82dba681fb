"""What an engine offers, and the shape of its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.define import Indicator


class Tables(Protocol):
    """The tables of a snapshot, as an engine sees them."""

    def has(self, table: str) -> bool:
        """Whether the district collects the table at all."""

    def parts(self, table: str) -> Sequence[Path]:
        """The Parquet files that hold it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked about: the tables, the day, and the district's code.

    Nothing after `as_of` is read. Schools whose district is not told belong to
    `district_id`.
    """

    tables: Tables
    as_of: dt.date
    district_id: str = "district"


@dataclass(frozen=True, slots=True)
class Answer:
    """One student's part in an indicator, in a school year, at a school or district."""

    school_year: int
    level: str
    organization_id: str
    student_id: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Cells:
    """Sums over students: one cell a year, organization, family and group.

    Equally long arrays; `place` numbers the rows of `organizations` (level, id) and
    `group` those of `groups` (family, group). Cells without students do not occur.
    """

    school_year: NDArray[np.int64]
    place: NDArray[np.int64]
    group: NDArray[np.int64]
    numerator: NDArray[np.float64]
    denominator: NDArray[np.float64]
    organizations: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]

    def __len__(self) -> int:
        return len(self.school_year)

    def until(self, last: int) -> Cells:
        """The cells of school years up to and including `last`."""
        kept = self.school_year <= last
        return Cells(
            self.school_year[kept],
            self.place[kept],
            self.group[kept],
            self.numerator[kept],
            self.denominator[kept],
            self.organizations,
            self.groups,
        )

    def as_dict(
        self,
    ) -> dict[tuple[int, str, str, str, str], tuple[float, float]]:
        """(year, level, organization, family, group) to (numerator, denominator)."""
        return {
            (int(year), *self.organizations[place], *self.groups[group]): (
                float(numerator),
                float(denominator),
            )
            for year, place, group, numerator, denominator in zip(
                self.school_year,
                self.place,
                self.group,
                self.numerator,
                self.denominator,
                strict=True,
            )
        }


@dataclass(frozen=True, slots=True, eq=False)
class Students:
    """The students whom a district counts: one row a student and school year.

    Equally long arrays, sorted by student and year. `number` stands for a student
    within these arrays only. `school` numbers `organizations` (-1: none) and is where
    the student was a member for most days. `groups` holds a place in each family's
    groups (-1: in none; of `race_any` a set of bits).
    """

    school_year: NDArray[np.int64]
    number: NDArray[np.int64]
    school: NDArray[np.int64]
    numerator: NDArray[np.float64]
    amount: NDArray[np.float64]  # nan where unknown
    groups: dict[str, NDArray[np.int64]]
    organizations: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.school_year)


class Engine(Protocol):
    """Somebody who can work indicators out from a snapshot's tables."""

    def missing(self, indicator: Indicator) -> str | None:
        """The first table, or `table.column`, that the indicator lacks here."""

    def answers(
        self, indicator: Indicator, thresholds: Mapping[str, float]
    ) -> list[Answer]:
        """Each counted student, sorted; for the few who look at single students."""

    def cells(self, indicator: Indicator, thresholds: Mapping[str, float]) -> Cells:
        """The sums for every organization, family, group and pair."""

    def close(self) -> None:
        """Let go of what it holds."""
