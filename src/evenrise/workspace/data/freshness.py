"""How fresh each table is: when it was last brought in, and how far it reaches.

How far a table reaches is told by the statistics of its parts, without reading rows.
School days are counted by the district's own calendar; where it has none, or it ended,
weekdays stand in.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.utils import timezone

from evenrise.records.contracts import CONTRACTS
from evenrise.records.snapshots import Snapshot
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.standing import snapshot_store, stack


# The day on which a row of a table happened.
HAPPENED: dict[str, str] = {
    "attendance": "date",
    "incidents": "date",
    "marks": "posted_on",
    "scores": "scored_on",
    "assessments": "taken_on",
    "family_contacts": "date",
}
EVERY_DAY = frozenset({"attendance"})  # what a school writes down each day
BEHIND = 2  # school days after which a daily table is worth a word
WEEKS = 8  # that the calendar shows
_FRIDAY = 4
_ORDER = tuple(CONTRACTS)


@dataclass(frozen=True, slots=True)
class Freshness:
    """One table as it stands.

    `reaches` is the last day that a row tells of; `behind` the school days since;
    `weeks` how often it was brought in, in each of the last weeks, the oldest first.
    """

    table: str
    rows: int
    brought_on: dt.date | None
    reaches: dt.date | None
    behind: int | None
    weeks: tuple[int, ...] = ()

    @property
    def attention(self) -> bool:
        """Whether a table of every day has not come for some days."""
        return (
            self.table in EVERY_DAY and self.behind is not None and self.behind > BEHIND
        )


def freshness(today: dt.date) -> list[Freshness]:
    """Every table of what stands, in the order of the contracts."""
    stood = stack()
    if not stood:
        return []
    snapshot = snapshot_store().get(stood[-1].snapshot)
    brought = _brought(stood)
    reaches = _reaches(snapshot.id)
    return [
        Freshness(
            table,
            snapshot.rows(table),
            brought.get(table, timezone.localtime(stood[0].since).date()),
            reaches.get(table),
            None
            if table not in reaches
            else school_days_since(snapshot.id, reaches[table], today),
            _weeks(stood, table, today),
        )
        for table in sorted(snapshot.manifest["tables"], key=_place)
        if table != "organizations"
    ]


def _place(table: str) -> tuple[int, str]:
    """In the order of the contracts; what has none comes last."""
    return (_ORDER.index(table) if table in _ORDER else len(_ORDER), table)


def _brought(stood: list[Standing]) -> dict[str, dt.date]:
    """The day on which each table was last brought in by an import that stands."""
    found: dict[str, dt.date] = {}
    for one in stood:
        if one.brought is not None:
            for table in one.brought.tables:
                found[table] = timezone.localtime(one.brought.made_at).date()
    return found


def _weeks(stood: list[Standing], table: str, today: dt.date) -> tuple[int, ...]:
    """How often a table was brought in, week by week."""
    often = [0] * WEEKS
    for one in stood:
        if one.brought is not None and table in one.brought.tables:
            ago = (today - timezone.localtime(one.brought.made_at).date()).days // 7
            if 0 <= ago < WEEKS:
                often[WEEKS - 1 - ago] += 1
    return tuple(often)


@lru_cache(maxsize=8)
def _reaches(name: str) -> dict[str, dt.date]:
    """The last day that each table tells of."""
    snapshot = snapshot_store().get(name)
    found = {}
    for table, column in HAPPENED.items():
        last = _last_day(snapshot, table, column)
        if last is not None:
            found[table] = last
    return found


def _last_day(snapshot: Snapshot, table: str, column: str) -> dt.date | None:
    latest: dt.date | None = None
    for part in snapshot.parts(table):
        told = pq.ParquetFile(part).metadata
        place = told.schema.to_arrow_schema().get_field_index(column)
        if place < 0:
            continue
        for group in range(told.num_row_groups):
            statistics = told.row_group(group).column(place).statistics
            if statistics is not None and statistics.has_min_max:
                day = statistics.max
                if isinstance(day, dt.date) and (latest is None or day > latest):
                    latest = day
    return latest


def school_days_since(name: str, day: dt.date, today: dt.date) -> int:
    """How many school days lie after a day, up to and with today."""
    known = _school_days(name)
    counted = bisect_right(known, today) - bisect_right(known, day)
    begin = max(day, known[-1]) if known else day
    return counted + _weekdays(begin, today)


def _weekdays(after: dt.date, until: dt.date) -> int:
    days = max(0, (until - after).days)
    whole, rest = divmod(days, 7)
    return whole * 5 + sum(
        (after + dt.timedelta(days=n + 1)).weekday() <= _FRIDAY for n in range(rest)
    )


@lru_cache(maxsize=8)
def _school_days(name: str) -> list[dt.date]:
    """The days on which any school of the district had instruction."""
    snapshot = snapshot_store().get(name)
    days: set[dt.date] = set()
    for part in snapshot.parts("calendar"):
        told = pq.read_table(part, columns=["date", "instructional"])
        held = told.filter(told["instructional"])
        days.update(pc.unique(held["date"]).to_pylist())
    return sorted(days)
