"""One student's days by month: enrolled, absent, excused and unexcused.

The rule is that of `days.count_days`, so that the months of a school year add up to
what the directory tells. One student has some hundred days: once their rows are read
and the school's calendar is known, sets of days are quicker than another query.
"""

# ruff: noqa: S608 - our own names and values

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenrise.records.snapshots.asking import here
from evenrise.records.snapshots.days import MISSED
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.records.sql import literal, parquet
from evenrise.vocabulary.school_year import FIRST_MONTH, SchoolYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Days of one calendar month over all schools, each day once.

    `absent` are whole days; `excused` holds the medical ones; those neither excused
    nor unexcused have another reason or none. `rows` are the rows of attendance that
    told it, the first of them on `line` of `file` (blank when none did: then every day
    was attended).
    """

    school_year: int
    year: int
    month: int
    enrolled: int
    absent: int
    excused: int
    unexcused: int
    rows: int
    file: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one stay in one school and year; `last` may lie ahead."""

    school_id: str
    school_year: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class _Day:
    """What a school recorded for the student on one day."""

    school_id: str
    date: dt.date
    missed: float
    present: bool
    excused: bool
    unexcused: bool
    rows: int
    file: int
    row: int


@dataclass(frozen=True, slots=True)
class _Calendar:
    """A school's days of instruction, and the first day told of each year."""

    open: frozenset[dt.date]
    begins: Mapping[int, dt.date]


def months_of(
    snapshot: Snapshot,
    attendance: str,
    spans: Sequence[Span],
    as_of: dt.date,
) -> tuple[Month, ...]:
    """Days by month up to a day, from SQL for the student's own attendance."""
    days = _recorded(attendance, as_of)
    members: dict[tuple[int, dt.date], set[_Day]] = {}
    for span in spans:
        own = {d.date: d for d in days if d.school_id == span.school_id}
        for date in _member_days(snapshot, span, own, as_of):
            told = members.setdefault((span.school_year, date), set())
            told.update({own[date]} if date in own else ())
    months: dict[tuple[int, dt.date], list[set[_Day]]] = {}
    for year, date in sorted(members):
        first = date.replace(day=1)
        months.setdefault((year, first), []).append(members[year, date])
    return tuple(
        _month(snapshot, year, first, days) for (year, first), days in months.items()
    )


def _recorded(attendance: str, as_of: dt.date) -> list[_Day]:
    rows = (
        here()
        .execute(
            f"SELECT school_id, date, min({MISSED}), bool_or(status = 'present'), "
            "coalesce(bool_or(reason IN ('excused', 'medical')), false), "
            "coalesce(bool_or(reason = 'unexcused'), false), count(*), min(_file), "
            f"arg_min(_row, (_file, _row)) FROM {attendance} "
            f"WHERE date <= DATE '{as_of}' GROUP BY school_id, date"
        )
        .fetchall()
    )
    return [_Day(*row) for row in rows]


def _member_days(
    snapshot: Snapshot, span: Span, own: Mapping[dt.date, _Day], as_of: dt.date
) -> set[dt.date]:
    """The days of a stay that count: told by rows, by the calendar, or by both."""
    year = SchoolYear(span.school_year)
    first = max(span.first, year.first_day)
    last = min(span.last, year.last_day, as_of)
    told = {date for date in own if first <= date <= last}
    every_day = any(own[date].present for date in told) or _form(
        snapshot.parts("attendance"),
        span.school_id,
        year.first_day,
        min(year.last_day, as_of),
    )
    if every_day is None:
        return set()
    calendar = _calendar(snapshot.parts("calendar"), span.school_id)
    if not every_day:
        return {date for date in calendar.open if first <= date <= last}
    begins = calendar.begins.get(span.school_year)
    return told & calendar.open if begins and begins <= as_of else told


def _month(
    snapshot: Snapshot, school_year: int, first: dt.date, days: Sequence[set[_Day]]
) -> Month:
    """One month: for each of its days, what every school recorded."""
    absent = [told for told in days if told and min(d.missed for d in told) >= 1]
    excused = [told for told in absent if any(d.excused for d in told)]
    unexcused = [told for told in absent if any(d.unexcused for d in told)]
    every = [d for told in days for d in told]
    file, line = "", None
    if every:
        file, line = snapshot.lineage(
            "attendance", *min((d.file, d.row) for d in every)
        )
    return Month(
        school_year=school_year,
        year=first.year,
        month=first.month,
        enrolled=len(days),
        absent=len(absent),
        excused=len(excused),
        unexcused=sum(told not in excused for told in unexcused),
        rows=sum(d.rows for d in every),
        file=file,
        line=line,
    )


# Parts are never edited, so what was once read from them stays true.


@lru_cache(maxsize=2048)
def _calendar(parts: tuple[Path, ...], school: str) -> _Calendar:
    rows = _ask(
        parts,
        "SELECT date, bool_or(instructional)",
        f"school_id = {literal(school)} GROUP BY date ORDER BY date DESC",
    )
    begins = {_spring(date): date for date, _ in rows}
    return _Calendar(frozenset(date for date, is_open in rows if is_open), begins)


@lru_cache(maxsize=4096)
def _form(
    parts: tuple[Path, ...], school: str, first: dt.date, last: dt.date
) -> bool | None:
    """Whether a school's attendance of a year tells every day; None without any."""
    where = (
        f"school_id = {literal(school)} "
        f"AND date BETWEEN DATE '{first}' AND DATE '{last}'"
    )
    if _ask(parts, "SELECT 1", f"{where} AND status = 'present' LIMIT 1"):
        return True
    return False if _ask(parts, "SELECT 1", f"{where} LIMIT 1") else None


def _ask(parts: tuple[Path, ...], what: str, where: str) -> list[tuple[Any, ...]]:
    if not parts:
        return []
    rows: list[tuple[Any, ...]] = (
        here().execute(f"{what} FROM {parquet(parts)} WHERE {where}").fetchall()
    )
    return rows


def _spring(date: dt.date) -> int:
    """The school year of any day, also of one that no `SchoolYear` would believe."""
    return date.year + (1 if date.month >= FIRST_MONTH else 0)
