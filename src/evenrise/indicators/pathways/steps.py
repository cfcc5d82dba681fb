"""The SQL behind pathways, step by step; the meaning stands in `compute.py`."""

# ruff: noqa: S608 - our own names; ids pass `literal`, days and numbers are typed

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.indicators.pathways.asked import AREAS, GRADES, Asked
from evenrise.vocabulary.school_year import SchoolYear


_HIGH = ", ".join(f"'{grade}'" for grade in GRADES)
_GOOD = "'A+', 'A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C-'"  # UC takes no signs
_PASSED = f"{_GOOD}, 'D+', 'D', 'D-', 'P', 'CR'"


@dataclass(frozen=True, slots=True)
class Sources:
    """SQL for the rows of each table, narrowed to whom one asks about."""

    enrollments: str
    marks: str
    sections: str
    rosters: str
    completions: str


def home(source: Sources, as_of: dt.date, year: int) -> str:
    """SQL: student_id, school_id, grade, school_year of students in grades 9 to 12.

    The grade is that of the open stay that began last, or else of the last stay of the
    school year. Who is enrolled is the directory's to say.

    Args:
        source: the rows.
        as_of: the day.
        year: the latest school year that has begun, by its spring.
    """
    day = f"DATE '{as_of}'"
    end = f"DATE '{min(as_of, dt.date(year, 6, 1))}'"
    return (
        "SELECT student_id, school_id, grade, school_year FROM (SELECT student_id, "
        "school_id, grade, school_year, row_number() OVER (PARTITION BY student_id "
        f"ORDER BY (left_on IS NULL OR left_on >= {end}) DESC, entered_on DESC, "
        f"school_id) AS place FROM {source.enrollments} "
        f"WHERE school_year = {year} AND entered_on <= {day} "
        "AND (left_on IS NULL OR left_on >= entered_on)) "
        f"WHERE place = 1 AND grade IN ({_HIGH})"
    )


def levels(source: Sources) -> str:
    """SQL: student_id, school_year, high: whether the year was one of high school."""
    return (
        f"SELECT student_id, school_year, bool_or(grade IN ({_HIGH})) AS high "
        f"FROM {source.enrollments} WHERE student_id IN (SELECT student_id FROM home) "
        "GROUP BY student_id, school_year"
    )


def learned(source: Sources, as_of: dt.date) -> str:
    """SQL: every mark known on the day, beside its section.

    `counts` says whether its credits are those of high school: earned in grades 9 to
    12, or in a year of which no stay tells and in which the student was old enough.
    """
    day = f"DATE '{as_of}'"
    now = SchoolYear.of(as_of).spring  # records may stand at the end of an earlier year
    return (
        f"SELECT m.student_id, {now} AS this_year, m.school_year, m.course, "
        "m.term, m.letter, m.attempted, m.earned, m.area, m.cte, m.language, "
        "coalesce(l.high, m.school_year >= h.school_year + 9 - CAST(h.grade AS INT)) "
        "AS counts FROM (SELECT k.student_id, "
        "coalesce(s.school_year, year(k.posted_on) + "
        "CASE WHEN month(k.posted_on) >= 7 THEN 1 ELSE 0 END) AS school_year, "
        "coalesce(s.course_code, s.title, k.section_id) AS course, k.term, "
        "upper(trim(k.mark)) AS letter, k.credits_attempted AS attempted, "
        "k.credits_earned AS earned, upper(substr(trim(s.a_g), 1, 1)) AS area, "
        "coalesce(s.subject = 'cte' OR s.level = 'cte', false) AS cte, "
        "coalesce(s.subject = 'world_language', false) AS language "
        f"FROM {source.marks} AS k LEFT JOIN {source.sections} AS s "
        f"ON s.section_id = k.section_id WHERE coalesce(k.posted_on, {day}) <= {day}) "
        "AS m JOIN home AS h ON h.student_id = m.student_id "
        "LEFT JOIN levels AS l "
        "ON l.student_id = m.student_id AND l.school_year = m.school_year"
    )


def credit() -> str:
    """SQL: credits of high school; how many finished years tell credits, marks."""
    over = "CASE WHEN school_year < this_year"
    return (
        "SELECT student_id, CAST(sum(earned) AS DOUBLE) AS earned, "
        f"count(DISTINCT {over} AND earned IS NOT NULL THEN school_year END) "
        f"AS years_told, count(DISTINCT {over} THEN school_year END) AS years_marked, "
        "coalesce(bool_or(school_year = this_year AND attempted > 0), false) "
        "AS has_begun FROM learned WHERE counts GROUP BY student_id"
    )


