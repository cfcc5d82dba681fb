"""The contract of the table `incidents`."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="incidents",
    grain="one student's part in one incident, and one action",
    about=Text(
        "Incidents, and what the school did.", "Incidentes y lo que hizo la escuela."
    ),
    columns=(
        Column("incident_id", Kind.ID, "The incident.", required=True),
        STUDENT,
        SCHOOL,
        Column("date", Kind.DATE, "The day.", required=True),
        Column(
            "behavior", Kind.TEXT, "What was recorded, in the district's own codes."
        ),
        Column(
            "action",
            Kind.CODE,
            "What the school did.",
            codes=(
                "none",
                "restorative",
                "in_school_suspension",
                "out_of_school_suspension",
                "expulsion",
            ),
        ),
        Column(
            "days_removed", Kind.NUMBER, "School days out of class.", low=0, high=400
        ),
    ),
    key=("incident_id", "student_id", "action"),
    order=("student_id", "date", "incident_id", "action"),
    in_this_order=True,
)
