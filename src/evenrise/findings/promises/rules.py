"""The rules of a reading, of the way to a target and of the red light.

Written out in docs/explanation/promises.md, with worked tables in tests/spec/findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evenrise.findings.finding import Certainty
from evenrise.findings.promises.model import (
    Ahead,
    GroupYear,
    Label,
    PromisedGap,
    Way,
    YearReading,
)
from evenrise.findings.sentences.numbers import DECIMAL_FROM
from evenrise.statistics.gap_change import Evidence
from evenrise.vocabulary.estimates import Estimate


# From the least good to the best: a measure is told by the first of its groups' own.
LEAST_GOOD_FIRST = (
    Label.FALLING,
    Label.CLOSING_BY_FALL,
    Label.RISING_NOT_CLOSING,
    Label.UNCHANGED,
    Label.RISING_AND_CLOSING,
    Label.RISING_ALONE,
)
UNREADABLE = (Label.TOO_FEW, Label.NO_DATA)
_SURE_FIRST = (Certainty.DIFFERENT, Certainty.UNCLEAR, Certainty.TOO_FEW)
# Differences of shares are not exact in binary: 0.75 - 0.7 is more than 0.95 - 0.9.
_EXACT = 1e-9


def label_of(lower: float, higher: float, n: float = DECIMAL_FROM) -> Label:
    """The reading of two changes, each positive when better.

    The one served worse at the start must rise and the other must not fall; a gap that
    narrows as the higher group falls is never called closing, and where the lower one
    fell nothing else is told first.

    Args:
        lower: of the one who was served worse in the baseline year.
        higher: of the other.
        n: the fewest students of the four figures. A fall of the lower one that is
            rounded away where it is shown ("32% to 32%") is read as standing still.
    """
    if lower <= -0.5 * 10 ** -(3 if n >= DECIMAL_FROM else 2):
        return Label.FALLING
    lower = max(lower, 0.0)
    if higher < -_EXACT:
        return Label.CLOSING_BY_FALL
    if max(lower, higher) <= _EXACT:
        return Label.UNCHANGED
    closing = lower - higher > _EXACT
    return Label.RISING_AND_CLOSING if closing else Label.RISING_NOT_CLOSING


def certainty_of(label: Label, evidence: Evidence) -> Certainty:
    """Whether what the label rests on is more than chance."""
    clear = {
        Label.FALLING: evidence.lower == "down",
        Label.CLOSING_BY_FALL: evidence.higher == "down",
        Label.RISING_AND_CLOSING: evidence.gap == "narrowed" and evidence.lower == "up",
        Label.RISING_NOT_CLOSING: evidence.gap == "widened" and evidence.higher == "up",
    }
    return Certainty.DIFFERENT if clear.get(label, False) else Certainty.UNCLEAR


def least_good(groups: Iterable[GroupYear]) -> GroupYear | None:
    """The group that tells the measure: the least good of those that can be read."""
    readable = [one for one in groups if one.label not in UNREADABLE]
    if not readable:
        return None
    return min(
        readable,
        key=lambda one: (
            LEAST_GOOD_FIRST.index(one.label),
            _SURE_FIRST.index(one.certainty),
        ),
    )


def line_at(
    year: int,
    begins: tuple[int | None, float | None],
    ends: tuple[int | None, float | None],
) -> float | None:
    """Where the straight line from baseline to target stands; after it, the target.

    Args:
        year: of the figure.
        begins: the baseline's year and value.
        ends: the target's year and value.
    """
    (first, baseline), (last, target) = begins, ends
    if first is None or baseline is None or last is None or target is None:
        return None
    if last <= first or year >= last:
        return target
    return baseline + (target - baseline) * (year - first) / (last - first)


def way_of(
    one: Estimate, due: float | None, target: float | None, *, over: bool, good: str
) -> Way:
    """Where a figure stands on the way to its target.

    Args:
        one: the figure with its interval.
        due: where the line stands in its year.
        target: where it is to come.
        over: whether the target's year has come.
        good: whether up or down is better.
    """
    if one.value is None or due is None or target is None:
        return Way.UNKNOWN
    sign = 1 if good == "up" else -1
    if sign * (one.value - target) >= -_EXACT:
        return Way.REACHED
    if over:
        return Way.MISSED
    if sign * (one.value - due) >= -_EXACT:
        return Way.ON
    near = one.upper if good == "up" else one.lower
    if near is None or sign * (near - due) >= -_EXACT:
        return Way.UNCLEAR
    return Way.BEHIND


def meets(one: Estimate, target: float | None, good: str) -> bool | None:
    """Whether a forecast's interval reaches the target; None where it has none."""
    near = one.upper if good == "up" else one.lower
    if target is None or near is None:
        return None
    return near >= target - _EXACT if good == "up" else near <= target + _EXACT


def red_light(
    year: YearReading, ahead: Sequence[Ahead]
) -> Iterator[tuple[str, PromisedGap | None]]:
    """Why a measure asks for a written response: codes, each for all or for a gap."""
    if year.certainty is Certainty.DIFFERENT:
        if year.label is Label.FALLING:
            yield "falling", None
        if year.label is Label.CLOSING_BY_FALL:
            yield "closing_by_fall", None
    ways = [(year.way, None), *((one.way, one.gap) for one in year.groups)]
    for way, gap in ways:
        if way is Way.BEHIND:
            yield "behind", gap
        if way is Way.MISSED:
            yield "missed", gap
    for one in ahead:
        if one.meets is False:
            yield "forecast", one.gap
