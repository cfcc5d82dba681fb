"""Marks and courses, student by student: judge of their SQL."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from evenrise.indicators.engines.plain.records import Place, Records, StudentYears


CORE = ("ela", "math", "science", "social_science")
ADVANCED = ("ap", "ib", "dual")
HIGH_SCHOOL = ("09", "10", "11", "12")


def letter(mark: str) -> str | None:
    """A to F for a letter mark with or without its sign; None for any other mark."""
    text = mark.strip().upper()
    if text == "F":
        return "F"
    if text[:1] in ("A", "B", "C", "D") and text[1:] in ("", "+", "-"):
        return text[:1]
    return None


def _posted(records: Records) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each mark that was posted by the day of asking, with its section."""
    return [
        (mark, records.sections[mark["section_id"]])
        for mark in records.tables["marks"]
        if mark["section_id"] in records.sections
        and (mark["posted_on"] is None or mark["posted_on"] <= records.as_of)
    ]


def marks_year(records: Records) -> StudentYears:
    """Letter marks, and how many were D or F."""
    found: StudentYears = defaultdict(lambda: {"letter_marks": 0, "d_or_f_marks": 0})
    for mark, section in _posted(records):
        got = letter(mark["mark"])
        if got is None:
            continue
        for place in records.places(
            section["school_year"], mark["student_id"], section["school_id"]
        ):
            sums = found[place]
            sums["letter_marks"] = (sums["letter_marks"] or 0) + 1
            sums["d_or_f_marks"] = (sums["d_or_f_marks"] or 0) + (got in ("D", "F"))
    return dict(found)


def ninth_grade_year(records: Records) -> StudentYears:
    """Credits and core failures of ninth graders, at every school they were in."""
    marks: dict[tuple[str, int], list[tuple[dict[str, Any], str | None]]] = {}
    for mark, section in _posted(records):
        key = mark["student_id"], section["school_year"]
        marks.setdefault(key, []).append((mark, section["subject"]))
    found: StudentYears = {}
    for spell in records.spells:
        own = marks.get((spell.student_id, spell.school_year))
        if spell.grade != "09" or own is None:
            continue
        earned = [
            m["credits_earned"] for m, _ in own if m["credits_earned"] is not None
        ]
        failures = sum(
            letter(mark["mark"]) == "F"
            and subject in CORE
            and (mark["credits_attempted"] or 0) > 0
            for mark, subject in own
        )
        for place in records.places(
            spell.school_year, spell.student_id, spell.school_id
        ):
            found[place] = {
                "credits_earned": sum(earned) if earned else None,
                "core_failures": failures,
            }
    return found


def passed_years(records: Records, subject: str) -> dict[str, list[int]]:
    """By student, the school year of every course of a subject that was passed."""
    found: dict[str, list[int]] = {}
    for mark, section in _posted(records):
        passed = (
            letter(mark["mark"]) in ("A", "B", "C", "D")
            or (mark["credits_earned"] or 0) > 0
        )
        if section["subject"] == subject and passed:
            found.setdefault(mark["student_id"], []).append(section["school_year"])
    return found


def courses_year(records: Records) -> StudentYears:
    """Sections on whose roster a student stood, and how many were advanced."""
    grades = records.grades()
    sections: dict[Place, set[str]] = defaultdict(set)
    for row in records.tables["rosters"]:
        section = records.sections.get(row["section_id"])
        started = row["started_on"] or records.as_of
        if section is None or started > records.as_of:
            continue
        for place in records.places(
            section["school_year"], row["student_id"], section["school_id"]
        ):
            sections[place].add(row["section_id"])
    return {
        place: {
            "high_school": int(
                grades.get((place.student_id, place.school_year)) in HIGH_SCHOOL
            ),
            "sections_taken": len(taken),
            "advanced_sections": sum(
                records.sections[one]["level"] in ADVANCED for one in taken
            ),
        }
        for place, taken in sections.items()
    }
