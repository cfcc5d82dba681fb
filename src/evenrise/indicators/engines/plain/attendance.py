"""Attendance, day by day: the judge of `sql/attendance_year.sql`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from evenrise.indicators.engines.plain.records import (
    Place,
    Records,
    StudentYears,
    days_between,
)
from evenrise.vocabulary.school_year import SchoolYear


Days = dict[dt.date, float]


def attendance_year(records: Records) -> StudentYears:
    """Days enrolled and missed of every student, year and place."""
    rows = _rows(records)
    every_day = _every_day(records)
    calendar = _calendar(records)
    book: dict[Place, dict[dt.date, list[float]]] = defaultdict(dict)
    for (student, school, year), days in _spell_days(records).items():
        if (school, year) not in every_day:
            continue  # nobody kept attendance at this school in this year
        told = rows.get((student, school), {})
        taught = calendar.get((school, year))
        for day in days:
            if every_day[school, year]:
                member = day in told and (taught is None or day in taught)
            else:
                member = taught is not None and day in taught
            if not member:
                continue
            for place in records.places(year, student, school):
                missed = book[place].setdefault(day, [])
                if day in told:
                    missed.append(told[day])
    return {place: _summary(days) for place, days in book.items()}


def _summary(days: dict[dt.date, list[float]]) -> dict[str, float | int | None]:
    # A student seen for a part of a day was there for it, whatever another row says.
    missed = [min(told) if told else 0.0 for told in days.values()]
    absent = sum(part >= 1 for part in missed)
    return {
        "days_enrolled": len(missed),
        "days_absent": absent,
        "days_absent_half": sum(part >= 0.5 for part in missed),
        "days_missed": sum(missed),
        "days_attended": len(missed) - absent,
    }


def _missed(row: dict[str, Any]) -> float:
    if row["reason"] == "in_school_suspension" or row["status"] == "present":
        return 0.0
    if row["portion_absent"] is not None:
        return float(row["portion_absent"])
    return 1.0 if row["status"] == "absent" else 0.0


def _rows(records: Records) -> dict[tuple[str, str], Days]:
    """By student and school, the least missed that any row of a day tells."""
    found: dict[tuple[str, str], Days] = defaultdict(dict)
    for row in records.tables["attendance"]:
        if row["date"] <= records.as_of:
            days = found[row["student_id"], row["school_id"] or ""]
            missed = _missed(row)
            days[row["date"]] = min(missed, days.get(row["date"], missed))
    return found


def _every_day(records: Records) -> dict[tuple[str, int], bool]:
    """Which schools kept every day (True) or absences only (False), by year."""
    found: dict[tuple[str, int], bool] = {}
    for row in records.tables["attendance"]:
        if row["date"] <= records.as_of:
            key = row["school_id"] or "", SchoolYear.of(row["date"]).spring
            found[key] = found.get(key, False) or row["status"] == "present"
    return found


def _calendar(records: Records) -> dict[tuple[str, int], set[dt.date]]:
    found: dict[tuple[str, int], set[dt.date]] = defaultdict(set)
    for row in records.tables["calendar"]:
        if row["date"] <= records.as_of:
            days = found[row["school_id"] or "", SchoolYear.of(row["date"]).spring]
            if row["instructional"]:
                days.add(row["date"])
    return dict(found)


def _spell_days(records: Records) -> dict[tuple[str, str, int], set[dt.date]]:
    found: dict[tuple[str, str, int], set[dt.date]] = defaultdict(set)
    for spell in records.spells:
        key = spell.student_id, spell.school_id, spell.school_year
        found[key].update(days_between(spell.first_day, spell.last_day))
    return found
