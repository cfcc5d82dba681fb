"""Discipline, cohorts and tests, student by student: judge of their SQL."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from evenrise.indicators.engines.plain.marks import passed_years
from evenrise.indicators.engines.plain.records import Place, Records, StudentYears
from evenrise.vocabulary.school_year import SchoolYear


SUSPENSIONS = ("in_school_suspension", "out_of_school_suspension")
ELA = (
    "ela",
    "english",
    "english language arts",
    "english language arts/literacy",
    "ela/literacy",
)
MATH = ("math", "mathematics", "maths")
STATE_TESTS = ("caaspp", "sbac", "smarter", "summative")


def discipline_year(records: Records) -> StudentYears:
    """Suspensions and days removed of everybody who was enrolled."""
    incidents = records.tables["incidents"]
    told = {SchoolYear.of(row["date"]).spring for row in incidents}
    found: StudentYears = {
        place: {"times_suspended": 0, "days_removed": 0.0}
        for place in records.enrolled()
        if not incidents or place.school_year in told
    }
    for row in incidents:
        if row["date"] > records.as_of:
            continue
        suspended = row["action"] in SUSPENSIONS
        removed = suspended or row["action"] == "expulsion"
        year = SchoolYear.of(row["date"]).spring
        for place in records.places(year, row["student_id"], row["school_id"]):
            if place in found:
                sums = found[place]
                sums["times_suspended"] = (sums["times_suspended"] or 0) + suspended
                days = (row["days_removed"] or 0.0) if removed else 0.0
                sums["days_removed"] = (sums["days_removed"] or 0.0) + days
    return found


def cohort_year(records: Records) -> StudentYears:
    """How each student of a cohort ended; two rows of one student count once."""
    found: StudentYears = {}
    for row in records.tables["completions"]:
        outcome = row["outcome"]
        new: dict[str, float | int | None] = {
            "in_cohort": int(outcome not in ("transferred_out", "deceased")),
            "graduated": int(outcome == "graduated"),
            "dropped_out": int(outcome == "dropped_out"),
            "met_a_g": None
            if row["completed_a_g"] is None
            else int(row["completed_a_g"]),
        }
        places = records.places(row["cohort_year"], row["student_id"], row["school_id"])
        for place in places:
            found[place] = _greater(found.get(place, new), new)
    return found


def _greater(
    one: dict[str, float | int | None], other: dict[str, float | int | None]
) -> dict[str, float | int | None]:
    return {
        name: max(
            (value for value in (one[name], other[name]) if value is not None),
            default=None,
        )
        for name in one
    }


def cohort_courses_year(records: Records) -> StudentYears:
    """Ethnic studies courses that each member of a cohort had passed by then."""
    passed = passed_years(records, "ethnic_studies")
    return {
        place: {
            "graduated": row["graduated"],
            "ethnic_studies_passed": sum(
                year <= place.school_year for year in passed.get(place.student_id, [])
            ),
        }
        for place, row in cohort_year(records).items()
    }


def assessment_year(records: Records) -> StudentYears:
    """Whether the standard was met, on one test for everybody in a year."""
    found: StudentYears = defaultdict(lambda: {"ela_met": None, "math_met": None})
    for subject, names in (("ela", ELA), ("math", MATH)):
        rows = [row for row in _taken(records) if row["subject"] in names]
        for year in sorted({row["year"] for row in rows}):
            of_year = [row for row in rows if row["year"] == year]
            test = _chosen(of_year)
            last: dict[str, dict[str, Any]] = {}
            for row in of_year:
                if row["test"] == test:
                    before = last.setdefault(row["student_id"], row)
                    if (row["taken_on"], row["met"]) > (
                        before["taken_on"],
                        before["met"],
                    ):
                        last[row["student_id"]] = row
            for row in last.values():
                for place in _tested_at(records, row):
                    found[place][f"{subject}_met"] = row["met"]
    return dict(found)


def _taken(records: Records) -> list[dict[str, Any]]:
    found = []
    for row in records.tables["assessments"]:
        met = row["met_standard"]
        if met is None and row["level"] is not None:
            met = row["level"] >= 3
        if met is not None and row["taken_on"] <= records.as_of:
            found.append(
                {
                    "student_id": row["student_id"],
                    "subject": row["subject"].strip().lower(),
                    "test": row["assessment"].strip().lower(),
                    "taken_on": row["taken_on"],
                    "year": SchoolYear.of(row["taken_on"]).spring,
                    "met": int(met),
                }
            )
    return found


def _chosen(rows: list[dict[str, Any]]) -> str:
    """The state's test where it was given, else the one that most students took."""
    takers: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        takers[row["test"]].add(row["student_id"])
    return min(
        takers,
        key=lambda test: (
            not any(name in test for name in STATE_TESTS),
            -len(takers[test]),
            test,
        ),
    )


def _tested_at(records: Records, row: dict[str, Any]) -> set[Place]:
    mine = [s for s in records.spells if s.student_id == row["student_id"]]
    districts = {
        records.district_of(s.school_id) for s in mine if s.school_year == row["year"]
    } or {records.default_district}
    schools = {
        s.school_id for s in mine if s.first_day <= row["taken_on"] <= s.last_day
    }
    return {
        *(Place(row["year"], "district", d, row["student_id"]) for d in districts),
        *(Place(row["year"], "school", s, row["student_id"]) for s in schools if s),
    }
