"""IDEA significant disproportionality, as 34 CFR 300.647 computes it (card 1d).

A legal screen, not a test: show the interval of the ratio beside it. The answer is
"would exceed"; only the State identifies a district.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from evenrise.vocabulary.estimates import Reason


MIN_CELL, MIN_N = 10, 30  # presumed reasonable: 300.647(b)(1)(iv)
Counts = tuple[float, float]  # (events, children)


class RatioKind(StrEnum):
    """Whom a group is compared with."""

    RISK_RATIO = "risk_ratio"  # all other children of the district
    ALTERNATE = "alternate_risk_ratio"  # all other children of the state


@dataclass(frozen=True, slots=True)
class Disproportionality:
    """One group's ratio, whether it would exceed the threshold, or why there is none.

    `why` says in words which minimum was not met, or that the state's children were
    the comparison. `children_to_threshold` is how many more (or, when negative, how
    many fewer) events would bring the ratio just above the threshold (or back to it).
    """

    group: str
    events: float
    children: float
    comparison_events: float
    comparison_children: float
    ratio: float | None = None
    kind: RatioKind | None = None
    exceeds: bool | None = None
    reason: Reason | None = None
    why: str | None = None
    state_events: float | None = None
    state_children: float | None = None
    children_to_threshold: int | None = None


def disproportionality(
    district: Mapping[str, Counts],
    state: Mapping[str, Counts] | None = None,
    *,
    threshold: float,
    min_cell: float = MIN_CELL,
    min_n: float = MIN_N,
) -> tuple[Disproportionality, ...]:
    """The risk ratio of every group against all other groups of the district.

    Not calculated for a group below either minimum. Where the district's comparison
    group is below one, the alternate ratio against the state's other groups is
    computed; where that is below one too, nothing is. "Exceeds" is strictly greater,
    decided on whole numbers.

    Args:
        district: (events, children) of every group in the district.
        state: the same for the state; None when it is not at hand.
        threshold: the ratio the state has set.
        min_cell: the smallest number of events.
        min_n: the smallest number of children.

    Raises:
        ValueError: when events exceed children or a number is negative.
    """
    for events, children in (*district.values(), *(state or {}).values()):
        if not 0 <= events <= children:
            raise ValueError(f"Events lie between 0 and children; got {events}.")

    def enough(counts: Counts) -> bool:
        return counts[0] >= min_cell and counts[1] >= min_n

    rows = []
    for group, own in district.items():
        others = _others(district, group)
        row = Disproportionality(group, *own, *others)
        if own[1] < min_n or own[0] < min_cell:
            which = "n-size" if own[1] < min_n else "cell size"
            rows.append(_refused(row, f"group below minimum {which}"))
        elif enough(others):
            rows.append(_ratio(row, others, threshold, RatioKind.RISK_RATIO))
        elif state is None:
            rows.append(
                _refused(row, "comparison group below minimum; no State counts")
            )
        else:
            beyond = _others(state, group)
            rows.append(
                _ratio(row, beyond, threshold, RatioKind.ALTERNATE)
                if enough(beyond)
                else _refused(row, "both comparison groups below minimum", beyond)
            )
    return tuple(rows)


def _others(table: Mapping[str, Counts], group: str) -> Counts:
    rest = [counts for name, counts in table.items() if name != group]
    return sum(one for one, _ in rest), sum(one for _, one in rest)


def _refused(
    row: Disproportionality, why: str, state: Counts | None = None
) -> Disproportionality:
    return Disproportionality(
        row.group,
        row.events,
        row.children,
        row.comparison_events,
        row.comparison_children,
        reason=Reason.TOO_FEW,
        why=why,
        state_events=state[0] if state else None,
        state_children=state[1] if state else None,
    )


def _ratio(
    row: Disproportionality, others: Counts, threshold: float, kind: RatioKind
) -> Disproportionality:
    if others[0] == 0:
        return _refused(row, "no events in the comparison group")
    alternate = kind is RatioKind.ALTERNATE
    exact = (
        Fraction(row.events)
        * Fraction(others[1])
        / (Fraction(row.children) * Fraction(others[0]))
    )
    # As the state wrote it: 2.5 is five halves, and 1.1 eleven tenths.
    line = Fraction(str(threshold))
    # Events at which the ratio would equal the threshold, the others staying.
    equal = line * Fraction(row.children) * Fraction(others[0]) / Fraction(others[1])
    exceeds = exact > line
    target = math.floor(equal) + (0 if exceeds else 1)
    return Disproportionality(
        row.group,
        row.events,
        row.children,
        row.comparison_events,
        row.comparison_children,
        ratio=(row.events / row.children) / (others[0] / others[1]),
        kind=kind,
        exceeds=exceeds,
        why=(
            "LEA comparison group below minimum; State comparison used"
            if alternate
            else None
        ),
        state_events=others[0] if alternate else None,
        state_children=others[1] if alternate else None,
        children_to_threshold=target - math.floor(row.events),
    )
