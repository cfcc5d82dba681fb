"""How many days of instruction each week had, by the calendar that a school told."""

# ruff: noqa: S608 - our own names and quoted values

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from evenrise.records.snapshots.asking import Parts, here
from evenrise.records.sql import literal, parquet


def school_weeks(snapshot: Parts, school: str | None) -> Mapping[dt.date, int]:
    """Days of instruction by the Monday of each week that the calendar tells of.

    A week that the calendar does not tell of is not in it; one without a day of
    instruction is there with 0: a holiday.

    Args:
        snapshot: whose calendar.
        school: one school; None for the days on which any school was held.
    """
    return _weeks(tuple(snapshot.parts("calendar")), school)


# Parts are never edited, so what was once read from them stays true.
@lru_cache(maxsize=512)
def _weeks(parts: Sequence[Path], school: str | None) -> Mapping[dt.date, int]:
    if not parts:
        return {}
    where = "true" if school is None else f"school_id = {literal(school)}"
    rows = (
        here()
        .execute(
            "SELECT CAST(date_trunc('week', date) AS DATE) AS week, "
            "count(DISTINCT date) FILTER (instructional) AS days "
            f"FROM {parquet(parts)} WHERE {where} GROUP BY week ORDER BY week"
        )
        .fetchall()
    )
    first, last = (rows[0][0], rows[-1][0]) if rows else (None, None)
    told = {week: int(days) for week, days in rows}
    while first is not None and last is not None and first <= last:
        told.setdefault(first, 0)  # within the calendar: no row is no school
        first += dt.timedelta(weeks=1)
    return told
