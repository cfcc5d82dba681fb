"""Student-year tables: what the records say of a student in a year, at a place.

An engine builds each from the snapshot: one row a student, school year and place,
where a place is a school or the whole district. At the district a student, and a day,
counts once. An indicator says of these rows who counts and what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Interval(StrEnum):
    """During which time the groups a student belongs to are read."""

    SCHOOL_YEAR = "school_year"  # groups during the school year
    COHORT = "cohort"  # at any time in the four years that end with the cohort's


@dataclass(frozen=True, slots=True)
class StudentYear:
    """One student-year table: its name, the tables it needs, and its columns.

    `needs` names tables, or `table.column` where a column that is blank throughout
    means that the district does not collect it. `columns` says what each one holds.
    """

    name: str
    needs: tuple[str, ...]
    columns: dict[str, str]
    interval: Interval = Interval.SCHOOL_YEAR


ATTENDANCE = StudentYear(
    "attendance_year",
    ("enrollments", "attendance"),
    {
        "days_enrolled": "instructional days of membership, each once",
        "days_absent": "of these, days missed from first bell to last",
        "days_absent_half": "of these, days of which half or more was missed",
        "days_missed": "days and portions of days missed, added up",
        "days_attended": "days of which any portion was attended",
    },
)
DISCIPLINE = StudentYear(
    "discipline_year",
    ("enrollments", "incidents"),
    {
        "times_suspended": "suspensions, in school or out of school",
        "days_removed": "days out of class for suspensions and expulsions",
    },
)
MARKS = StudentYear(
    "marks_year",
    ("marks", "sections"),
    {
        "letter_marks": "marks from A to F",
        "d_or_f_marks": "of these, D or F",
    },
)
NINTH_GRADE = StudentYear(
    "ninth_grade_year",
    ("enrollments", "marks.credits_earned", "sections"),
    {
        "credits_earned": "credits earned in the year, at any school",
        "core_failures": "F in a core course, one for each mark that carries credit",
    },
)
COHORT = StudentYear(
    "cohort_year",
    ("completions",),
    {
        "in_cohort": "1 unless the student moved to another school or died",
        "graduated": "1 with a regular diploma",
        "dropped_out": "1 for a student who left without finishing",
        "met_a_g": "1 or 0 as the file says; unknown when it is blank",
    },
    Interval.COHORT,
)
COHORT_COURSES = StudentYear(
    "cohort_courses_year",
    ("completions", "sections", "marks"),
    {
        "graduated": "1 with a regular diploma",
        "ethnic_studies_passed": "ethnic studies courses passed by then",
    },
    Interval.COHORT,
)
ASSESSMENT = StudentYear(
    "assessment_year",
    ("assessments",),
    {
        "ela_met": "1 or 0: standard met in English language arts; unknown untested",
        "math_met": "1 or 0: standard met in mathematics; unknown untested",
        "ela_score": "the scale score of that test; unknown where the file has none",
        "math_score": "the scale score of that test; unknown where the file has none",
    },
)
COURSES = StudentYear(
    "courses_year",
    ("enrollments", "rosters", "sections"),
    {
        "high_school": "1 in grades 9 to 12",
        "sections_taken": "sections on whose roster the student stood",
        "advanced_sections": "of these, AP, IB or dual enrollment",
    },
)
FEEDBACK = StudentYear(
    "feedback_year",
    ("sections", "assignments", "scores.scored_on"),
    {
        "works_returned": "works that came back with a score or a comment",
        "days_waited": "days from due date to that return, added up",
    },
)
FEEDBACK_STRETCH = StudentYear(
    "feedback_stretch_year",
    ("sections", "rosters", "assignments", "scores.scored_on"),
    {
        "window_days": "days from the first due date to the last one on the roster",
        "longest_stretch": "most days in a row, within these, without any feedback",
    },
)
STUDENT_YEARS: tuple[StudentYear, ...] = (
    ATTENDANCE,
    DISCIPLINE,
    MARKS,
    NINTH_GRADE,
    COHORT,
    COHORT_COURSES,
    ASSESSMENT,
    COURSES,
    FEEDBACK,
    FEEDBACK_STRETCH,
)
