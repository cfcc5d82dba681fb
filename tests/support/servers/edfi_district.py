"""An invented district as an Ed-Fi API shows it."""

from __future__ import annotations

import uuid
from typing import Any

from tests.support.servers.base import Rows
from tests.support.servers.edfi_words import (
    ABSENCES,
    ACTIONS,
    GRADES,
    PROGRAMS,
    RACES,
    ROLES,
    SEXES,
    STATES,
    descriptor,
    school_number,
    section_name,
)
from tests.support.servers.rows import Table


def _at_school(row: dict[str, str]) -> dict[str, Any]:
    return {"schoolReference": {"schoolId": school_number(row["school_id"])}}


def _student(row: dict[str, str]) -> dict[str, Any]:
    return {"studentReference": {"studentUniqueId": row["student_id"]}}


def _staff(row: dict[str, str]) -> dict[str, Any]:
    return {"staffReference": {"staffUniqueId": row["staff_id"]}}


def _section(row: dict[str, str]) -> dict[str, Any]:
    return {"sectionReference": {"sectionIdentifier": row["section_id"]}}


def _described(row: dict[str, str]) -> dict[str, Any]:
    races = [RACES[word] for word in row["race"].split(";") if word in RACES]
    told: dict[str, Any] = {
        "races": [{"raceDescriptor": descriptor("Race", r)} for r in races]
    }
    if row["gender"]:
        told["sexDescriptor"] = descriptor("Sex", SEXES[row["gender"]])
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
                "schoolId": school_number(row["school_id"]),
                "nameOfInstitution": row["name"],
                "schoolCategories": [
                    {
                        "schoolCategoryDescriptor": descriptor(
                            "SchoolCategory", f"{row['level'].title()} School"
                        )
                    }
                ],
                "charterStatusDescriptor": descriptor(
                    "CharterStatus", "Not a Charter School"
                ),
                "localEducationAgencyReference": agency,
            }
            for row in tables["schools"]
        ],
        "calendarDates": [
            {
                "date": row["date"],
                "calendarReference": {"schoolId": school_number(row["school_id"])},
                "calendarEvents": [
                    {
                        "calendarEventDescriptor": descriptor(
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
                and descriptor("ExitWithdrawType", row["exit_code"]),
                "entryGradeLevelDescriptor": descriptor(
                    "GradeLevel", GRADES[row["grade"]]
                ),
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
                    "educationOrganizationId": school_number(row["school_id"])
                },
                "staffClassificationDescriptor": descriptor(
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
            return ABSENCES.get(row["reason"], "Absence")
        return {"tardy": "Tardy", "partial": "Partial"}[row["status"]]

    return {
        "studentSchoolAttendanceEvents": [
            _student(row)
            | _at_school(row)
            | {
                "eventDate": row["date"],
                "attendanceEventCategoryDescriptor": descriptor(
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
                "behaviorDescriptor": descriptor("Behavior", row["behavior"]),
            }
            for row in tables["incidents"]
        ],
        "disciplineActions": [
            _student(row)
            | {
                "disciplineDate": row["date"],
                "disciplines": [
                    {
                        "disciplineDescriptor": descriptor(
                            "Discipline", ACTIONS[row["action"]]
                        )
                    }
                ],
                "actualDisciplineActionLength": float(row["days_removed"])
                if row["days_removed"]
                else None,
                "responsibilitySchoolReference": {
                    "schoolId": school_number(row["school_id"])
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
        word = {"disabilityDescriptor": descriptor("Disability", row["detail"])}
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
                "sectionName": section_name(row),
                "courseOfferingReference": {
                    "localCourseCode": row["course_code"],
                    "schoolId": school_number(row["school_id"]),
                    "schoolYear": int(row["school_year"]),
                },
            }
            for row in tables["sections"]
        ],
        "staffSectionAssociations": [
            _staff(row)
            | _section(row)
            | {
                "classroomPositionDescriptor": descriptor(
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
                "gradebookEntryTypeDescriptor": descriptor(
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
                "submissionStatusDescriptor": descriptor(
                    "SubmissionStatus", STATES[row["status"]]
                )
                if row["status"] in STATES
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
                "whenAssessedGradeLevelDescriptor": descriptor(
                    "GradeLevel", GRADES[row["grade"]]
                ),
                "performanceLevels": [
                    {
                        "performanceLevelDescriptor": descriptor(
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
