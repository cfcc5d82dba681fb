"""Did more of the same people reach a mark the second time? Matched shares.

The same people are looked at twice, so the two shares lean on each other and their
difference is more certain than that of two strangers' shares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from evenrise.statistics.rates import CONFIDENCE, quantile
from evenrise.vocabulary.estimates import Estimate, Reason


@dataclass(frozen=True, slots=True)
class Pairs:
    """People seen twice: there both times, gained, lost, neither time."""

    both: int
    gained: int
    lost: int
    neither: int

    @property
    def n(self) -> int:
        """How many people were looked at twice."""
        return self.both + self.gained + self.lost + self.neither


def paired_change(pairs: Pairs, *, conf: float = CONFIDENCE) -> Estimate:
    """The later share minus the first one, with its interval.

    Half a person is added to each of the four cells before Wald's formula for matched
    shares; the value itself is left as it is. Source: Agresti and Min 2005, Statistics
    in Medicine 24:729.

    Args:
        pairs: the four counts.
        conf: the confidence of the interval.

    Raises:
        ValueError: when a count is below 0.
    """
    cells = pairs.both, pairs.gained, pairs.lost, pairs.neither
    if min(cells) < 0:
        raise ValueError(f"Counts of pairs are 0 or more; got {cells}.")
    n = pairs.n
    if n == 0:
        return Estimate.unknown(Reason.NO_STUDENTS, 0)
    size = n + 2
    gained, lost = (pairs.gained + 0.5) / size, (pairs.lost + 0.5) / size
    middle = gained - lost
    half = quantile(conf) * math.sqrt((gained + lost - middle**2) / size)
    value = (pairs.gained - pairs.lost) / n
    lower, upper = max(-1.0, middle - half), min(1.0, middle + half)
    return Estimate(value, min(lower, value), max(upper, value), n)
