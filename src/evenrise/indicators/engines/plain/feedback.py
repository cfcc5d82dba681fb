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
    """The longest run of days without feedback in one class, while work was due."""
    heard: dict[tuple[str, str], set[dt.date]] = defaultdict(set)
    for student, section, _, scored in _feedback(records):
        heard[student, section["section_id"]].add(scored)
    found: StudentYears = {}
    for (student, section_id), due in _due_days(records).items():
        window = days_between(min(due), max(due))
        longest = run = 0
        for day in window:
            run = 0 if day in heard[student, section_id] else run + 1
            longest = max(longest, run)
        section = records.sections[section_id]
        for place in records.places(
            section["school_year"], student, section["school_id"]
        ):
            before = found.setdefault(place, {"window_days": 0, "longest_stretch": 0})
            found[place] = {
                "window_days": max(before["window_days"] or 0, len(window)),
                "longest_stretch": max(before["longest_stretch"] or 0, longest),
            }
    return found


def _due_days(records: Records) -> dict[tuple[str, str], set[dt.date]]:
    """By student and class, the days on which work was due while on the roster."""
    works: dict[str, list[dt.date]] = defaultdict(list)
    for row in records.tables["assignments"]:
        if row["due_on"] is not None and row["due_on"] <= records.as_of:
            works[row["section_id"]].append(row["due_on"])
    found: dict[tuple[str, str], set[dt.date]] = {}
    for row in records.tables["rosters"]:
        first = row["started_on"] or dt.date.min
        last = row["ended_on"] or dt.date.max
        days = {day for day in works[row["section_id"]] if first <= day <= last}
        if days and row["section_id"] in records.sections:
            found.setdefault((row["student_id"], row["section_id"]), set()).update(days)
    return found
