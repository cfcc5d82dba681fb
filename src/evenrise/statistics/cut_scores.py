"""Percent proficient is not the gap: the cut decides (METHODS card 2c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class CutGap:
    """The gap in shares above one cut, before and after the same shift for all."""

    cut: float
    before: float
    after: float

    @property
    def change(self) -> float:
        """After minus before; its sign depends on the cut."""
        return self.after - self.before


def cut_gaps(
    higher: tuple[float, float],
    lower: tuple[float, float],
    cuts: Sequence[float],
    sd: float = 1.0,
) -> tuple[CutGap, ...]:
    """Gaps in the share above each cut, when scores are normal with one spread.

    The same shift narrows the gap at a low cut and widens it at a high one.
    Source: Holland 2002, JEBS 27:3; Ho 2008, Educational Researcher 37:351.

    Args:
        higher: (before, after) means of the higher group.
        lower: (before, after) means of the lower group.
        cuts: cut scores, in the unit of the means.
        sd: the spread of both groups, above 0.

    Raises:
        ValueError: when `sd` is not above 0.
    """
    if sd <= 0:
        raise ValueError(f"A spread is above 0; got {sd}.")
    below = NormalDist().cdf

    def gap(cut: float, time: int) -> float:
        return below((higher[time] - cut) / sd) - below((lower[time] - cut) / sd)

    return tuple(CutGap(cut, gap(cut, 0), gap(cut, 1)) for cut in cuts)
