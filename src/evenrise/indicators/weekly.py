"""Weekly absence: days missed of days enrolled, week by week, as a cycle watches it.

    weekly_absence(snapshot, ask, as_of=as_of, settings=settings)

The rule is chronic absence's (catalog/chronic_absence/rules.md): a day counts once, and
a day of which any part was attended is not missed.

    told_weekly_absence(...)

tells the same with small numbers hidden: whatever else anybody asks of the same school,
in other grades or of other groups, no difference is a small number.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenrise.indicators.engines.base import Question
from evenrise.indicators.engines.weekly import (
    WeeklyAsk,
    WeeklyEngine,
    WeekSum,
    WeekTable,
)
from evenrise.indicators.naming import SettingsLike, SnapshotLike, read_names
from evenrise.statistics.small_numbers.rule import Flags, Ints
from evenrise.statistics.small_numbers.two_way import Told, settle
from evenrise.vocabulary.groups import FAMILIES


__all__ = [
    "WEEKLY_ABSENCE",
    "ToldWeek",
    "WeekSum",
    "WeeklyAsk",
    "told_weekly_absence",
    "weekly_absence",
]

WEEKLY_ABSENCE = "weekly_absence"
NEEDS = ("enrollments", "attendance")


@dataclass(frozen=True, slots=True)
class ToldWeek:
    """One week of all students (`group` blank) or of a group; None: not to be told."""

    group: str
    week_on: dt.date
    sums: WeekSum | None


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
    found, _tables = _asked(snapshot, ask, as_of, settings)
    return found


def told_weekly_absence(
    snapshot: SnapshotLike,
    ask: WeeklyAsk,
    *,
    as_of: dt.date,
    settings: SettingsLike,
    smallest_shown: int,
) -> tuple[ToldWeek, ...]:
    """The same, where every other question may be asked as well.

    The students of a week by grade and group are one table, which is settled once
    (`statistics/small_numbers/two_way.py`). A group's week in some grades is told where
    each of its cells is, or where it is all of the group.

    Args:
        snapshot: the records.
        ask: which school, grades, groups and weeks.
        as_of: the day for which the snapshot stands.
        settings: the district's.
        smallest_shown: the smallest number of students that is told.
    """
    found, tables = _asked(snapshot, ask, as_of, settings, with_tables=True)
    settled: dict[tuple[str, dt.date], list[tuple[Ints, Told]]] = defaultdict(list)
    for one in tables:
        told = settle(one.counts, smallest_shown)
        settled[one.family, one.week_on].append((one.counts, told))
    families = {group: family for family, group in ask.groups}
    return tuple(
        ToldWeek(
            one.group,
            one.week_on,
            one
            if smallest_shown <= one.students
            and _may_be_told(one, families, ask.grades, settled)
            else None,
        )
        for one in found
    )


def _may_be_told(
    one: WeekSum,
    families: Mapping[str, str],
    grades: Iterable[str],
    settled: Mapping[tuple[str, dt.date], list[tuple[Ints, Told]]],
) -> bool:
    family = families.get(one.group, "")
    codes = [group.code for group in FAMILIES["grade"].groups]
    asked = [codes.index(grade) for grade in grades]
    column = 0
    if family:
        column = [group.code for group in FAMILIES[family].groups].index(one.group)
    return all(
        _of_grades(counts[:, column], told.cells[:, column], asked, whole=whole)
        for counts, told in settled[family, one.week_on]
        for whole in [bool(told.columns[column])]
    )


def _of_grades(counts: Ints, cells: Flags, asked: list[int], *, whole: bool) -> bool:
    """Whether the sum of some grades (none: all) is told."""
    if not asked or counts.sum() == counts[asked].sum():
        return whole
    return bool(cells[asked].all())


def _asked(
    snapshot: SnapshotLike,
    ask: WeeklyAsk,
    as_of: dt.date,
    settings: SettingsLike,
    *,
    with_tables: bool = False,
) -> tuple[tuple[WeekSum, ...], list[WeekTable]]:
    """The sums of weeks that are over, and (`with_tables`) the students behind them."""
    if not all(snapshot.has(table) for table in NEEDS) or ask.last < ask.first:
        return (), []
    district = read_names(snapshot, settings).district
    with WeeklyEngine(Question(snapshot, as_of, district)) as engine:
        sums = tuple(
            one
            for one in engine.weeks(ask)
            if one.week_on + dt.timedelta(days=4) <= as_of
        )
        return sums, engine.tables(ask) if with_tables else []
