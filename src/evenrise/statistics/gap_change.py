"""Did the gap close because the lower group rose (METHODS card 2a)?

NumPy only. A gap that closes because the higher group fell is levelling down, and
this module never lets it pass as success.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from evenrise.statistics.rates import CONFIDENCE, difference
from evenrise.vocabulary.estimates import Estimate, Reason


Good = Literal["up", "down"]
Counts = tuple[float, float]  # (x, n)


class GapLabel(StrEnum):
    """What happened to the gap, by the point values."""

    EXCELLENCE_AND_EQUITY = "excellence_and_equity"  # narrowed, neither group fell
    NARROWED_PARTLY_BY_FALL = "narrowed_partly_by_fall"
    LEVELLING_DOWN = "levelling_down"  # narrowed, the lower group did not rise
    UNCHANGED = "unchanged"
    RISING_BUT_WIDENING = "rising_but_widening"
    LEAVING_BEHIND = "leaving_behind"
    FALLING_AND_WIDENING = "falling_and_widening"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the intervals allow us to say, beside the label of the point values."""

    gap: Literal["narrowed", "widened", "unclear"]
    lower: Literal["up", "down", "unclear"]
    higher: Literal["up", "down", "unclear"]


@dataclass(frozen=True, slots=True)
class GapChange:
    """How a gap between two groups changed, in the good direction.

    All changes are signed so that positive is better, also for an indicator where
    down is good. `reason` says why there is no answer; then `label` and `evidence`
    are None. `reversed` says that the groups changed places: the narrowing then
    overshoots, and the former lower group now does better.
    """

    label: GapLabel | None
    narrowing: Estimate
    higher_change: Estimate
    lower_change: Estimate
    evidence: Evidence | None
    gap_before: Estimate
    gap_after: Estimate
    narrowing_se: float | None = None  # Wald, for combining; not for an interval
    share_from_rise: float | None = None  # of the narrowing; None unless it narrowed
    levelling_down_warning: bool = False
    reversed: bool = False
    reason: Reason | None = None


def gap_change(
    higher_before: Counts,
    higher_after: Counts,
    lower_before: Counts,
    lower_after: Counts,
    good: Good = "up",
    *,
    conf: float = CONFIDENCE,
) -> GapChange:
    """Split the change of a gap into the lower group's rise and the higher's fall.

    "Higher" is the group served better at the start, fixed then (for an indicator
    where down is good, the group with the smaller rate). Intervals of the two changes
    are Newcombe's, of the narrowing MOVER's: Zou and Donner 2008, Statistics in
    Medicine 27:1693. Signs are decided on exact fractions, not on rounded shares.
    For different students at the two times; the same students followed need paired
    data.

    Args:
        higher_before: (x, n) of the higher group, first time.
        higher_after: (x, n) of the higher group, second time.
        lower_before: (x, n) of the lower group, first time.
        lower_after: (x, n) of the lower group, second time.
        good: whether more of x is good ("up") or bad ("down").
        conf: the confidence of the intervals.

    Raises:
        ValueError: when a count lies outside 0 to its n.
    """
    h1, h2, l1, l2 = (
        pair if good == "up" else (pair[1] - pair[0], pair[1])
        for pair in (higher_before, higher_after, lower_before, lower_after)
    )
    higher = difference(*h2, *h1, conf=conf)
    lower = difference(*l2, *l1, conf=conf)
    before = difference(*h1, *l1, conf=conf)
    after = difference(*h2, *l2, conf=conf)
    reason = higher.reason or lower.reason
    if reason is not None:
        nothing = Estimate.unknown(reason)
        return GapChange(
            None, nothing, higher, lower, None, before, after, reason=reason
        )
    narrowing = _mover(higher, lower)
    exact_h = _exact(h2) - _exact(h1)
    exact_l = _exact(l2) - _exact(l1)
    narrowed = exact_l > exact_h
    return GapChange(
        _label(exact_h, exact_l),
        narrowing,
        higher,
        lower,
        _evidence(narrowing, higher, lower),
        before,
        after,
        narrowing_se=math.sqrt(sum(_wald(pair) for pair in (h1, h2, l1, l2))),
        share_from_rise=float(exact_l / (exact_l - exact_h)) if narrowed else None,
        levelling_down_warning=narrowed and exact_h < 0,
        reversed=_exact(h1) > _exact(l1) and _exact(h2) < _exact(l2),
    )


def _label(higher: Fraction, lower: Fraction) -> GapLabel:
    """The label of the exact changes (METHODS card 2a's table)."""
    if lower == higher:
        return GapLabel.UNCHANGED
    if lower > higher:
        if higher >= 0:
            return GapLabel.EXCELLENCE_AND_EQUITY
        return (
            GapLabel.NARROWED_PARTLY_BY_FALL if lower > 0 else GapLabel.LEVELLING_DOWN
        )
    if lower > 0:
        return GapLabel.RISING_BUT_WIDENING
    return GapLabel.LEAVING_BEHIND if higher >= 0 else GapLabel.FALLING_AND_WIDENING


def _mover(higher: Estimate, lower: Estimate) -> Estimate:
    """The change of the lower group minus that of the higher, with MOVER limits."""
    dh, h_low, h_up = _parts(higher)
    dl, l_low, l_up = _parts(lower)
    narrowing = dl - dh
    return Estimate(
        narrowing,
        narrowing - math.hypot(dl - l_low, h_up - dh),
        narrowing + math.hypot(l_up - dl, dh - h_low),
        (higher.n or 0) + (lower.n or 0),
    )


def _parts(estimate: Estimate) -> tuple[float, float, float]:
    parts = (estimate.value, estimate.lower, estimate.upper)
    if any(part is None for part in parts):
        raise ValueError("A change without value or limits cannot be combined.")
    return tuple(part for part in parts if part is not None)  # type: ignore[return-value]


def _evidence(narrowing: Estimate, higher: Estimate, lower: Estimate) -> Evidence:
    return Evidence(
        gap=(
            "unclear"
            if not narrowing.excludes_zero
            else "narrowed"
            if (narrowing.value or 0) > 0
            else "widened"
        ),
        lower=_direction(lower),
        higher=_direction(higher),
    )


def _direction(change: Estimate) -> Literal["up", "down", "unclear"]:
    if not change.excludes_zero:
        return "unclear"
    return "up" if (change.value or 0) > 0 else "down"


def _exact(pair: Counts) -> Fraction:
    return Fraction(pair[0]) / Fraction(pair[1])


def _wald(pair: Counts) -> float:
    rate = pair[0] / pair[1]
    return rate * (1 - rate) / pair[1]
