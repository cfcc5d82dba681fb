"""The contract of the table `staff_assignments`."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, YEAR, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="staff_assignments",
    grain="one adult's role in one school and year",
    about=Text("Who works where, and as what.", "Quién trabaja dónde y en qué puesto."),
    columns=(
        Column("staff_id", Kind.ID, "The person.", required=True, refers="staff"),
        SCHOOL,
        YEAR,
        Column(
            "role",
            Kind.CODE,
            "The role.",
            required=True,
            codes=(
                "teacher",
                "counselor",
                "principal",
                "assistant_principal",
                "coach",
                "specialist",
                "aide",
                "central",
                "other",
            ),
        ),
        Column("fte", Kind.NUMBER, "Part of full time.", low=0, high=3),
        Column("started_on", Kind.DATE, "First day."),
        Column("ended_on", Kind.DATE, "Last day."),
    ),
    key=("staff_id", "school_id", "school_year", "role", "started_on"),
    order=("staff_id", "school_id", "school_year", "role", "started_on"),
)
