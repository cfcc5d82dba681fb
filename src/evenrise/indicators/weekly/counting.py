"""Counts a weekly indicator from a snapshot.

    week_sums(Weekly.ABSENCE, snapshot, ask, as_of=as_of, settings=settings)
    told_weeks(...)

The second tells the same with small numbers hidden: whatever else anybody asks of the
same school, in other grades or of other groups, no difference is a small number. The
rules stand in `rules.md` beside this file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.weekly import (
    WeekCell,
    Weekly,
    WeeklyAsk,
    WeeklyEngine,
)
from evenrise.indicators.naming import SettingsLike, SnapshotLike, read_names
from evenrise.indicators.weekly.definitions import WEEKLY
from evenrise.indicators.weekly.rolling import (
    ToldWeek,
    WeekSum,
    hide_small,
    roll_weeks,
)


_FRIDAY = dt.timedelta(days=4)


def week_sums(
    what: Weekly,
    snapshot: SnapshotLike,
    ask: WeeklyAsk,
    *,
    as_of: dt.date,
    settings: SettingsLike,
) -> tuple[WeekSum, ...]:
    """Sums by week and group; none where the records do not carry it.

    Weeks that are not over on `as_of` are left out: half a week is no week. So are
    weeks that have not settled yet.

    Args:
        what: the indicator.
        snapshot: the records.
        ask: which school, grades, groups and weeks.
        as_of: the day for which the snapshot stands.
        settings: the district's.
    """
    families, cells = _cells(what, snapshot, ask, as_of, settings)
    return roll_weeks(cells, families, ask, per=WEEKLY[what].per)


def told_weeks(
    what: Weekly,
    snapshot: SnapshotLike,
    ask: WeeklyAsk,
    *,
    as_of: dt.date,
    settings: SettingsLike,
    smallest_shown: int,
) -> tuple[ToldWeek, ...]:
    """The same, where every other question may be asked as well.

    Args:
        what: the indicator.
        snapshot: the records.
        ask: which school, grades, groups and weeks.
        as_of: the day for which the snapshot stands.
        settings: the district's.
        smallest_shown: the smallest number of students that is told.
    """
    families, cells = _cells(what, snapshot, ask, as_of, settings)
    sums = roll_weeks(cells, families, ask, per=WEEKLY[what].per)
    return hide_small(sums, cells, families, ask, smallest_shown)


def _cells(
    what: Weekly,
    snapshot: SnapshotLike,
    ask: WeeklyAsk,
    as_of: dt.date,
    settings: SettingsLike,
) -> tuple[Sequence[str], list[WeekCell]]:
    """The families that are collected, and the weeks that may be told as of a day."""
    one = WEEKLY[what]
    if not one.is_kept(snapshot) or ask.last < ask.first:
        return (), []
    district = read_names(snapshot, settings).district
    with WeeklyEngine(Question(snapshot, as_of, district)) as engine:
        families = engine.families(ask)
        cells = engine.week_cells(what, ask)
    over = as_of - _FRIDAY - one.settles
    return families, [cell for cell in cells if cell.week_on <= over]
