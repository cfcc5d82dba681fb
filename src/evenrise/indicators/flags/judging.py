"""Which lines each student's numbers cross: three-valued, so unknown is never clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from evenrise.indicators.flags.lines import Line, RuleSet
from evenrise.indicators.flags.numbers import Number, Numbers


States = NDArray[np.int8]
Flags = NDArray[np.bool_]
NO_DATA, CLEAR, FLAG, SEVERE = -1, 0, 1, 2
_DOMAINS = 3


@dataclass(frozen=True, slots=True)
class Crossed:
    """The students (by place) whose farthest line of a measure is this one."""

    line: Line
    students: NDArray[np.int64]


def crosses(line: Line, number: Number) -> States:
    """1 where the line is crossed, 0 where it is not, -1 where nobody can know.

    Shares are compared in whole numbers, so that a tenth of the days is a tenth.
    """
    if number.of is None:
        value, at = number.value, line.at
    else:
        share = Fraction(str(line.at))
        value = number.value * share.denominator - number.of * share.numerator
        at = 0.0
    over = value < at if line.of.below else value >= at
    return np.where(np.isnan(value), NO_DATA, over.astype(np.int8)).astype(np.int8)


def judge(
    lines: Sequence[Line], numbers: Numbers, speaks: dict[str, Flags]
) -> tuple[States, list[Crossed]]:
    """The state of one domain of every student, and which lines they crossed.

    A strong line crossed is SEVERE, another is FLAG. CLEAR only where every line that
    speaks of the student's grade is known not to be crossed, and one does; otherwise
    NO_DATA.

    Args:
        lines: those of one domain.
        numbers: the students' numbers.
        speaks: by line's key, of whom it speaks; a line not there speaks of all.
    """
    state = np.zeros(len(numbers), dtype=np.int8)
    spoken = np.zeros(len(numbers), dtype=np.bool_)
    unknown = np.zeros(len(numbers), dtype=np.bool_)
    crossed = []
    for measure in dict.fromkeys(line.measure for line in lines):
        told = np.zeros(len(numbers), dtype=np.bool_)
        for line in _farthest_first([one for one in lines if one.measure == measure]):
            of = speaks.get(line.key)
            over = crosses(line, numbers[measure])
            if of is not None:
                unknown |= (over == NO_DATA) & of
                spoken |= of
                now = (over == 1) & of
            else:
                unknown |= over == NO_DATA
                spoken[:] = True
                now = over == 1
            level = SEVERE if line.severe else FLAG
            state = np.where(now, np.maximum(state, level), state).astype(np.int8)
            crossed.append(Crossed(line, np.flatnonzero(now & ~told)))
            told |= now
    unsure = (state == CLEAR) & (unknown | ~spoken)
    return np.where(unsure, NO_DATA, state).astype(np.int8), crossed


def _farthest_first(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of one measure: strong ones first, then those hardest to cross."""
    return iter(
        sorted(lines, key=lambda x: (not x.severe, x.at if x.of.below else -x.at))
    )


def tiers_of(one: RuleSet, states: Sequence[States]) -> tuple[States, States]:
    """Points and tier of a set whose points add up; -1 where they cannot be known.

    The tier is known as soon as no mark or day still missing could change it.
    """
    if one.tiers is None:
        raise ValueError(f"The rule set {one.key!r} has no tiers.")
    if len(states) != _DOMAINS:
        raise ValueError("Points add up over the three domains.")
    every = np.stack(list(states))
    least = np.where(every == NO_DATA, 0, every).sum(axis=0)
    most = np.where(every == NO_DATA, SEVERE, every).sum(axis=0)
    cuts = np.array([one.tiers.second, one.tiers.third])
    low, high = (np.searchsorted(cuts, x, side="right") + 1 for x in (least, most))
    points = np.where(least == most, least, NO_DATA)
    tier = np.where(low == high, low, NO_DATA)
    return points.astype(np.int8), tier.astype(np.int8)
