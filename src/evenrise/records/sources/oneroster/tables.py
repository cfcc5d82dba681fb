"""OneRoster's files as the tables of District CSV, in SQL over the merged files.

Where the standard leaves a choice:

- A student, member of staff or school keeps its `sourcedId`, unless `district.toml`
  says `[mappings.oneroster] student_id = "identifier"` (or `staff_id`, `school_id`),
  so that attendance files with the district's own numbers join.
- A stay in a school runs from a student's first class there in a school year to the
  last one; a student with a school and no class stays from the session's first day.
- A school year is that of a class's term; without one, that of its first day; without
  either, that of the day of the import.
- A school's level is told by the grades of its students, then by its name.
"""

# ruff: noqa: S608 - names come from the desk, values pass through literal()

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evenrise.records.sources.cells import distinct, lookup, school_years
from evenrise.records.sources.oneroster.merge import Roster
from evenrise.records.sql import literal
from evenrise.vocabulary.school_year import SchoolYear


STAFF_ROLES = {
    "teacher": "teacher",
    "aide": "aide",
    "counselor": "counselor",
    "principal": "principal",
    "siteadministrator": "other",
    "administrator": "other",
    "districtadministrator": "central",
    "systemadministrator": "central",
    "proctor": "other",
}
SEXES = {"female": "F", "f": "F", "male": "M", "m": "M", "other": "X", "x": "X"}
RACES = {
    "americanindianoralaskanative": "american_indian",
    "asian": "asian",
    "blackorafricanamerican": "black",
    "nativehawaiianorotherpacificislander": "pacific_islander",
    "white": "white",
}
GRADE_WORDS = {"TK": "TK", "KG": "KG", "K": "KG", "PR": "PR", "PK": "PK", "IT": "IT"}
# A grade's place in order, for the span a school serves.
_GRADE_ORDER = {"TK": -1, "KG": 0} | {f"{n:02d}": n for n in range(1, 13)}
_YES = "('true', 'y', 'yes', '1', 't')"

# Words of a subject or title, most telling first.
SUBJECT_WORDS = (
    ("ela", "language arts"),  # before the arts
    ("ethnic_studies", "ethnic stud|chicano|african american stud"),
    ("world_language", "spanish|french|mandarin|chinese|japanese|latin|world lang"),
    ("math", r"math|algebra|geometry|calculus|statistics|trigonometry"),
    ("science", "science|biology|chemistry|physics|anatomy|astronomy|geology"),
    ("social_science", "history|social|government|civics|economics|geography|psychol"),
    ("pe", r"physical ed|\bp\.?e\.?\b|\bathletics"),
    (
        "arts",
        r"\barts?\b|music|band|orchestra|choir|theat|drama|dance|photograph|visual",
    ),
    ("ela", "english|language arts|reading|literature|writing|composition|journalism"),
    ("cte", "career|technical|cte|engineering|business|culinary|automotive"),
)
LEVEL_WORDS = (
    ("ap", r"(^|[^a-z])ap([^a-z]|$)|advanced placement"),
    ("ib", r"(^|[^a-z])ib([^a-z]|$)|international bacc"),
    ("dual", "dual enroll|concurrent enroll|dual credit"),
    ("honors", r"honou?rs|(^|[^a-z])hn?rs([^a-z]|$)"),
    ("cte", r"(^|[^a-z])cte([^a-z]|$)|career tech"),
)


@dataclass(frozen=True, slots=True)
class Ids:
    """Which column names a student, a member of staff, a school."""

    student: str
    staff: str
    school: str

    @classmethod
    def of(cls, mappings: Mapping[str, object]) -> Ids:
        """From `[mappings.oneroster]` of the district's settings."""
        own = mappings.get("oneroster", {})
        chosen = own if isinstance(own, Mapping) else {}

        def one(name: str) -> str:
            identifier = str(chosen.get(name, "")).casefold() == "identifier"
            return "coalesce(identifier, sourcedid)" if identifier else "sourcedid"

        return cls(one("student_id"), one("staff_id"), one("school_id"))


def day(sql: str) -> str:
    """The day of a date or of a moment such as `2026-09-15T00:00:00.000Z`."""
    return f"regexp_replace({sql}, '[T ].*$', '')"


def first_grade(sql: str) -> str:
    """The first grade of a list, with K as KG and 9 as 09; others as they are."""
    one = f"upper(trim(split_part({sql}, ',', 1)))"
    return (
        f"coalesce({lookup(one, dict(GRADE_WORDS))}, CASE WHEN "
        f"regexp_full_match({one}, '[0-9]') THEN '0' || {one} ELSE nullif({one}, '') "
        "END)"
    )


