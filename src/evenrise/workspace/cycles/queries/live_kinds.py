"""What a live measure counts: the weekly indicators, and which can be chosen."""

from __future__ import annotations

from evenrise.indicators.weekly import WEEKLY, Weekly, WeeklyIndicator
from evenrise.workspace.cycles.models import CycleMeasure, MeasureKind
from evenrise.workspace.data.standing import snapshot_store, standing


def weekly_of(measure: CycleMeasure) -> WeeklyIndicator | None:
    """The weekly indicator of a live measure; None of one counted by hand."""
    if measure.kind != MeasureKind.LIVE:
        return None
    return WEEKLY[Weekly(measure.indicator)]


def is_share(kind: str, indicator: str) -> bool:
    """Whether a measure is so many of so many, and told in per cent."""
    if kind == MeasureKind.LIVE:
        return WEEKLY[Weekly(indicator)].is_share
    return kind == MeasureKind.SHARE


def live_offered() -> list[WeeklyIndicator]:
    """The weekly indicators that the records carry; all while there are no records."""
    now = standing()
    if now is None:
        return list(WEEKLY.values())
    snapshot = snapshot_store().get(now.snapshot)
    return [one for one in WEEKLY.values() if one.is_kept(snapshot)]