def terms(asked: Asked, *, has_credits: bool) -> str:
    """SQL: each course and term once, the best try; `part` is its part of a year.

    By credits where the district tells them; else by the name of the term.
    """
    part = (
        f"coalesce(attempted, 0) / {asked.year}"
        if has_credits
        else "CASE upper(substr(trim(term), 1, 1)) WHEN 'S' THEN 0.5 "
        "WHEN 'Q' THEN 0.25 WHEN 'T' THEN 1.0 / 3 ELSE 1.0 END"
    )
    return (
        "SELECT student_id, course, term, max(area) AS area, bool_or(cte) AS cte, "
        "bool_or(language) AS language, max(school_year) AS school_year, "
        "max(this_year) AS this_year, max(part) AS part, "
        f"max(CASE WHEN letter IN ({_GOOD}) THEN part ELSE 0 END) AS good, "
        f"max(CASE WHEN letter IN ({_PASSED}) OR earned > 0 THEN part ELSE 0 END) "
        "AS passed, "
        f"max(CASE WHEN letter IN ({_PASSED}, 'F') THEN 1 ELSE 0 END) AS readable "
        f"FROM (SELECT *, CAST({part} AS DOUBLE) AS part FROM learned "
        "WHERE area IS NOT NULL OR cte OR language) WHERE part > 0 "
        "GROUP BY student_id, course, term"
    )


def courses() -> str:
    """SQL: courses of each student as years by area, by career, by language."""
    areas = ", ".join(
        f"sum(CASE WHEN area = '{area}' THEN good ELSE 0 END) AS years_{area}"
        for area in AREAS
    )
    return (
        f"SELECT student_id, {areas}, "
        "sum(CASE WHEN language THEN passed ELSE 0 END) AS language_years, "
        "max(CASE WHEN area IS NOT NULL THEN readable END) AS readable "
        "FROM terms GROUP BY student_id"
    )


def career() -> str:
    """SQL: career courses passed: every term of them, and finished."""
    return (
        "SELECT student_id, count(*) AS career_courses FROM (SELECT student_id, course "
        "FROM terms WHERE cte GROUP BY student_id, course "
        "HAVING min(passed) > 0 AND (max(school_year) < max(this_year) "
        "OR sum(passed) >= 0.9)) GROUP BY student_id"
    )


def doing(source: Sources, as_of: dt.date) -> str:
    """SQL: what the student sits in on the day, as places in a set of bits."""
    day = f"DATE '{as_of}'"
    area = " + ".join(
        f"max(CASE WHEN area = '{area}' THEN {1 << place} ELSE 0 END)"
        for place, area in enumerate(AREAS)
    )
    return (
        f"SELECT student_id, {area} AS areas_now, "
        "max(CASE WHEN cte THEN 1 ELSE 0 END) AS career_now, "
        "max(CASE WHEN language THEN 1 ELSE 0 END) AS language_now "
        "FROM (SELECT r.student_id, upper(substr(trim(s.a_g), 1, 1)) AS area, "
        "coalesce(s.subject = 'cte' OR s.level = 'cte', false) AS cte, "
        "coalesce(s.subject = 'world_language', false) AS language "
        f"FROM {source.rosters} AS r JOIN home AS h ON h.student_id = r.student_id "
        f"JOIN {source.sections} AS s ON s.section_id = r.section_id "
        "AND s.school_year = h.school_year "
        f"WHERE coalesce(r.started_on, {day}) <= {day} "
        f"AND coalesce(r.ended_on, {day}) >= {day}) GROUP BY student_id"
    )


def finished(source: Sources) -> str:
    """SQL: what the file of completions says; it has no days, so it counts as known."""
    return (
        "SELECT c.student_id, bool_or(c.completed_a_g) AS has_a_g, "
        "bool_or(c.cte_pathway) AS has_career, bool_or(c.biliteracy_seal) AS has_seal "
        f"FROM {source.completions} AS c JOIN home AS h ON h.student_id = c.student_id "
        "WHERE c.cohort_year <= h.school_year GROUP BY c.student_id"
    )


def answer() -> str:
    """SQL: one row a student, everything beside one another, in order of ids."""
    areas = ", ".join(f"coalesce(c.years_{area}, 0) AS years_{area}" for area in AREAS)
    return (
        "SELECT h.student_id, h.school_id, h.grade, h.school_year, "
        "k.earned AS credits_earned, coalesce(k.years_told, 0) AS years_told, "
        "coalesce(k.years_marked, 0) AS years_marked, "
        f"coalesce(k.has_begun, false) AS has_begun, {areas}, "
        "coalesce(c.language_years, 0) AS language_years, c.readable, "
        "coalesce(v.career_courses, 0) AS career_courses, "
        "coalesce(d.areas_now, 0) AS areas_now, "
        "coalesce(d.career_now, 0) AS career_now, "
        "coalesce(d.language_now, 0) AS language_now, "
        "coalesce(f.has_a_g, false) AS has_a_g, "
        "coalesce(f.has_career, false) AS has_career, "
        "coalesce(f.has_seal, false) AS has_seal FROM home AS h "
        "LEFT JOIN credit AS k ON k.student_id = h.student_id "
        "LEFT JOIN courses AS c ON c.student_id = h.student_id "
        "LEFT JOIN career AS v ON v.student_id = h.student_id "
        "LEFT JOIN doing AS d ON d.student_id = h.student_id "
        "LEFT JOIN finished AS f ON f.student_id = h.student_id ORDER BY h.student_id"
    )