def worded(sql: str, words: tuple[tuple[str, str], ...]) -> str:
    """The first word whose pattern a text matches; NULL when none does."""
    arms = " ".join(
        f"WHEN regexp_matches({sql}, {literal(pattern)}) THEN {literal(word)}"
        for word, pattern in words
    )
    return f"CASE {arms} END"


def prepare(roster: Roster, as_of: SchoolYear, ids: Ids) -> None:
    """Temporary tables that every query below stands on.

    `or_sessions` (id, spring, first, last), `or_people` (a user with id, role, grade),
    `or_schools`, `or_classes` (with spring and school), `or_seats` (class rosters).
    """
    con, tables = roster.desk.con, roster.tables
    years = school_years(distinct(con, tables["academicSessions"], "schoolyear"))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_sessions AS
        SELECT sourcedid AS id, {lookup("schoolyear", dict(years))}::INTEGER AS spring,
            {day("startdate")} AS first, {day("enddate")} AS last
        FROM {tables["academicSessions"]}""")
    con.execute("""
        CREATE OR REPLACE TEMP TABLE or_years AS
        SELECT spring, min(first) AS first, max(last) AS last FROM or_sessions
        WHERE spring IS NOT NULL GROUP BY spring""")
    _people(roster, ids)
    _schools(roster, ids)
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_terms AS
        SELECT c.sourcedid AS class, min(s.spring) AS spring, min(s.first) AS first,
            max(s.last) AS last
        FROM (SELECT sourcedid, unnest(string_split(termsourcedids, ',')) AS term
            FROM {tables["classes"]}) AS c
        JOIN or_sessions AS s ON s.id = trim(c.term)
        GROUP BY c.sourcedid""")
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_seats AS
        SELECT e._file, e._row, e.classsourcedid AS class, e.schoolsourcedid AS org,
            e.usersourcedid AS person, lower(e.role) AS role,
            coalesce(lower(e."primary") IN {_YES}, FALSE) AS main,
            {day("e.begindate")} AS first, {day("e.enddate")} AS last
        FROM {tables["enrollments"]} AS e
        WHERE NOT (coalesce(lower(e.status), '') = 'inactive' AND e.enddate IS NULL)""")
    spring = "CASE WHEN month(d) >= 7 THEN year(d) + 1 ELSE year(d) END"
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_classes AS
        SELECT c.*, coalesce(t.spring, (SELECT {spring} FROM (
                SELECT TRY_CAST(min(first) AS DATE) AS d FROM or_seats
                WHERE class = c.sourcedid)), {as_of.spring}) AS spring,
            t.first AS term_first, t.last AS term_last
        FROM {tables["classes"]} AS c LEFT JOIN or_terms AS t ON t.class = c.sourcedid
        """)


def _people(roster: Roster, ids: Ids) -> None:
    """Users with their roles: their own (1.1) or those of roles.csv (1.2)."""
    con, tables = roster.desk.con, roster.tables
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_roles AS
        SELECT u.sourcedid AS person, lower(trim(u.role)) AS role,
            trim(o.org) AS org, NULL::VARCHAR AS first, NULL::VARCHAR AS last
        FROM {tables["users"]} AS u,
            unnest(string_split(coalesce(u.orgsourcedids, u.primaryorgsourcedid, ''),
                ',')) AS o(org)
        WHERE u.role IS NOT NULL
        UNION ALL
        SELECT usersourcedid, lower(trim(role)), trim(orgsourcedid),
            {day("begindate")}, {day("enddate")}
        FROM {tables["roles"]}""")
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_people AS
        SELECT u.*, r.student, r.staff, CASE WHEN r.student THEN {ids.student}
            ELSE {ids.staff} END AS id, {first_grade("grades")} AS grade
        FROM {tables["users"]} AS u JOIN (
            SELECT person, bool_or(role = 'student') AS student,
                bool_or(role NOT IN ('student', 'parent', 'guardian', 'relative'))
                    AS staff
            FROM or_roles GROUP BY person) AS r ON r.person = u.sourcedid""")


