"""The rule of what is too few to show, and the bounds that stand in for 0 and 100 %.

Source: METHODS card 6; California hides ten or fewer; NCES 2011-603 for the bands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Up to this many students, 0 and 100 % are told as "b or less" and "1 - b or more".
_BANDS: tuple[tuple[float, float], ...] = (
    (20, 0.20),
    (40, 0.10),
    (100, 0.05),
    (300, 0.02),
    (float("inf"), 0.01),
)
_ROUNDING = 1e-9  # 0.05 x 60 is 3, whatever the binary says


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be shown about students whom a neighbour could recognise.

    Args:
        smallest_shown: the smallest count that may be shown; smaller ones are hidden,
            except that an empty group may be called empty.
        min_width: how far apart the smallest and the largest value that anybody can
            work out for a hidden count must lie.
        bands: (largest n, share): the bound that replaces 0 and 100 %.

    Raises:
        ValueError: when the smallest count shown is under 2, or the width leaves no
            room inside the hidden counts.
    """

    smallest_shown: int = 11
    min_width: int = 3
    bands: tuple[tuple[float, float], ...] = _BANDS

    def __post_init__(self) -> None:
        if self.smallest_shown < 2:
            raise ValueError("The smallest count shown is at least 2.")
        if not 1 <= self.min_width <= max(1, self.smallest_shown - 2):
            raise ValueError("The width must fit inside the counts that are hidden.")

    @property
    def largest_hidden(self) -> int:
        """The largest count that is hidden: 10 when 11 is the smallest shown."""
        return self.smallest_shown - 1

    def coding(self, n: Floats) -> tuple[Ints, Floats]:
        """How many students `b or less` may stand for, and b, for each n.

        A bound covers the counts 0 to k, never 0 alone, or the bound would tell that
        it is 0. Where the band of the table would leave fewer than `min_width`
        possible counts, under the bound or between it and the smallest count shown,
        the next wider band is taken; where none fits there is no bound (k = -1).

        Returns:
            (k, b): b is nan where there is no bound.
        """
        hidden, width = self.largest_hidden, self.min_width
        limits = np.array([limit for limit, _ in self.bands])
        shares = np.array([share for _, share in self.bands])
        start = np.searchsorted(limits, n, side="left")
        k = np.full(n.shape, -1, dtype=np.int64)
        band = np.full(n.shape, np.nan)
        for step in range(len(self.bands)):
            place = start - step
            share = shares[np.clip(place, 0, len(shares) - 1)]
            reach = np.minimum(np.floor(share * n + _ROUNDING), hidden)
            # What stays without a bound: up to the largest hidden count, or, where
            # every count of n is hidden, up to the bound from above.
            last = np.where(n <= 2 * hidden + 1, n - reach - 1, hidden)
            rest = last - reach - 1
            fits = (reach >= width) & ((reach >= hidden) | (rest >= width))
            fits &= (2 * reach < n) & (place >= 0) & (k < 0)
            k = np.where(fits, reach, k).astype(np.int64)
            band = np.where(fits, share, band)
        return k, band


DEFAULT_RULE = Rule()
