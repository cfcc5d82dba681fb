"""The contract of the table `enrollments`: one stay of one student in one school."""

from __future__ import annotations

from evenrise.records.contracts.contract import (
    SCHOOL,
    STUDENT,
    YEAR,
    Column,
    Contract,
    Kind,
)
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="enrollments",
    grain="one stay of one student in one school",
    about=Text(
        "Where each student was enrolled, and when.",
        "Dónde y cuándo estuvo inscrito cada estudiante.",
    ),
    columns=(
        STUDENT,
        SCHOOL,
        YEAR,
        Column("grade", Kind.GRADE, "The grade during the stay.", required=True),
        Column("entered_on", Kind.DATE, "First day of the stay.", required=True),
        Column("left_on", Kind.DATE, "Last day of the stay; blank while it lasts."),
        Column("exit_code", Kind.TEXT, "Why it ended, in the district's own codes."),
    ),
    key=("student_id", "school_id", "school_year", "entered_on"),
    order=("student_id", "entered_on", "school_id", "school_year"),
    in_this_order=True,
)
