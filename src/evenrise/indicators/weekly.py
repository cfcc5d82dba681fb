"""Weekly absence: days missed of days enrolled, week by week, as a cycle watches it.

    weekly_absence(snapshot, ask, as_of=as_of, settings=settings)

The rule is chronic absence's (catalog/chronic_absence/rules.md): a day counts once, and
a day of which any part was attended is not missed.
"""

from __future__ import annotations

import datetime as dt

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.weekly import WeeklyAsk, WeeklyEngine, WeekSum
from evenrise.indicators.naming import SettingsLike, SnapshotLike, read_names


__all__ = ["WEEKLY_ABSENCE", "WeekSum", "WeeklyAsk", "weekly_absence"]

WEEKLY_ABSENCE = "weekly_absence"
NEEDS = ("enrollments", "attendance")


def weekly_absence(
    snapshot: SnapshotLike, ask: WeeklyAsk, *, as_of: dt.date, settings: SettingsLike
) -> tuple[WeekSum, ...]:
    """Sums by week and group; none where attendance is not collected.

    Weeks that are not over on `as_of` are left out: half a week is no week.

    Args:
        snapshot: the records.
        ask: which school, grades, groups and weeks.
        as_of: the day for which the snapshot stands.
        settings: the district's.
    """
    if not all(snapshot.has(table) for table in NEEDS) or ask.last < ask.first:
        return ()
    district = read_names(snapshot, settings).district
    with WeeklyEngine(Question(snapshot, as_of, district)) as engine:
        return tuple(
            one
            for one in engine.weeks(ask)
            if one.week_on + dt.timedelta(days=4) <= as_of
        )
