"""The day for which a snapshot's students can be looked at: its own, or its last.

Between school years, and where this year's records have not come yet, nobody is
enrolled on the day; the year that is over stands as it did at its end, as it does in
the directory.
"""

# ruff: noqa: S608 - our own names and quoted paths

from __future__ import annotations

import datetime as dt

from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.vocabulary.school_year import SchoolYear


_MEMORY = "256MB"


def last_school_day(snapshot: Snapshot, as_of: dt.date) -> dt.date:
    """The day itself while its school year has records; else the last one before it.

    That is the last day with attendance of the latest school year that has begun, or
    30 June where attendance is not collected; the day itself without any enrollment.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    with asking(_MEMORY) as con:
        enrollments = rows_of(snapshot, "enrollments")
        ((year,),) = con.execute(
            f"SELECT max(school_year) FROM {enrollments} "
            f"WHERE entered_on <= DATE '{as_of}'"
        ).fetchall()
        if year is None or year >= SchoolYear.of(as_of).spring:
            return as_of
        over = SchoolYear(int(year))
        ((last,),) = con.execute(
            f"SELECT max(date) FROM {rows_of(snapshot, 'attendance')} WHERE date "
            f"BETWEEN DATE '{over.first_day}' AND DATE '{over.last_day}'"
        ).fetchall()
    found: dt.date = over.last_day if last is None else last
    return found
