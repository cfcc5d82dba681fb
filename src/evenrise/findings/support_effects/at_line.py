"""The effect of a support at the line of the rule that assigns it, where it shows.

Regression discontinuity (METHODS card 9): the rule must really have decided near its
line, nobody moved over it, a hundred students near it on each side, and nothing known
from before jumps there. Otherwise `NotAtLine` says why not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evenrise.findings.support_effects.reading import AtLine, Bin, NotAtLine
from evenrise.findings.support_effects.study import Flags, Floats, Rule, SupportStudy
from evenrise.findings.support_effects.weighted import Compared, confidence
from evenrise.statistics.claims import Rung
from evenrise.statistics.cutoff_effect import CutoffEffect, cutoff_effect
from evenrise.vocabulary.estimates import Estimate


DECIDED = 0.95  # share of students near the line whom the rule must have placed
CROWDED = 0.05  # p-value below which scores were moved over the line
STEPS = 5  # of the picture, on each side
SHOWN = 11  # students of a step; fewer are not told


@dataclass(frozen=True, slots=True)
class _Sides:
    """Followed students, turned so that those past the line lie on one side."""

    score: Floats
    right: Flags
    given: Flags
    outcome: Floats
    turn: float  # what to multiply a jump by: past less short of the line


def at_cutoff(study: SupportStudy, rule: Rule) -> Compared | NotAtLine:
    """The effect at the rule's line: students just past it less those just short."""
    sides = _sides(study, rule)
    found = cutoff_effect(sides.score, sides.outcome, 0.0, conf=confidence(study))
    if found.refused or found.bandwidths is None:
        return NotAtLine.FEW_NEAR
    near = np.abs(sides.score) < found.bandwidths.main
    past = sides.right if sides.turn > 0 else ~sides.right
    for side, placed in ((past, sides.given), (~past, ~sides.given)):
        if placed[near & side].mean() < DECIDED:
            return NotAtLine.UNDECIDED
    if (problem := _moved(found)) is not None:
        return problem
    if _something_jumps(study, sides):
        return NotAtLine.JUMPS
    return Compared(
        Rung.CUTOFF,
        _turned(found.effect, sides.turn),
        found.se_robust,
        (int((near & past).sum()), int((near & ~past).sum())),
        line=_told(sides, found, past, rule),
    )


def _sides(study: SupportStudy, rule: Rule) -> _Sides:
    kept = study.followed
    turned = -1.0 if rule.given == "at_or_below" else 1.0
    score = turned * (rule.score[kept] - rule.cut)
    return _Sides(
        score,
        score >= 0,
        study.treated[kept],
        study.outcome[kept],
        -1.0 if rule.given == "below" else 1.0,
    )


def _turned(effect: Estimate, turn: float) -> Estimate:
    if turn > 0 or effect.value is None:
        return effect
    low, high = effect.lower, effect.upper
    return Estimate(
        -effect.value,
        None if high is None else -high,
        None if low is None else -low,
        effect.n,
    )


def _moved(found: CutoffEffect) -> NotAtLine | None:
    if found.crowding_p is None:
        return NotAtLine.UNKNOWN_MOVES
    return NotAtLine.MOVED if found.crowding_p < CROWDED else None


def _something_jumps(study: SupportStudy, sides: _Sides) -> bool:
    """Whether something known from before differs at the line; one in twenty by chance.

    The confidence is shared among all that is looked at.
    """
    columns = study.covariates[study.followed]
    conf = 1 - 0.05 / max(1, columns.shape[1])
    return any(
        cutoff_effect(sides.score, column, 0.0, conf=conf).effect.excludes_zero
        for column in columns.T
    )


def _told(sides: _Sides, found: CutoffEffect, past: Flags, rule: Rule) -> AtLine:
    width = 0.0 if found.bandwidths is None else found.bandwidths.main
    near = np.abs(sides.score) < width
    return AtLine(
        words=None if rule.line is None else rule.line.words,
        unit="" if rule.line is None else rule.line.of.unit,
        at=rule.cut if rule.line is None else rule.line.at,
        days=rule.days,
        bandwidth=width,
        near=(int((near & past).sum()), int((near & ~past).sum())),
        crowding_p=found.crowding_p or 0.0,
        heaped=found.heaped,
        bins=_bins(sides, past, width),
    )


def _bins(sides: _Sides, past: Flags, width: float) -> tuple[Bin, ...]:
    """Mean outcomes by steps of the score, for the picture; small steps left out."""
    edges = np.linspace(-width, width, 2 * STEPS + 1)
    edges[STEPS] = 0.0  # the line itself, not nearly it
    found = []
    for low, high in pairwise(edges.tolist()):
        inside = (sides.score >= low) & (sides.score < high)
        n = int(inside.sum())
        if n < SHOWN:
            continue
        values = sides.outcome[inside]
        half = 1.96 * float(values.std(ddof=1)) / math.sqrt(n)
        mean = float(values.mean())
        found.append(
            Bin(
                float(low),
                float(high),
                Estimate(mean, mean - half, mean + half, n),
                past=bool(past[inside].all()),
            )
        )
    return tuple(found)
