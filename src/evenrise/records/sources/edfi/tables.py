"""Ed-Fi records as the tables of District CSV, in SQL over flattened records.

What the standard leaves open:

- An attendance event without a duration of its own is a whole day absent.
- An incident's action and days come from the discipline actions that name it and the
  student; an action that names no incident stands as an incident of its own.
- Several actions of one kind for one incident and student are one, days added.
- A section that meets in two sessions is one section.
- Only assignments to schools are kept: a person at the district office works in no
  school.
"""

# ruff: noqa: S608 - our own tables and literals

from __future__ import annotations

from evenrise.records.sources.cells import lookup
from evenrise.records.sources.edfi.records import GRADES, PROGRAMS, RACES, ROLES
from evenrise.records.sql import literal


_SEX = {"female": "F", "male": "M", "non-binary": "X", "nonbinary": "X"}
_YES = "('1', 'true', 'yes')"
_KIND = {
    "elementary": "elementary",
    "middle": "middle",
    "junior high": "middle",
    "high": "high",
}


def _grade(sql: str) -> str:
    return lookup(f"lower({sql})", dict(GRADES))


def _day(sql: str) -> str:
    return f"regexp_replace({sql}, '[T ].*$', '')"


def _races(sql: str) -> str:
    """A list of races, each in our word."""
    one = lookup("lower(trim(x))", dict(RACES))
    return (
        f"nullif(array_to_string(list_filter(list_transform(string_split("
        f"coalesce({sql}, ''), ';'), lambda x: {one}), lambda x: x IS NOT NULL), "
        "';'), '')"
    )


def schools() -> str:
    """Schools, with the level their category tells."""
    level = " ".join(
        f"WHEN contains(lower(s.category), {literal(word)}) THEN {literal(code)}"
        for word, code in _KIND.items()
    )
    return f"""
        SELECT s._file, s._row, s.code AS school_id, s.name,
            CASE {level} ELSE 'other' END AS level,
            coalesce(s.agency, a.code) AS district_id, a.name AS district_name,
            CASE WHEN s.charter IS NULL THEN NULL
                WHEN lower(s.charter) LIKE 'not %' THEN 'N' ELSE 'Y' END AS charter
        FROM edfi_School AS s LEFT JOIN edfi_LocalEducationAgency AS a
            ON a.code = s.agency OR a.id = s.agency_ref"""


def calendar() -> str:
    """Days of instruction."""
    return """
        SELECT _file, _row, school AS school_id, date,
            CASE WHEN lower(event) LIKE '%instructional day%'
                AND lower(event) NOT LIKE '%non-instructional%' THEN 'Y' ELSE 'N' END
                AS instructional
        FROM edfi_CalendarDate"""


def students(*, described: bool) -> str:
    """Students, with sex and race where the association is there."""
    said = (
        f"""{lookup("lower(a.sex)", dict(_SEX))} AS gender,
            CASE WHEN lower(a.hispanic) IN {_YES} THEN 'Y'
                WHEN a.hispanic IS NOT NULL THEN 'N' END AS hispanic,
            {_races("a.race")} AS race,"""
        if described
        else ""
    )
    return f"""
        SELECT s._file, s._row, s.student AS student_id, {said}
            s.given AS given_name, s.family AS family_name, s.born AS birth_date
        FROM edfi_Student AS s LEFT JOIN (
            SELECT student, max(sex) AS sex, max(hispanic) AS hispanic,
                max(race) AS race
            FROM edfi_StudentEducationOrganizationAssociation GROUP BY student) AS a
            ON a.student = s.student"""


def enrollments() -> str:
    """Stays in schools."""
    spring = "CASE WHEN month(d) >= 7 THEN year(d) + 1 ELSE year(d) END::VARCHAR"
    return f"""
        SELECT _file, _row, student AS student_id, school AS school_id,
            coalesce(year, {spring}) AS school_year, {_grade("grade")} AS grade,
            first AS entered_on, last AS left_on, why AS exit_code
        FROM (SELECT *, TRY_CAST(first AS DATE) AS d
            FROM edfi_StudentSchoolAssociation)"""


def attendance() -> str:
    """Attendance events: absences, and days late or in part."""
    kind = "lower(category)"
    return f"""
        SELECT _file, _row, student AS student_id, school AS school_id, date,
            CASE WHEN {kind} LIKE '%tardy%' THEN 'tardy'
                WHEN {kind} LIKE '%partial%' OR {kind} LIKE '%early departure%'
                THEN 'partial' WHEN {kind} LIKE '%absence%' OR {kind} LIKE '%absent%'
                THEN 'absent' WHEN {kind} LIKE '%attendance%' THEN 'present'
                ELSE category END AS status,
            CASE WHEN {kind} LIKE '%absence%' THEN coalesce(portion, '1')
                WHEN {kind} LIKE '%partial%' THEN portion END AS portion_absent,
            CASE WHEN {kind} LIKE '%unexcused%' THEN 'unexcused'
                WHEN {kind} LIKE '%medical%' OR {kind} LIKE '%illness%' THEN 'medical'
                WHEN {kind} LIKE '%excused%' THEN 'excused' END AS reason
        FROM edfi_StudentSchoolAttendanceEvent"""


