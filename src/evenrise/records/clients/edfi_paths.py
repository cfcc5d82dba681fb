"""From which resource of the Ed-Fi API, and which paths in it, each column comes.

The kinds and the names on the left are those of the Ed-Fi source
(`sources/edfi/records.py`); the paths are those of the JSON of the data management API,
Data Standard 3 to 5, the newest first. In JSON a descriptor's name ends in
`Descriptor`, lists have plural names, and `Identity` wrappers are gone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paths:
    """A resource's name in the API, and the path of each column."""

    name: str
    paths: dict[str, str]


def _of(name: str, words: str) -> Paths:
    """`words` are `column=path`, separated by spaces."""
    return Paths(
        name,
        {
            column: path
            for column, _, path in (word.partition("=") for word in words.split())
        },
    )


_STUDENT = "student=studentReference.studentUniqueId "
_SCHOOL = "school=schoolReference.schoolId "
_PROGRAM = _STUDENT + "first=beginDate last=endDate "
_PERSON = "given=preferredFirstName|firstName family=preferredLastSurname|lastSurname "
_WHO = "sex=sexDescriptor hispanic=hispanicLatinoEthnicity race=races.raceDescriptor "

RESOURCES: dict[str, Paths] = {
    "LocalEducationAgency": _of(
        "localEducationAgencies", "code=localEducationAgencyId name=nameOfInstitution"
    ),
    "School": _of(
        "schools",
        "code=schoolId name=nameOfInstitution "
        "category=schoolCategories.schoolCategoryDescriptor "
        "grades=gradeLevels.gradeLevelDescriptor charter=charterStatusDescriptor "
        "agency=localEducationAgencyReference.localEducationAgencyId",
    ),
    "CalendarDate": _of(
        "calendarDates",
        "date=date event=calendarEvents.calendarEventDescriptor "
        "school=calendarReference.schoolId",
    ),
    "Student": _of("students", f"student=studentUniqueId {_PERSON} born=birthDate"),
    "StudentEducationOrganizationAssociation": _of(
        "studentEducationOrganizationAssociations", _STUDENT + _WHO
    ),
    "StudentSchoolAssociation": _of(
        "studentSchoolAssociations",
        f"{_STUDENT}{_SCHOOL} first=entryDate last=exitWithdrawDate "
        "why=exitWithdrawTypeDescriptor grade=entryGradeLevelDescriptor "
        "year=schoolYearTypeReference.schoolYear",
    ),
    "StudentSchoolAttendanceEvent": _of(
        "studentSchoolAttendanceEvents",
        f"{_STUDENT}{_SCHOOL} date=eventDate "
        "category=attendanceEventCategoryDescriptor portion=eventDuration",
    ),
    "DisciplineIncident": _of(
        "disciplineIncidents",
        f"{_SCHOOL} incident=incidentIdentifier date=incidentDate",
    ),
    "StudentDisciplineIncidentBehaviorAssociation": _of(
        "studentDisciplineIncidentBehaviorAssociations",
        f"{_STUDENT} incident=disciplineIncidentReference.incidentIdentifier "
        "behavior=behaviorDescriptor",
    ),
    "DisciplineAction": _of(
        "disciplineActions",
        f"{_STUDENT} incident=studentDisciplineIncidentBehaviorAssociations."
        "studentDisciplineIncidentBehaviorAssociationReference.incidentIdentifier "
        "action=disciplines.disciplineDescriptor "
        "days=actualDisciplineActionLength|disciplineActionLength date=disciplineDate "
        "school=responsibilitySchoolReference.schoolId",
    ),
    "StudentSpecialEducationProgramAssociation": _of(
        "studentSpecialEducationProgramAssociations",
        f"{_PROGRAM} detail=disabilities.disabilityDescriptor",
    ),
    "StudentLanguageInstructionProgramAssociation": _of(
        "studentLanguageInstructionProgramAssociations", _PROGRAM
    ),
    "StudentHomelessProgramAssociation": _of(
        "studentHomelessProgramAssociations",
        f"{_PROGRAM} detail=homelessPrimaryNighttimeResidenceDescriptor",
    ),
    "StudentMigrantEducationProgramAssociation": _of(
        "studentMigrantEducationProgramAssociations", _PROGRAM
    ),
    "StudentSchoolFoodServiceProgramAssociation": _of(
        "studentSchoolFoodServiceProgramAssociations",
        f"{_PROGRAM} detail=schoolFoodServiceProgramServices."
        "schoolFoodServiceProgramServiceDescriptor",
    ),
    "StudentSection504ProgramAssociation": _of(
        "studentSection504ProgramAssociations", _PROGRAM
    ),
    "Staff": _of(
        "staffs",
        f"staff=staffUniqueId {_PERSON}{_WHO} years=yearsOfPriorProfessionalExperience",
    ),
    "StaffEducationOrganizationAssignmentAssociation": _of(
        "staffEducationOrganizationAssignmentAssociations",
        "staff=staffReference.staffUniqueId "
        "school=educationOrganizationReference.educationOrganizationId "
        "role=staffClassificationDescriptor fte=fullTimeEquivalency first=beginDate "
        "last=endDate",
    ),
    "StaffSectionAssociation": _of(
        "staffSectionAssociations",
        "staff=staffReference.staffUniqueId section=sectionReference.sectionIdentifier "
        "position=classroomPositionDescriptor",
    ),
    "Section": _of(
        "sections",
        "section=sectionIdentifier name=sectionName "
        "course=courseOfferingReference.localCourseCode "
        "school=courseOfferingReference.schoolId|locationSchoolReference.schoolId "
        "year=courseOfferingReference.schoolYear",
    ),
    "StudentSectionAssociation": _of(
        "studentSectionAssociations",
        f"{_STUDENT} section=sectionReference.sectionIdentifier first=beginDate "
        "last=endDate",
    ),
    "GradebookEntry": _of(
        "gradebookEntries",
        "entry=gradebookEntryIdentifier "
        "section=sectionReference.sectionIdentifier|sourceSectionIdentifier "
        "title=title kind=gradebookEntryTypeDescriptor first=dateAssigned due=dueDate "
        "most=maxPoints",
    ),
    "StudentGradebookEntry": _of(
        "studentGradebookEntries",
        "student=studentReference.studentUniqueId|"
        "studentSectionAssociationReference.studentUniqueId "
        "entry=gradebookEntryReference.gradebookEntryIdentifier "
        "score=pointsEarned|numericGradeEarned state=submissionStatusDescriptor "
        "date=dateFulfilled words=?diagnosticStatement",
    ),
    "StudentAssessment": _of(
        "studentAssessments",
        f"{_STUDENT} test=assessmentReference.assessmentIdentifier "
        "date=administrationDate grade=whenAssessedGradeLevelDescriptor "
        "level=performanceLevels.performanceLevelDescriptor",
    ),
}
