"""An invented district as an Ed-Fi API shows it, and what of a district it carries."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.servers.base import Rows
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
_SEX = {"F": "Female", "M": "Male", "X": "Non-binary"}
_ABSENCE = {"excused": "Excused Absence", "unexcused": "Unexcused Absence"}
# The source tells a section's subject by its name alone.
_SUBJECTS = {
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
_STATES = {"exempt": "Excused", "missing": "Missing", "not_submitted": "Not submitted"}


def _word(name: str, value: str) -> str:
    return f"uri://ed-fi.org/{name}Descriptor#{value}"


def _school(code: str) -> int:
    """Ed-Fi's schools have numbers."""
    return int({"E": "1", "M": "2", "H": "3"}[code[0]] + code[1:])


def _at_school(row: dict[str, str]) -> dict[str, Any]:
    return {"schoolReference": {"schoolId": _school(row["school_id"])}}


def _student(row: dict[str, str]) -> dict[str, Any]:
    return {"studentReference": {"studentUniqueId": row["student_id"]}}


def _staff(row: dict[str, str]) -> dict[str, Any]:
    return {"staffReference": {"staffUniqueId": row["staff_id"]}}


def _section(row: dict[str, str]) -> dict[str, Any]:
    return {"sectionReference": {"sectionIdentifier": row["section_id"]}}


def _title(row: dict[str, str]) -> str:
    return f"{row['section_id']} {_SUBJECTS.get(row['subject'], 'Homeroom')}"


def _described(row: dict[str, str]) -> dict[str, Any]:
    races = [RACES[word] for word in row["race"].split(";") if word in RACES]
    told: dict[str, Any] = {
        "races": [{"raceDescriptor": _word("Race", r)} for r in races]
    }
    if row["gender"]:
        told["sexDescriptor"] = _word("Sex", _SEX[row["gender"]])
    if row["hispanic"]:
        told["hispanicLatinoEthnicity"] = row["hispanic"] == "Y"
    return told


def _identified(name: str, rows: Rows) -> Rows:
    """Rows with the ids and changes that a server gives; blank ones are left out."""
    return [
        {
            "id": uuid.uuid5(uuid.NAMESPACE_URL, f"{name}/{number}").hex,
            **{key: value for key, value in row.items() if value not in ("", None)},
            "_etag": "1",
            "_change": 1,
        }
        for number, row in enumerate(rows)
    ]


def lists_of(tables: dict[str, Table]) -> dict[str, Rows]:
    """Every resource of a district."""
    lists = _places(tables) | _people(tables) | _days(tables) | _conduct(tables)
    lists |= _learning(tables) | _programs(tables)
    return {name: _identified(name, rows) for name, rows in lists.items()}


def _places(tables: dict[str, Table]) -> dict[str, Rows]:
    district = tables["schools"][0]
    agency = {"localEducationAgencyId": int(district["district_id"])}
    return {
        "localEducationAgencies": [
            agency | {"nameOfInstitution": district["district_name"]}
        ],
        "schools": [
            {
                "schoolId": _school(row["school_id"]),
                "nameOfInstitution": row["name"],
                "schoolCategories": [
                    {
                        "schoolCategoryDescriptor": _word(
                            "SchoolCategory", f"{row['level'].title()} School"
                        )
                    }
                ],
                "charterStatusDescriptor": _word(
                    "CharterStatus", "Not a Charter School"
                ),
                "localEducationAgencyReference": agency,
            }
            for row in tables["schools"]
        ],
        "calendarDates": [
            {
                "date": row["date"],
                "calendarReference": {"schoolId": _school(row["school_id"])},
                "calendarEvents": [
                    {
                        "calendarEventDescriptor": _word(
                            "CalendarEvent",
                            "Instructional day"
                            if row["instructional"] == "Y"
                            else "Holiday",
                        )
                    }
                ],
            }
            for row in tables["calendar"]
        ],
    }


