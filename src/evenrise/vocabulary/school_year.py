"""A school year is named by its spring: 2026 is 2025-26."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass


FIRST_MONTH = 7  # a school year runs from 1 July to 30 June
EARLIEST, LATEST = 1950, 2099


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """One school year, by the calendar year of its spring.

    Raises:
        ValueError: when the spring lies outside 1950 to 2099.
    """

    spring: int

    def __post_init__(self) -> None:
        if not EARLIEST <= self.spring <= LATEST:
            raise ValueError(f"{self.spring} is not a school year we can believe.")

    @property
    def label(self) -> str:
        """As people write it: `2025-26`."""
        return f"{self.spring - 1}-{self.spring % 100:02d}"

    @property
    def first_day(self) -> dt.date:
        """1 July before the spring."""
        return dt.date(self.spring - 1, FIRST_MONTH, 1)

    @property
    def last_day(self) -> dt.date:
        """30 June of the spring."""
        return dt.date(self.spring, FIRST_MONTH - 1, 30)

    @classmethod
    def of(cls, day: dt.date) -> SchoolYear:
        """The school year that a day belongs to."""
        return cls(day.year + (1 if day.month >= FIRST_MONTH else 0))

    @classmethod
    def parse(cls, text: str) -> SchoolYear:
        """Read any of the ways agencies write a school year.

        `2018-19`, `2018-2019`, `2018_2019`, `2018/19`, `20182019`, `1819`, `9900`
        and a bare spring `2019` all give one year.

        Raises:
            ValueError: when the two halves do not follow one another, or the text
                is none of these.
        """
        found = _parts(text.strip())
        if found is None:
            raise ValueError(
                f"{text!r} is not a school year: write 2018-19, or its spring, 2019."
            )
        fall, spring = found
        if fall is not None and spring != fall + 1:
            raise ValueError(
                f"{text!r} is not a school year: its halves do not follow."
            )
        return cls(spring)


_SEPARATOR = r"\s*[-_/–]?\s*"
_PAIR = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")


def _parts(text: str) -> tuple[int | None, int] | None:
    """Split into (fall, spring); the fall is None when only the spring is given.

    Four digits are a pair when the second half follows the first (`1819`, `9900`,
    `2021`, which means the same either way) and a spring otherwise.
    """
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    first, second = found[1], found[2]
    follows = (int(first) + 1) % 100 == int(second)
    if text.isdigit() and len(text) == 4 and not follows:
        return None, int(text)
    if len(first) == 2:
        # 50 to 99 lie in the last century.
        first = ("19" if int(first) >= EARLIEST % 100 else "20") + first
    fall = int(first)
    return fall, int(second) if len(second) == 4 else _century(fall, int(second))


def _century(fall: int, spring: int) -> int:
    """The full spring that two digits mean after a four-digit fall."""
    return (fall + 1) // 100 * 100 + spring
