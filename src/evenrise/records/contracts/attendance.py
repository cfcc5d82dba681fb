"""The contract of the table `attendance`: one student at one school on one day."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="attendance",
    grain="one student at one school on one day",
    about=Text(
        "Who was at school, and who was not.", "Quién asistió a la escuela y quién no."
    ),
    columns=(
        STUDENT,
        SCHOOL,
        Column("date", Kind.DATE, "The day.", required=True),
        Column(
            "status",
            Kind.CODE,
            "What was recorded.",
            required=True,
            codes=("present", "absent", "tardy", "partial"),
        ),
        Column(
            "portion_absent",
            Kind.NUMBER,
            "The part of the day missed, 0 to 1.",
            low=0,
            high=1,
        ),
        Column(
            "reason",
            Kind.CODE,
            "Why the student was absent. Medical is an excused absence for illness "
            "or an appointment, where the district tells it apart.",
            codes=(
                "excused",
                "medical",
                "unexcused",
                "out_of_school_suspension",
                "in_school_suspension",
                "independent_study_no_credit",
                "other",
            ),
        ),
    ),
    key=("student_id", "school_id", "date"),
    order=("student_id", "date", "school_id"),
    in_this_order=True,
)
