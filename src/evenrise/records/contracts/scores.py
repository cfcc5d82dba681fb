"""The contract of the table `scores`: one student's score on one assignment."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="scores",
    grain="one student's score on one assignment",
    about=Text("Work that was marked, and when.", "Tareas calificadas, y cuándo."),
    columns=(
        Column(
            "assignment_id",
            Kind.ID,
            "The assignment.",
            required=True,
            refers="assignments",
        ),
        STUDENT,
        Column("score", Kind.NUMBER, "Points earned."),
        Column(
            "status",
            Kind.CODE,
            "Where the work stands.",
            codes=("scored", "missing", "exempt", "not_submitted"),
        ),
        Column("scored_on", Kind.DATE, "The day feedback was given."),
        Column("has_comment", Kind.YES_NO, "Whether words came with it."),
    ),
    key=("assignment_id", "student_id"),
    order=("assignment_id", "student_id"),
)
