"""Dollars and adults by school and year, as the records of a snapshot tell them."""

# ruff: noqa: S608 - our own names and quoted paths

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from evenrise.records.snapshots.asking import asking, rows_of
from evenrise.records.snapshots.snapshot import Snapshot
from evenrise.vocabulary.school_year import SchoolYear


_MEMORY = "256MB"
SOURCES = ("base", "supplemental", "federal", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolResources:
    """One school year; every key of the mappings is a school's code.

    `dollars` by source of `SOURCES` ("" where the record names none); `teachers` and
    `adults` in full-time equivalents, where a row without a part of full time counts
    as one. Adults of the central office are not a school's and are left out.
    """

    school_year: int
    dollars: Mapping[str, Mapping[str, float]]
    teachers: Mapping[str, float]
    adults: Mapping[str, float]


def resource_years(snapshot: Snapshot) -> tuple[int, ...]:
    """The school years with dollars by school, the earliest first.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    with asking(_MEMORY) as con:
        rows = con.execute(
            f"SELECT DISTINCT school_year FROM {rows_of(snapshot, 'spending')} "
            "WHERE amount IS NOT NULL ORDER BY school_year"
        ).fetchall()
    return tuple(int(year) for (year,) in rows)


def school_resources(
    snapshot: Snapshot, *, school_year: int, as_of: dt.date
) -> SchoolResources:
    """Dollars and adults of every school in one year.

    Args:
        snapshot: whose records are read.
        school_year: by its spring.
        as_of: adults count who worked there on this day, or on the year's last day
            where the year was over by then.

    Raises:
        InputProblem: a part of the store is missing or damaged.
    """
    day = min(as_of, SchoolYear(school_year).last_day)
    worked = (
        f"school_year = {int(school_year)} "
        f"AND (started_on IS NULL OR started_on <= DATE '{day}') "
        f"AND (ended_on IS NULL OR ended_on >= DATE '{day}') AND role <> 'central'"
    )
    dollars: dict[str, dict[str, float]] = {}
    with asking(_MEMORY) as con:
        for school, source, amount in con.execute(
            "SELECT school_id, coalesce(source, ''), sum(amount) "
            f"FROM {rows_of(snapshot, 'spending')} "
            f"WHERE school_year = {int(school_year)} AND amount IS NOT NULL "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        ).fetchall():
            dollars.setdefault(school, {})[source] = float(amount)
        adults = con.execute(
            "SELECT school_id, sum(coalesce(fte, 1)), "
            "sum(CASE WHEN role = 'teacher' THEN coalesce(fte, 1) ELSE 0 END) "
            f"FROM {rows_of(snapshot, 'staff_assignments')} WHERE {worked} "
            "GROUP BY school_id ORDER BY school_id"
        ).fetchall()
    return SchoolResources(
        school_year=school_year,
        dollars=dollars,
        teachers={school: float(teachers) for school, _all, teachers in adults},
        adults={school: float(every) for school, every, _teachers in adults},
    )
