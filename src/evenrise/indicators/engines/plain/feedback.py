"""Feedback, work by work: judge of its SQL."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from evenrise.indicators.engines.plain.records import (
    Place,
    Records,
    StudentYears,
    days_between,
)


def _feedback(
    records: Records,
) -> Iterator[tuple[str, dict[str, Any], dt.date | None, dt.date]]:
    """Student, section, due date and day of every piece of feedback."""
    works = {row["assignment_id"]: row for row in records.tables["assignments"]}
    for row in records.tables["scores"]:
        work = works.get(row["assignment_id"])
        section = records.sections.get(work["section_id"]) if work else None
        if work is None or section is None or row["scored_on"] is None:
            continue
        scored = row["status"] == "scored" or (
            row["status"] is None and row["score"] is not None
        )
        if row["scored_on"] <= records.as_of and (scored or row["has_comment"]):
            yield row["student_id"], section, work["due_on"], row["scored_on"]


def feedback_year(records: Records) -> StudentYears:
    """Works that came back, and the days their students waited."""
    waits: dict[Place, list[int]] = defaultdict(list)
    for student, section, due, scored in _feedback(records):
        if due is not None:
            for place in records.places(
                section["school_year"], student, section["school_id"]
            ):
                waits[place].append(max((scored - due).days, 0))
    return {
        place: {"works_returned": len(days), "days_waited": sum(days)}
        for place, days in waits.items()
    }


def feedback_stretch_year(records: Records) -> StudentYears:
    """The longest run of days without feedback, while work was due."""
    due_days = _due_days(records)
    heard: dict[Place, set[dt.date]] = defaultdict(set)
    for student, section, _, scored in _feedback(records):
        for place in records.places(
            section["school_year"], student, section["school_id"]
        ):
            heard[place].add(scored)
    found: StudentYears = {}
    for place, due in due_days.items():
        window = days_between(min(due), max(due))
        longest = run = 0
        for day in window:
            run = 0 if day in heard[place] else run + 1
            longest = max(longest, run)
        found[place] = {"window_days": len(window), "longest_stretch": longest}
    return found


def _due_days(records: Records) -> dict[Place, set[dt.date]]:
    """The days on which work was due while the student stood on the roster."""
    works: dict[str, list[dt.date]] = defaultdict(list)
    for row in records.tables["assignments"]:
        if row["due_on"] is not None and row["due_on"] <= records.as_of:
            works[row["section_id"]].append(row["due_on"])
    found: dict[Place, set[dt.date]] = defaultdict(set)
    for row in records.tables["rosters"]:
        section = records.sections.get(row["section_id"])
        if section is None:
            continue
        first = row["started_on"] or dt.date.min
        last = row["ended_on"] or dt.date.max
        days = [day for day in works[row["section_id"]] if first <= day <= last]
        for place in records.places(
            section["school_year"], row["student_id"], section["school_id"]
        ):
            if days:
                found[place].update(days)
    return found