def _people(tables: dict[str, Table]) -> dict[str, Rows]:
    return {
        "students": [
            {
                "studentUniqueId": row["student_id"],
                "firstName": row["given_name"],
                "lastSurname": row["family_name"],
                "birthDate": row["birth_date"],
            }
            for row in tables["students"]
        ],
        "studentEducationOrganizationAssociations": [
            _student(row) | _described(row) | {"loginId": "a-login"}
            for row in tables["students"]
        ],
        "studentSchoolAssociations": [
            _student(row)
            | _at_school(row)
            | {
                "entryDate": row["entered_on"],
                "exitWithdrawDate": row["left_on"],
                "exitWithdrawTypeDescriptor": row["exit_code"]
                and _word("ExitWithdrawType", row["exit_code"]),
                "entryGradeLevelDescriptor": _word("GradeLevel", GRADES[row["grade"]]),
                "schoolYearTypeReference": {"schoolYear": int(row["school_year"])},
            }
            for row in tables["enrollments"]
        ],
        "staffs": [
            {
                "staffUniqueId": row["staff_id"],
                "firstName": row["given_name"],
                "lastSurname": row["family_name"],
                "yearsOfPriorProfessionalExperience": float(row["years_experience"]),
            }
            | _described(row)
            for row in tables["staff"]
        ],
        "staffEducationOrganizationAssignmentAssociations": [
            _staff(row)
            | {
                "educationOrganizationReference": {
                    "educationOrganizationId": _school(row["school_id"])
                },
                "staffClassificationDescriptor": _word(
                    "StaffClassification", ROLES[row["role"]]
                ),
                "fullTimeEquivalency": float(row["fte"]),
                "beginDate": row["started_on"],
                "endDate": row["ended_on"],
            }
            for row in tables["staff_assignments"]
        ],
    }


def _days(tables: dict[str, Table]) -> dict[str, Rows]:
    def category(row: dict[str, str]) -> str:
        if row["status"] == "absent":
            return _ABSENCE.get(row["reason"], "Absence")
        return {"tardy": "Tardy", "partial": "Partial"}[row["status"]]

    return {
        "studentSchoolAttendanceEvents": [
            _student(row)
            | _at_school(row)
            | {
                "eventDate": row["date"],
                "attendanceEventCategoryDescriptor": _word(
                    "AttendanceEventCategory", category(row)
                ),
                "eventDuration": float(row["portion_absent"])
                if row["portion_absent"]
                else None,
            }
            for row in tables["attendance"]
        ]
    }


def _conduct(tables: dict[str, Table]) -> dict[str, Rows]:
    once = {row["incident_id"]: row for row in tables["incidents"]}
    return {
        "disciplineIncidents": [
            _at_school(row)
            | {"incidentIdentifier": row["incident_id"], "incidentDate": row["date"]}
            for row in once.values()
        ],
        "studentDisciplineIncidentBehaviorAssociations": [
            _student(row)
            | {
                "disciplineIncidentReference": {
                    "incidentIdentifier": row["incident_id"]
                },
                "behaviorDescriptor": _word("Behavior", row["behavior"]),
            }
            for row in tables["incidents"]
        ],
        "disciplineActions": [
            _student(row)
            | {
                "disciplineDate": row["date"],
                "disciplines": [
                    {
                        "disciplineDescriptor": _word(
                            "Discipline", ACTIONS[row["action"]]
                        )
                    }
                ],
                "actualDisciplineActionLength": float(row["days_removed"])
                if row["days_removed"]
                else None,
                "responsibilitySchoolReference": {
                    "schoolId": _school(row["school_id"])
                },
                "studentDisciplineIncidentBehaviorAssociations": [
                    {
                        "studentDisciplineIncidentBehaviorAssociationReference": {
                            "incidentIdentifier": row["incident_id"],
                            "studentUniqueId": row["student_id"],
                        }
                    }
                ],
            }
            for row in tables["incidents"]
            if row["action"] != "none"
        ],
    }


