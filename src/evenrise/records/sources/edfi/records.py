"""Ed-Fi records and the columns of theirs that Evenrise reads.

Data Standard 3 to 5: names moved between versions, so every column lists what it was
called, folded, the newest first. A kind that is not listed is told and left aside.
"""

from __future__ import annotations


_STUDENT = {"student": "studentreferencestudentuniqueid"}
_SCHOOL = {"school": "schoolreferenceschoolid"}
_PROGRAM = _STUDENT | {"first": "begindate", "last": "enddate"}

# Kind > name used here > folded columns, separated by spaces.
RECORDS: dict[str, dict[str, str]] = {
    "LocalEducationAgency": {
        "id": "id",
        "code": "localeducationagencyid educationorganizationidentificationcode"
        "identificationcode",
        "name": "nameofinstitution",
    },
    "School": {
        "id": "id",
        "code": "schoolid",
        "name": "nameofinstitution",
        "category": "schoolcategory",
        "grades": "gradelevel",
        "charter": "charterstatus",
        "agency": "localeducationagencyreferencelocaleducationagencyid",
        "agency_ref": "localeducationagencyreferenceref",
    },
    "CalendarDate": {
        "date": "date",
        "event": "calendareventcalendarevent calendarevent",
        "school": "calendarreferenceschoolreferenceschoolid",
    },
    "Student": {
        "student": "studentuniqueid",
        "given": "namepreferredfirstname namefirstname",
        "family": "namepreferredlastsurname namelastsurname",
        "born": "birthdatabirthdate",
    },
    "StudentEducationOrganizationAssociation": _STUDENT
    | {
        "sex": "sex",
        "hispanic": "hispaniclatinoethnicity",
        "race": "race racerace",
    },
    "StudentSchoolAssociation": _STUDENT
    | _SCHOOL
    | {
        "first": "entrydate",
        "last": "exitwithdrawdate",
        "why": "exitwithdrawtype",
        "grade": "entrygradelevel",
        "year": "schoolyear schoolyeartypereferenceschoolyear",
    },
    "StudentSchoolAttendanceEvent": _STUDENT
    | _SCHOOL
    | {
        "date": "attendanceeventeventdate eventdate",
        "category": "attendanceeventattendanceeventcategory attendanceeventcategory",
        "portion": "attendanceeventeventduration eventduration",
    },
    "DisciplineIncident": _SCHOOL
    | {"id": "id", "incident": "incidentidentifier", "date": "incidentdate"},
    "StudentDisciplineIncidentBehaviorAssociation": _STUDENT
    | {
        "incident": "disciplineincidentreferenceincidentidentifier",
        "incident_ref": "disciplineincidentreferenceref",
        "behavior": "behavior",
    },
    "DisciplineAction": _STUDENT
    | {
        "incident": "studentdisciplineincidentbehaviorassociationreference"
        "disciplineincidentreferenceincidentidentifier",
        "action": "discipline",
        "days": "actualdisciplineactionlength disciplineactionlength",
        "date": "disciplinedate",
        "school": "responsibilityschoolreferenceschoolid",
    },
    "StudentSpecialEducationProgramAssociation": _PROGRAM
    | {"detail": "disabilitydisability"},
    "StudentLanguageInstructionProgramAssociation": _PROGRAM | {"detail": "none"},
    "StudentHomelessProgramAssociation": _PROGRAM
    | {"detail": "homelessprimarynighttimeresidence"},
    "StudentMigrantEducationProgramAssociation": _PROGRAM | {"detail": "none"},
    "StudentSchoolFoodServiceProgramAssociation": _PROGRAM
    | {"detail": "schoolfoodserviceprogramserviceschoolfoodserviceprogramservice"},
    "StudentSection504ProgramAssociation": _PROGRAM | {"detail": "none"},
    "Staff": {
        "staff": "staffuniqueid",
        "given": "namepreferredfirstname namefirstname",
        "family": "namepreferredlastsurname namelastsurname",
        "sex": "sex",
        "hispanic": "hispaniclatinoethnicity",
        "race": "race racerace",
        "years": "yearsofpriorprofessionalexperience",
    },
    "StaffEducationOrganizationAssignmentAssociation": {
        "staff": "staffreferencestaffuniqueid",
        "school": "educationorganizationreferenceeducationorganizationid",
        "role": "staffclassification",
        "fte": "fulltimeequivalency",
        "first": "begindate",
        "last": "enddate",
    },
    "StaffSectionAssociation": {
        "staff": "staffreferencestaffuniqueid",
        "section": "sectionreferencesectionidentifier",
        "position": "classroomposition",
    },
    "Section": {
        "section": "sectionidentifier",
        "name": "sectionname",
        "course": "courseofferingreferencelocalcoursecode",
        "school": "courseofferingreferenceschoolreferenceschoolid "
        "locationschoolreferenceschoolid",
        "year": "courseofferingreferencesessionreferenceschoolyear",
    },
    "StudentSectionAssociation": _STUDENT
    | {
        "section": "sectionreferencesectionidentifier",
        "first": "begindate",
        "last": "enddate",
    },
    "GradebookEntry": {
        "entry": "gradebookentryidentifier",
        "section": "sectionreferencesectionidentifier sourcesectionidentifier",
        "title": "title",
        "kind": "gradebookentrytype",
        "first": "dateassigned",
        "due": "duedate",
        "most": "maxpoints",
    },
    "StudentGradebookEntry": _STUDENT
    | {
        "entry": "gradebookentryreferencegradebookentryidentifier",
        "score": "pointsearned numericgradeearned",
        "state": "submissionstatus",
        "date": "datefulfilled",
        "words": "diagnosticstatement",
    },
    "StudentAssessment": _STUDENT
    | {
        "test": "assessmentreferenceassessmentidentifier",
        "date": "administrationdate",
        "grade": "whenassessedgradelevel",
        "level": "performancelevelperformancelevel",
    },
}
PROGRAMS = {
    "StudentSpecialEducationProgramAssociation": "disability",
    "StudentLanguageInstructionProgramAssociation": "english_learner",
    "StudentHomelessProgramAssociation": "homeless",
    "StudentMigrantEducationProgramAssociation": "migrant",
    "StudentSchoolFoodServiceProgramAssociation": "low_income",
    "StudentSection504ProgramAssociation": "section_504",
}
GRADES = {
    "transitional kindergarten": "TK",
    "kindergarten": "KG",
    **{
        f"{word} grade": f"{number:02d}"
        for number, word in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
            ],
            start=1,
        )
    },
}
RACES = {
    "american indian or alaska native": "american_indian",
    "american indian - alaska native": "american_indian",
    "asian": "asian",
    "black - african american": "black",
    "black or african american": "black",
    "native hawaiian - pacific islander": "pacific_islander",
    "native hawaiian or other pacific islander": "pacific_islander",
    "white": "white",
    "other": "other",
}
ROLES = {
    "teacher": "teacher",
    "counselor": "counselor",
    "principal": "principal",
    "assistant principal": "assistant_principal",
    "instructional coordinator": "coach",
    "instructional aide": "aide",
    "substitute teacher": "teacher",
    "lea administrator": "central",
    "lea administrative support staff": "central",
    "superintendent": "central",
    "librarians/media specialists": "specialist",
    "librarian": "specialist",
    "school specialist": "specialist",
}
