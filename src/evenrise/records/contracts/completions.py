"""The contract of the table `completions`: one student of one graduation cohort."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="completions",
    grain="one student of one graduation cohort",
    about=Text(
        "How each student's time in high school ended.",
        "Cómo terminó la preparatoria cada estudiante.",
    ),
    columns=(
        STUDENT,
        Column(
            "cohort_year",
            Kind.SCHOOL_YEAR,
            "The year the cohort was due to graduate.",
            required=True,
        ),
        Column(
            "school_id", Kind.ID, "The school the outcome counts for.", refers="schools"
        ),
        Column(
            "outcome",
            Kind.CODE,
            "What happened.",
            required=True,
            codes=(
                "graduated",
                "dropped_out",
                "still_enrolled",
                "other_completer",
                "transferred_out",
                "deceased",
            ),
        ),
        Column("completed_a_g", Kind.YES_NO, "Whether all A-G courses were passed."),
        Column("cte_pathway", Kind.YES_NO, "Whether a career pathway was completed."),
        Column(
            "biliteracy_seal",
            Kind.YES_NO,
            "Whether the State Seal of Biliteracy was earned.",
        ),
    ),
    key=("student_id", "cohort_year"),
    order=("student_id", "cohort_year"),
)