def _schools(roster: Roster, ids: Ids) -> None:
    con, tables = roster.desk.con, roster.tables
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE or_schools AS
        SELECT *, {ids.school} AS id FROM {tables["orgs"]}
        WHERE lower(type) = 'school' OR sourcedid IN (
            SELECT schoolsourcedid FROM {tables["classes"]}
            UNION SELECT schoolsourcedid FROM {tables["enrollments"]})""")


def schools() -> str:
    """The schools, each with the level its students' grades tell."""
    span = "CASE WHEN low IS NULL THEN {} {} ELSE 'other' END"
    by_name = worded(
        "lower(o.name)",
        (
            ("elementary", "elementary|primary|primaria"),
            ("middle", "middle|intermediate|junior high|secundaria"),
            ("high", "high|preparatoria"),
        ),
    )
    level = span.format(
        f"coalesce({by_name}, 'other')",
        "WHEN high <= 6 THEN 'elementary' WHEN low >= 9 THEN 'high' "
        "WHEN low >= 5 AND high <= 9 THEN 'middle' WHEN low >= 6 THEN 'high' "
        "WHEN high <= 9 THEN 'k8' WHEN low <= 5 THEN 'k12'",
    )
    return f"""
        WITH spans AS (
            SELECT r.org, min({_order("p.grade")}) AS low, max({_order("p.grade")})
                AS high
            FROM or_people AS p JOIN or_roles AS r ON r.person = p.sourcedid
            WHERE p.student AND r.role = 'student' GROUP BY r.org)
        SELECT o._file, o._row, o.id AS school_id, o.name, {level} AS level,
            d.sourcedid AS district_id, d.name AS district_name
        FROM or_schools AS o LEFT JOIN spans AS s ON s.org = o.sourcedid
        LEFT JOIN oneroster_orgs AS d ON d.sourcedid = o.parentsourcedid"""


def _order(sql: str) -> str:
    return lookup(sql, dict(_GRADE_ORDER))


def students(*, with_demographics: bool) -> str:
    """The students, with what demographics.csv says of them."""
    yes = {name: f"lower(d.{name}) IN {_YES}" for name in RACES}
    races = ", ".join(
        f"CASE WHEN {test} THEN {literal(RACES[name])} END"
        for name, test in yes.items()
    )
    several = f"lower(d.demographicracetwoormoreraces) IN {_YES}"
    said = (
        f"""{lookup("lower(d.sex)", dict(SEXES))} AS gender,
            {day("d.birthdate")} AS birth_date,
            CASE WHEN lower(d.hispanicorlatinoethnicity) IN {_YES} THEN 'Y'
                WHEN d.hispanicorlatinoethnicity IS NOT NULL THEN 'N' END AS hispanic,
            nullif(concat_ws(';', {races}), '') AS race,
            CASE WHEN {several} AND concat_ws('', {races}) = ''
                THEN 'two_or_more' END AS race_ethnicity,"""
        if with_demographics
        else ""
    )
    return f"""
        SELECT u._file, u._row, u.id AS student_id, {said}
            coalesce(u.preferredgivenname, u.givenname) AS given_name,
            coalesce(u.preferredfamilyname, u.familyname) AS family_name
        FROM or_people AS u
        LEFT JOIN oneroster_demographics AS d ON d.sourcedid = u.sourcedid
        WHERE u.student"""


def stays(as_of: SchoolYear) -> str:
    """Stays in schools: from the first class there in a year to the last."""
    return f"""
        WITH spells AS (
            SELECT s._file, s._row, s.person, coalesce(s.org, c.schoolsourcedid) AS org,
                c.spring, coalesce(s.first, c.term_first) AS first,
                coalesce(s.last, c.term_last) AS last
            FROM or_seats AS s JOIN or_classes AS c ON c.sourcedid = s.class
            WHERE s.role = 'student'
            UNION ALL
            SELECT u._file, u._row, u.sourcedid, r.org,
                coalesce(y.spring, {as_of.spring}), coalesce(r.first, y.first,
                {literal(as_of.first_day.isoformat())}), r.last
            FROM or_people AS u JOIN or_roles AS r ON r.person = u.sourcedid
            LEFT JOIN (SELECT * FROM or_years ORDER BY spring DESC LIMIT 1) AS y ON TRUE
            WHERE r.role = 'student' AND NOT EXISTS (
                SELECT 1 FROM or_seats AS s WHERE s.person = u.sourcedid
                AND s.org = r.org AND s.role = 'student'))
        SELECT min(s._file) AS _file, min(s._row) AS _row, u.id AS student_id,
            o.id AS school_id, s.spring::VARCHAR AS school_year, u.grade,
            coalesce(min(s.first), min(y.first),
                {literal(as_of.first_day.isoformat())}) AS entered_on,
            CASE WHEN count(*) = count(s.last) THEN max(s.last) END AS left_on
        FROM spells AS s JOIN or_people AS u ON u.sourcedid = s.person AND u.student
        JOIN or_schools AS o ON o.sourcedid = s.org
        LEFT JOIN or_years AS y ON y.spring = s.spring
        GROUP BY u.id, o.id, s.spring, u.grade"""


