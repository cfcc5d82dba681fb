"""The contract of the table `programs`: one student's time in one program."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="programs",
    grain="one student's time in one program",
    about=Text(
        "The programs that students take part in.",
        "Los programas en que participan los estudiantes.",
    ),
    columns=(
        STUDENT,
        Column(
            "program",
            Kind.CODE,
            "Which program.",
            required=True,
            codes=(
                "english_learner",
                "reclassified",
                "disability",
                "section_504",
                "low_income",
                "foster",
                "homeless",
                "migrant",
                "gifted",
            ),
        ),
        Column("started_on", Kind.DATE, "First day; blank when it was always so."),
        Column("ended_on", Kind.DATE, "Last day; blank while it lasts."),
        Column("detail", Kind.TEXT, "More, in the district's own words."),
    ),
    key=("student_id", "program", "started_on"),
    order=("student_id", "program", "started_on"),
    in_this_order=True,
)
