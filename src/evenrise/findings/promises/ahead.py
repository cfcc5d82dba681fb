"""Where a promise leads if all goes on as it went: forecasts to the target's year."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.caveats import DISTURBED, DISTURBED_YEARS
from evenrise.findings.promises.model import (
    Ahead,
    Counts,
    GroupCounts,
    Promise,
    PromisedGap,
    YearFacts,
)
from evenrise.findings.promises.rules import meets
from evenrise.statistics.forecast import GAP, Point, forecast
from evenrise.vocabulary.estimates import Estimate


__all__ = ["DISTURBED", "DISTURBED_YEARS", "forecasts"]


def forecasts(promise: Promise, ordered: Sequence[YearFacts]) -> tuple[Ahead, ...]:
    """All students, then each gap; years of another rule and disturbed ones left out.

    Args:
        promise: what was promised.
        ordered: the facts, first year first.
    """
    year = promise.target_year
    if not ordered or year is None or year <= ordered[-1].year:
        return ()
    used = [
        one
        for one in ordered
        if one.version == ordered[-1].version and one.year not in DISTURBED_YEARS
    ]
    everyone = forecast(_shares(used), year)
    found = [_ahead(None, year, everyone, promise.target, promise.good)]
    for gap in promise.gaps:
        one = forecast(_gaps(used, gap, promise.good), year, GAP)
        found.append(_ahead(gap, year, one, gap.target, "down"))
    return tuple(found)


def _ahead(
    gap: PromisedGap | None, year: int, one: Estimate, target: float | None, good: str
) -> Ahead:
    value = Estimate(one.value, one.value, one.value) if one.known else one
    return Ahead(gap, year, one, meets(one, target, good), meets(value, target, good))


def _shares(used: Sequence[YearFacts]) -> list[Point]:
    known = [(one.year, one.everyone) for one in used if one.everyone is not None]
    spread = _spread([counts for _, counts in known])
    return [
        Point(year, counts.x / counts.n, spread / counts.n, int(counts.n))
        for year, counts in known
    ]


def _gaps(used: Sequence[YearFacts], gap: PromisedGap, good: str) -> list[Point]:
    name = gap.family, gap.group
    known = [(one.year, one.groups[name]) for one in used if name in one.groups]
    group = _spread([pair.group for _, pair in known])
    others = _spread([pair.others for _, pair in known])
    return [
        Point(
            year,
            _behind(pair, good),
            group / pair.group.n + others / pair.others.n,
            int(pair.group.n),
        )
        for year, pair in known
    ]


def _spread(counts: Sequence[Counts]) -> float:
    """p(1 - p) of all years together, so that no single year claims to be certain."""
    total = sum(one.n for one in counts)
    share = sum(one.x for one in counts) / total if total else 0.0
    return share * (1 - share)


def _behind(pair: GroupCounts, good: str) -> float:
    ahead_of = pair.others.x / pair.others.n - pair.group.x / pair.group.n
    return ahead_of if good == "up" else -ahead_of
