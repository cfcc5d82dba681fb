"""What must be hidden because it is small in itself.

Codes are arrays beside the facts: how much of a fact is shown (`Shown`), and why not
more. The rest of the room only ever hides more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenrise.statistics.small_numbers.rule import Flags, Floats, Rule
from evenrise.statistics.small_numbers.table import HiddenBecause


Codes = NDArray[np.int8]

# How much of a fact is hidden: its numerator and rate, its denominator as well, or
# even that there is such a fact.
NOTHING, COUNT, EVERYTHING, WITHDRAWN = 0, 1, 2, 3

# The reasons as small integers, in the order of `HiddenBecause`.
REASONS: tuple[HiddenBecause, ...] = tuple(HiddenBecause)
NO_REASON = -1
SMALL, COMPLEMENT, WOULD_REVEAL, BOUND = range(len(REASONS))


@dataclass(slots=True)
class Hiding:
    """What is hidden of each fact, by row.

    `level` is NOTHING, COUNT, EVERYTHING or WITHDRAWN; `reason` an index into
    `REASONS`; `lower` and `upper` the bound of a coded rate.
    """

    level: Codes
    reason: Codes
    lower: Floats
    upper: Floats

    @classmethod
    def none(cls, rows: int) -> Hiding:
        """Nothing is hidden yet."""
        return cls(
            np.zeros(rows, dtype=np.int8),
            np.full(rows, NO_REASON, dtype=np.int8),
            np.full(rows, np.nan),
            np.full(rows, np.nan),
        )

    def hide(self, rows: Flags, level: int, reason: int) -> None:
        """Hide at least `level` of these rows; the first reason stands."""
        more = rows & (self.level < level)
        self.reason[more & (self.reason == NO_REASON)] = reason
        self.level[more] = level


def hide_small(x: Floats, n: Floats, rule: Rule, hiding: Hiding, mine: Flags) -> None:
    """Hide small counts of students, and code rates near 0 and 100 %.

    Args:
        x: students with the outcome; nan where the fact only counts students.
        n: students.
        rule: what is too few.
        hiding: changed in place.
        mine: the rows that this rule is for.
    """
    most = rule.largest_hidden
    few = mine & (n >= 1) & (n <= most)
    hiding.hide(few, EVERYTHING, SMALL)
    counted = mine & (n > most) & ~np.isnan(x)
    reach, band = rule.coding(n)
    low = counted & (x <= reach)
    high = counted & (n - x <= reach)
    hiding.hide(low | high, COUNT, BOUND)
    hiding.lower[low], hiding.upper[low] = 0.0, band[low]
    hiding.lower[high], hiding.upper[high] = np.round(1 - band[high], 9), 1.0
    hiding.hide(counted & (x <= most), COUNT, SMALL)
    hiding.hide(counted & (n - x <= most), COUNT, COMPLEMENT)
