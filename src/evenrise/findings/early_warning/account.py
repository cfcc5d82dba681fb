"""One way of flagging, held to account on students whose year is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evenrise.findings.early_warning.at_the_same_number import flagged_parts
from evenrise.findings.early_warning.card import (
    CalibrationRow,
    GroupErrors,
    Lead,
    Way,
    WayCard,
)
from evenrise.indicators.flags.cohorts import Cohorts, Floats
from evenrise.statistics.delong import area
from evenrise.statistics.early_warning import Validation, validate
from evenrise.statistics.rates import quantile, wilson
from evenrise.vocabulary.estimates import Estimate, Reason


TOO_FEW = 11  # students; a share of fewer is not said
_NEVER = 1.0  # a threshold: what is flagged is decided by number, not by chance


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A way's scores of the tested students: higher is flagged first.

    `chance` is what earlier years say of a student with such a score; None where there
    is no earlier year.
    """

    way: Way
    score: Floats
    chance: Floats | None


def account_of(scored: Scored, test: Cohorts, k: int) -> WayCard:
    """What a way does when it flags k of the tested students.

    Args:
        scored: the way's scores, one a row of `test`.
        test: students of one checkpoint with known outcomes.
        k: how many are flagged.
    """
    y, parts = test.outcome, flagged_parts(scored.score, k)
    found = None
    if scored.chance is not None:
        found = validate(scored.chance, y, k=k, threshold=_NEVER, rule=scored.score)
    told = found if isinstance(found, Validation) else None
    calibration = None if told is None else told.calibration
    with_it, all_of = float(parts @ y), float(parts.sum())
    events = float(y.sum())
    return WayCard(
        way=scored.way,
        precision=share(with_it, all_of),
        recall=share(with_it, events),
        missed=share(events - with_it, events),
        false_alarms=share(all_of - with_it, len(y) - events),
        area=area(scored.score, y).value,
        brier=_brier(scored.chance, y),
        in_the_large=None if calibration is None else calibration.in_the_large,
        slope=None if calibration is None else calibration.slope,
        calibration=()
        if calibration is None
        else tuple(
            CalibrationRow(expected, share(observed * n, n))
            for n, expected, observed in calibration.table
        ),
        lead=_lead(test.met_after, parts * y),
        groups=_groups(scored, test, parts),
    )


def share(x: float, n: float) -> Estimate:
    """A rate with Wilson's interval; of fewer than eleven students, none.

    Counts may hold parts of a student who is tied with others at the edge.
    """
    size = round(n, 6)
    if size < TOO_FEW:
        reason = Reason.NO_STUDENTS if size == 0 else Reason.TOO_FEW
        return Estimate.unknown(reason, round(size))
    one = wilson(min(max(x, 0.0), size), size)
    return Estimate(one.value, one.lower, one.upper, round(size))


def _brier(chance: Floats | None, y: Floats) -> Estimate:
    """The mean squared difference of chance and outcome, with a normal interval."""
    if chance is None:
        return Estimate.unknown(Reason.NOT_APPLICABLE, len(y))
    if len(y) < TOO_FEW:
        return Estimate.unknown(Reason.TOO_FEW, len(y))
    squares = (chance - y) ** 2
    half = quantile() * float(squares.std(ddof=1)) / len(y) ** 0.5
    value = float(squares.mean())
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0), len(y))


def _lead(days: Floats, weight: Floats) -> Lead:
    """Median and quartiles of days, over flagged students who were not on track."""
    there = (weight > 0) & np.isfinite(days)
    n = round(float(weight[there].sum()), 6)
    if n < TOO_FEW:
        reason = Reason.NO_STUDENTS if n == 0 else Reason.TOO_FEW
        return Lead(None, None, None, round(n), reason)
    order = np.argsort(days[there], kind="stable")
    ordered, reached = days[there][order], np.cumsum(weight[there][order])

    def at(part: float) -> float:
        place = np.searchsorted(reached, part * n - 1e-9)
        return float(ordered[min(int(place), len(ordered) - 1)])

    return Lead(at(0.5), at(0.25), at(0.75), round(n))


def _groups(scored: Scored, test: Cohorts, parts: Floats) -> tuple[GroupErrors, ...]:
    """Every group with students, in the vocabulary's order."""
    return tuple(
        one
        for family in test.group_names
        for one in _family(scored, test, parts, family)
    )


def _family(
    scored: Scored, test: Cohorts, parts: Floats, family: str
) -> Iterator[GroupErrors]:
    """The groups of one family that have students."""
    names, code = test.group_names[family], test.groups[family]

    def by_group(weight: Floats) -> Floats:
        known = code >= 0
        found = np.bincount(code[known], weights=weight[known], minlength=len(names))
        return found.astype(np.float64)

    y = test.outcome
    n, events = by_group(np.ones(len(y))), by_group(y)
    flagged, with_it = by_group(parts), by_group(parts * y)
    missed = told_apart(events - with_it, events, n)
    false_alarms = told_apart(flagged - with_it, n - events, n)
    precision = told_apart(with_it, flagged, n)
    observed = told_apart(events, n, n)
    for place in np.flatnonzero(n):
        here = code == place
        size = round(float(n[place]))
        sure = min(events[place], n[place] - events[place]) >= TOO_FEW
        chance = scored.chance if observed[place].known else None
        yield GroupErrors(
            family=family,
            group=names[place],
            n=size,
            missed=missed[place],
            false_alarms=false_alarms[place],
            precision=precision[place],
            area=area(scored.score[here], y[here]).value
            if sure
            else Estimate.unknown(Reason.TOO_FEW, size),
            expected=None if chance is None else float(chance[here].mean()),
            observed=observed[place],
        )


def told_apart(x: Floats, n: Floats, students: Floats) -> list[Estimate]:
    """The rates of a family's groups; nothing hidden follows from all and the others.

    A rate of fewer than eleven students is hidden, and every rate of a group of fewer
    than eleven. Where those hidden come to fewer than eleven together, the next
    smallest is hidden with them: all students less the others would tell.

    Args:
        x: counts by group.
        n: out of how many.
        students: how many students the group has; 0 for one that does not occur.
    """
    size = np.round(n, 6)
    hidden = (students > 0) & ((students < TOO_FEW) | (size < TOO_FEW))
    while 0 < size[hidden].sum() < TOO_FEW:
        others = np.flatnonzero((students > 0) & ~hidden)
        if not len(others):
            break
        hidden[others[np.argmin(size[others])]] = True
    return [
        Estimate.unknown(Reason.TOO_FEW, round(float(size[place])))
        if hidden[place]
        else share(float(x[place]), float(n[place]))
        for place in range(len(n))
    ]