def _programs(tables: dict[str, Table]) -> dict[str, Rows]:
    def detail(row: dict[str, str]) -> dict[str, Any]:
        if not row["detail"]:
            return {}
        word = {"disabilityDescriptor": _word("Disability", row["detail"])}
        return {"disabilities": [word]}

    return {
        name: [
            _student(row)
            | {"beginDate": row["started_on"], "endDate": row["ended_on"]}
            | detail(row)
            for row in tables["programs"]
            if row["program"] == program
        ]
        for program, name in PROGRAMS.items()
    }


def _learning(tables: dict[str, Table]) -> dict[str, Rows]:
    return {
        "sections": [
            {
                "sectionIdentifier": row["section_id"],
                "sectionName": _title(row),
                "courseOfferingReference": {
                    "localCourseCode": row["course_code"],
                    "schoolId": _school(row["school_id"]),
                    "schoolYear": int(row["school_year"]),
                },
            }
            for row in tables["sections"]
        ],
        "staffSectionAssociations": [
            _staff(row)
            | _section(row)
            | {
                "classroomPositionDescriptor": _word(
                    "ClassroomPosition", "Teacher of Record"
                )
            }
            for row in tables["sections"]
        ],
        "studentSectionAssociations": [
            _student(row)
            | _section(row)
            | {"beginDate": row["started_on"], "endDate": row["ended_on"]}
            for row in tables["rosters"]
        ],
        "gradebookEntries": [
            _section(row)
            | {
                "gradebookEntryIdentifier": row["assignment_id"],
                "title": row["title"],
                "gradebookEntryTypeDescriptor": _word(
                    "GradebookEntryType", row["category"]
                ),
                "dateAssigned": row["assigned_on"],
                "dueDate": row["due_on"],
                "maxPoints": float(row["points_possible"]),
            }
            for row in tables["assignments"]
        ],
        "studentGradebookEntries": [
            {
                "studentSectionAssociationReference": {
                    "studentUniqueId": row["student_id"]
                },
                "gradebookEntryReference": {
                    "gradebookEntryIdentifier": row["assignment_id"]
                },
                "pointsEarned": float(row["score"]) if row["score"] else None,
                "submissionStatusDescriptor": _word(
                    "SubmissionStatus", _STATES[row["status"]]
                )
                if row["status"] in _STATES
                else None,
                "dateFulfilled": row["scored_on"],
                "diagnosticStatement": "words about a child"
                if row["has_comment"] == "Y"
                else None,
            }
            for row in tables["scores"]
        ],
        "studentAssessments": [
            _student(row)
            | {
                "assessmentReference": {
                    "assessmentIdentifier": f"{row['assessment']} {row['subject']}"
                },
                "administrationDate": f"{row['taken_on']}T00:00:00Z",
                "whenAssessedGradeLevelDescriptor": _word(
                    "GradeLevel", GRADES[row["grade"]]
                ),
                "performanceLevels": [
                    {
                        "performanceLevelDescriptor": _word(
                            "PerformanceLevel",
                            "Met Standard"
                            if row["met_standard"] == "Y"
                            else "Did Not Meet Standard",
                        )
                    }
                ],
            }
            for row in tables["assessments"]
        ],
    }


def carried(tables: dict[str, Table]) -> dict[str, Table]:
    """The same district in District CSV, with no more than the Ed-Fi source reads."""

    def races(row: dict[str, str]) -> dict[str, str]:
        return {"race": ";".join(r for r in row["race"].split(";") if r in RACES)}

    def reason(row: dict[str, str]) -> dict[str, str]:
        kept = row["status"] == "absent" and row["reason"] in _ABSENCE
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
            without(row, "level", "a_g") | {"title": _title(row)}
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
    return row | {"school_id": str(_school(row["school_id"]))}