def staff() -> str:
    """Everybody who is neither a student nor family."""
    return """
        SELECT _file, _row, id AS staff_id,
            coalesce(preferredgivenname, givenname) AS given_name,
            coalesce(preferredfamilyname, familyname) AS family_name
        FROM or_people WHERE staff AND NOT student"""


def staff_assignments(as_of: SchoolYear) -> str:
    """Who works in which school, and as what; of the latest year in the files."""
    return f"""
        SELECT min(u._file) AS _file, min(u._row) AS _row, u.id AS staff_id,
            o.id AS school_id, any_value(coalesce(y.spring, {as_of.spring}))::VARCHAR
                AS school_year,
            coalesce({lookup("r.role", dict(STAFF_ROLES))}, 'other') AS role,
            min(r.first) AS started_on, max(r.last) AS ended_on
        FROM or_people AS u JOIN or_roles AS r ON r.person = u.sourcedid
        JOIN or_schools AS o ON o.sourcedid = r.org
        LEFT JOIN (SELECT max(spring) AS spring FROM or_years) AS y ON TRUE
        WHERE u.staff AND NOT u.student
        GROUP BY u.id, o.id, 6"""


def sections() -> str:
    """Classes, with the title and subject of their course and their main teacher."""
    words = "lower(concat_ws(' ', c.subjects, k.subjects))"
    titles = "lower(concat_ws(' ', k.title, c.title))"
    subject = (
        f"coalesce({worded(words, SUBJECT_WORDS)}, {worded(titles, SUBJECT_WORDS)}, "
        "'other')"
    )
    level = worded(f"{words} || ' ' || {titles}", LEVEL_WORDS)
    return f"""
        SELECT c._file, c._row, c.sourcedid AS section_id, o.id AS school_id,
            c.spring::VARCHAR AS school_year,
            coalesce(k.coursecode, c.classcode) AS course_code,
            coalesce(k.title, c.title) AS title, {subject} AS subject,
            {level} AS level, t.id AS staff_id
        FROM or_classes AS c
        LEFT JOIN oneroster_courses AS k ON k.sourcedid = c.coursesourcedid
        LEFT JOIN or_schools AS o ON o.sourcedid = c.schoolsourcedid
        LEFT JOIN (
            SELECT s.class, arg_min(u.id, (NOT s.main, u.id)) AS id FROM or_seats AS s
            JOIN or_people AS u ON u.sourcedid = s.person WHERE s.role = 'teacher'
            GROUP BY s.class) AS t ON t.class = c.sourcedid"""


def rosters() -> str:
    """Students in classes; a seat of a stranger is kept, to be asked about."""
    return """
        SELECT s._file, s._row, s.class AS section_id,
            coalesce(u.id, s.person) AS student_id, s.first AS started_on,
            s.last AS ended_on
        FROM or_seats AS s LEFT JOIN or_people AS u ON u.sourcedid = s.person
        WHERE s.role = 'student'"""


def assignments() -> str:
    """Line items: the work that was set."""
    return f"""
        SELECT i._file, i._row, i.sourcedid AS assignment_id,
            i.classsourcedid AS section_id, i.title, c.title AS category,
            {day("i.assigndate")} AS assigned_on, {day("i.duedate")} AS due_on,
            i.resultvaluemax AS points_possible
        FROM oneroster_lineitems AS i
        LEFT JOIN oneroster_categories AS c ON c.sourcedid = i.categorysourcedid"""


def scores() -> str:
    """Results: the work that was marked; the words of a comment are not stored."""
    statuses = {
        "exempt": "exempt",
        "fully graded": "scored",
        "partially graded": "scored",
        "not submitted": "not_submitted",
    }
    return f"""
        SELECT r._file, r._row, r.lineitemsourcedid AS assignment_id,
            coalesce(u.id, r.studentsourcedid) AS student_id, r.score,
            CASE WHEN lower(r.missing) IN {_YES} THEN 'missing'
                ELSE {lookup("lower(r.scorestatus)", dict(statuses))} END AS status,
            {day("r.scoredate")} AS scored_on,
            CASE WHEN r.comment IS NULL THEN 'N' ELSE 'Y' END AS has_comment
        FROM oneroster_results AS r
        LEFT JOIN or_people AS u ON u.sourcedid = r.studentsourcedid"""