def incidents() -> str:
    """Students' parts in incidents, with what the school did."""
    action = """CASE WHEN lower(action) LIKE '%in school susp%'
            OR lower(action) LIKE '%in-school susp%' THEN 'in_school_suspension'
        WHEN lower(action) LIKE '%out of school susp%'
            OR lower(action) LIKE '%out-of-school susp%' THEN 'out_of_school_suspension'
        WHEN lower(action) LIKE '%expulsion%' THEN 'expulsion'
        WHEN lower(action) LIKE '%restor%' THEN 'restorative' ELSE 'none' END"""
    return f"""
        WITH parts AS (
            SELECT b._file, b._row, b.student,
                coalesce(b.incident, i.incident) AS incident, i.school, i.date,
                b.behavior
            FROM edfi_StudentDisciplineIncidentBehaviorAssociation AS b
            LEFT JOIN edfi_DisciplineIncident AS i
                ON i.id = b.incident_ref OR i.incident = b.incident),
        acts AS (
            SELECT min(_file) AS _file, min(_row) AS _row, student, incident,
                act AS action,
                sum(TRY_CAST(days AS DOUBLE))::VARCHAR AS days, min(date) AS date,
                min(school) AS school
            FROM (SELECT *, {action} AS act FROM edfi_DisciplineAction) AS d
            GROUP BY ALL)
        SELECT coalesce(p._file, a._file) AS _file, coalesce(p._row, a._row) AS _row,
            coalesce(p.incident, a.incident, 'action ' || a._row) AS incident_id,
            coalesce(p.student, a.student) AS student_id,
            coalesce(p.school, a.school) AS school_id, coalesce(p.date, a.date) AS date,
            p.behavior, coalesce(a.action, 'none') AS action, a.days AS days_removed
        FROM parts AS p FULL JOIN acts AS a
            ON a.incident = p.incident AND a.student = p.student"""


def programs(given: frozenset[str]) -> str:
    """Programs that students take part in."""
    return " UNION ALL ".join(
        f"""SELECT _file, _row, student AS student_id, {literal(program)} AS program,
            first AS started_on, last AS ended_on, detail FROM edfi_{kind}"""
        for kind, program in PROGRAMS.items()
        if kind in given
    )


def staff() -> str:
    """Staff, each once."""
    return f"""
        SELECT _file, _row, staff AS staff_id, given AS given_name,
            family AS family_name, {lookup("lower(sex)", dict(_SEX))} AS gender,
            CASE WHEN lower(hispanic) IN {_YES} THEN 'Y' WHEN hispanic IS NOT NULL
                THEN 'N' END AS hispanic, {_races("race")} AS race,
            years AS years_experience
        FROM edfi_Staff"""


def staff_assignments(spring: int) -> str:
    """Who works in which school, and as what."""
    return f"""
        SELECT a._file, a._row, a.staff AS staff_id, a.school AS school_id,
            coalesce((SELECT max(year) FROM edfi_Section), {literal(str(spring))})
                AS school_year,
            coalesce({lookup("lower(a.role)", dict(ROLES))}, 'other') AS role, a.fte,
            a.first AS started_on, a.last AS ended_on
        FROM edfi_StaffEducationOrganizationAssignmentAssociation AS a
        WHERE a.school IN (SELECT code FROM edfi_School)"""


def sections(subject: str) -> str:
    """Sections with their teacher of record; `subject` is SQL over `s.name`."""
    return f"""
        SELECT s._file, s._row, s.section AS section_id, s.school AS school_id,
            s.year AS school_year, s.course AS course_code, s.name AS title,
            coalesce({subject}, 'other') AS subject, t.staff AS staff_id
        FROM edfi_Section AS s LEFT JOIN (
            SELECT section, min(staff) AS staff FROM edfi_StaffSectionAssociation
            WHERE lower(position) LIKE '%teacher of record%' GROUP BY section) AS t
            ON t.section = s.section
        QUALIFY row_number() OVER (
            PARTITION BY s.section, s.school ORDER BY s.year, s._row) = 1"""


def rosters() -> str:
    """Students in sections."""
    return """
        SELECT _file, _row, section AS section_id, student AS student_id,
            first AS started_on, last AS ended_on
        FROM edfi_StudentSectionAssociation"""


def assignments() -> str:
    """Gradebook entries."""
    return """
        SELECT _file, _row, entry AS assignment_id, section AS section_id, title,
            kind AS category, first AS assigned_on, due AS due_on,
            most AS points_possible
        FROM edfi_GradebookEntry"""


def scores() -> str:
    """Students' gradebook entries; the words of feedback are not stored."""
    return f"""
        SELECT _file, _row, entry AS assignment_id, student AS student_id, score,
            CASE WHEN lower(state) LIKE '%graded%' OR score IS NOT NULL THEN 'scored'
                WHEN lower(state) LIKE '%missing%' THEN 'missing'
                WHEN lower(state) LIKE '%excused%' OR lower(state) LIKE '%exempt%'
                THEN 'exempt' WHEN lower(state) LIKE '%not submitted%'
                THEN 'not_submitted' END AS status,
            {_day("date")} AS scored_on,
            CASE WHEN words IS NULL THEN 'N' ELSE 'Y' END AS has_comment
        FROM edfi_StudentGradebookEntry"""


def assessments() -> str:
    """Results on assessments, where the level says whether the standard was met."""
    level = "lower(level)"
    return f"""
        SELECT _file, _row, student AS student_id, test AS assessment,
            CASE WHEN lower(test) LIKE '%math%' THEN 'math'
                WHEN lower(test) LIKE '%read%' OR lower(test) LIKE '%english%'
                OR lower(test) LIKE '%ela%' OR lower(test) LIKE '%writing%' THEN 'ela'
                WHEN lower(test) LIKE '%science%' THEN 'science' ELSE 'other' END
                AS subject,
            {_day("date")} AS taken_on, {_grade("grade")} AS grade,
            CASE WHEN {level} LIKE '%not meet%' OR {level} LIKE '%not met%'
                OR {level} LIKE '%below%' THEN 'N' WHEN {level} LIKE '%me%t%standard%'
                OR {level} LIKE '%pass%' OR {level} LIKE '%proficient%'
                OR {level} LIKE '%commended%' THEN 'Y' END AS met_standard
        FROM edfi_StudentAssessment"""
