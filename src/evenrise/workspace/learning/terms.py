"""Terms in which adults' practice is counted: three a school year, once they ended.

August to November, December to March, April to July. A count of a term stands from the
day after its end and never changes: what is written or taken back later is not in it,
so that nobody reads a colleague's placement off two looks at the same page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


_FIRST_MONTHS = (8, 12, 4)
_MONTHS = 4


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term by the year and month in which it begins."""

    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> Term:
        """The term of a day."""
        months = day.year * 12 + day.month - 1
        first = months - (months - (_FIRST_MONTHS[0] - 1)) % _MONTHS
        return cls(first // 12, first % 12 + 1)

    @property
    def begins(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def after(self) -> dt.date:
        """The first day after it, from which its count stands."""
        months = self.year * 12 + self.month - 1 + _MONTHS
        return dt.date(months // 12, months % 12 + 1, 1)

    @property
    def last_month(self) -> tuple[int, int]:
        """Year and month in which it ends."""
        last = self.after - dt.timedelta(days=1)
        return last.year, last.month
