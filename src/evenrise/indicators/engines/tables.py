"""The columns that the engines read of each contract table.

Engines see a table through these columns only, so that a file with other columns,
or an optional table that is not there, reads the same everywhere.
"""

from __future__ import annotations


COLUMNS: dict[str, dict[str, str]] = {
    "schools": {"school_id": "VARCHAR", "district_id": "VARCHAR"},
    "calendar": {"school_id": "VARCHAR", "date": "DATE", "instructional": "BOOLEAN"},
    "students": {
        "student_id": "VARCHAR",
        "gender": "VARCHAR",
        "hispanic": "BOOLEAN",
        "race": "VARCHAR",
        "race_ethnicity": "VARCHAR",
    },
    "enrollments": {
        "student_id": "VARCHAR",
        "school_id": "VARCHAR",
        "school_year": "INTEGER",
        "grade": "VARCHAR",
        "entered_on": "DATE",
        "left_on": "DATE",
    },
    "programs": {
        "student_id": "VARCHAR",
        "program": "VARCHAR",
        "started_on": "DATE",
        "ended_on": "DATE",
    },
    "attendance": {
        "student_id": "VARCHAR",
        "school_id": "VARCHAR",
        "date": "DATE",
        "status": "VARCHAR",
        "portion_absent": "DOUBLE",
        "reason": "VARCHAR",
    },
    "incidents": {
        "incident_id": "VARCHAR",
        "student_id": "VARCHAR",
        "school_id": "VARCHAR",
        "date": "DATE",
        "action": "VARCHAR",
        "days_removed": "DOUBLE",
    },
    "sections": {
        "section_id": "VARCHAR",
        "school_id": "VARCHAR",
        "school_year": "INTEGER",
        "subject": "VARCHAR",
        "level": "VARCHAR",
    },
    "rosters": {
        "section_id": "VARCHAR",
        "student_id": "VARCHAR",
        "started_on": "DATE",
        "ended_on": "DATE",
    },
    "marks": {
        "student_id": "VARCHAR",
        "section_id": "VARCHAR",
        "term": "VARCHAR",
        "mark": "VARCHAR",
        "credits_attempted": "DOUBLE",
        "credits_earned": "DOUBLE",
        "posted_on": "DATE",
    },
    "assignments": {
        "assignment_id": "VARCHAR",
        "section_id": "VARCHAR",
        "due_on": "DATE",
    },
    "scores": {
        "assignment_id": "VARCHAR",
        "student_id": "VARCHAR",
        "score": "VARCHAR",
        "status": "VARCHAR",
        "scored_on": "DATE",
        "has_comment": "BOOLEAN",
    },
    "assessments": {
        "student_id": "VARCHAR",
        "assessment": "VARCHAR",
        "subject": "VARCHAR",
        "taken_on": "DATE",
        "scale_score": "DOUBLE",
        "level": "INTEGER",
        "met_standard": "BOOLEAN",
    },
    "completions": {
        "student_id": "VARCHAR",
        "cohort_year": "INTEGER",
        "school_id": "VARCHAR",
        "outcome": "VARCHAR",
        "completed_a_g": "BOOLEAN",
    },
}
