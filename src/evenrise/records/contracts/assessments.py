"""The contract of the table `assessments`: one student's result on one test."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="assessments",
    grain="one student's result on one test",
    about=Text(
        "Results of state and local tests.",
        "Resultados de exámenes estatales y locales.",
    ),
    columns=(
        STUDENT,
        Column("assessment", Kind.TEXT, "The test.", required=True),
        Column("subject", Kind.TEXT, "Its subject.", required=True),
        Column("taken_on", Kind.DATE, "The day it was taken.", required=True),
        Column("grade", Kind.GRADE, "The student's grade then."),
        Column("scale_score", Kind.NUMBER, "The scale score."),
        Column("level", Kind.INTEGER, "The achievement level, 1 to 4.", low=1, high=4),
        Column("met_standard", Kind.YES_NO, "Whether the standard was met."),
    ),
    key=("student_id", "assessment", "subject", "taken_on"),
    order=("student_id", "taken_on", "assessment", "subject"),
    in_this_order=True,
)
