"""The words of Ed-Fi that an invented district needs, and what of it they carry."""

from __future__ import annotations

from tests.support.servers.rows import Table, without


GRADES = {
    "TK": "Transitional Kindergarten",
    "KG": "Kindergarten",
    **{
        f"{number:02d}": f"{word} grade"
        for number, word in enumerate(
            (
                "First",
                "Second",
                "Third",
                "Fourth",
                "Fifth",
                "Sixth",
                "Seventh",
                "Eighth",
                "Ninth",
                "Tenth",
                "Eleventh",
                "Twelfth",
            ),
            start=1,
        )
    },
}
RACES = {
    "american_indian": "American Indian - Alaska Native",
    "asian": "Asian",
    "black": "Black - African American",
    "pacific_islander": "Native Hawaiian - Pacific Islander",
    "white": "White",
    "other": "Other",
}
ROLES = {
    "teacher": "Teacher",
    "counselor": "Counselor",
    "principal": "Principal",
    "assistant_principal": "Assistant Principal",
    "coach": "Instructional Coordinator",
    "aide": "Instructional Aide",
    "specialist": "School Specialist",
}
PROGRAMS = {
    "disability": "studentSpecialEducationProgramAssociations",
    "english_learner": "studentLanguageInstructionProgramAssociations",
    "homeless": "studentHomelessProgramAssociations",
    "migrant": "studentMigrantEducationProgramAssociations",
    "low_income": "studentSchoolFoodServiceProgramAssociations",
    "section_504": "studentSection504ProgramAssociations",
}
ACTIONS = {
    "restorative": "Restorative Practice",
    "in_school_suspension": "In School Suspension",
    "out_of_school_suspension": "Out of School Suspension",
    "expulsion": "Expulsion",
}
SEXES = {"F": "Female", "M": "Male", "X": "Non-binary"}
ABSENCES = {"excused": "Excused Absence", "unexcused": "Unexcused Absence"}
# The source tells a section's subject by its name alone.
SUBJECTS = {
    "ela": "Language Arts",
    "math": "Mathematics",
    "science": "Science",
    "social_science": "Social Studies",
    "world_language": "World Language",
    "arts": "Visual Arts",
    "pe": "Physical Education",
    "cte": "Career Technical",
    "ethnic_studies": "Ethnic Studies",
}
STATES = {"exempt": "Excused", "missing": "Missing", "not_submitted": "Not submitted"}


def descriptor(name: str, value: str) -> str:
    return f"uri://ed-fi.org/{name}Descriptor#{value}"


def school_number(code: str) -> int:
    """Ed-Fi's schools have numbers."""
    return int(f"{ord(code[0])}{code[1:]}")


def section_name(row: dict[str, str]) -> str:
    return f"{row['section_id']} {SUBJECTS.get(row['subject'], 'Homeroom')}"


def carried(tables: dict[str, Table]) -> dict[str, Table]:
    """The same district in District CSV, with no more than the Ed-Fi source reads."""

    def races(row: dict[str, str]) -> dict[str, str]:
        return {"race": ";".join(r for r in row["race"].split(";") if r in RACES)}

    def reason(row: dict[str, str]) -> dict[str, str]:
        kept = row["status"] == "absent" and row["reason"] in ABSENCES
        return {"reason": row["reason"] if kept else ""}

    found = {
        "schools": tables["schools"],
        "calendar": tables["calendar"],
        "students": [
            without(row, "home_language") | races(row) for row in tables["students"]
        ],
        "enrollments": tables["enrollments"],
        "programs": [row for row in tables["programs"] if row["program"] in PROGRAMS],
        "attendance": [row | reason(row) for row in tables["attendance"]],
        "incidents": tables["incidents"],
        "staff": [
            without(row, "hired_on", "left_on", "credential") | races(row)
            for row in tables["staff"]
        ],
        "staff_assignments": tables["staff_assignments"],
        "sections": [
            without(row, "level", "a_g") | {"title": section_name(row)}
            for row in tables["sections"]
        ],
        "rosters": tables["rosters"],
        "assignments": tables["assignments"],
        "scores": tables["scores"],
        "assessments": [
            without(row, "scale_score", "level")
            | {"assessment": f"{row['assessment']} {row['subject']}"}
            for row in tables["assessments"]
        ],
    }
    return {name: [_numbered(row) for row in rows] for name, rows in found.items()}


def _numbered(row: dict[str, str]) -> dict[str, str]:
    if "school_id" not in row:
        return row
    return row | {"school_id": str(school_number(row["school_id"]))}
