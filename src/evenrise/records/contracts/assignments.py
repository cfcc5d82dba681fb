"""The contract of the table `assignments`: one assignment of one section."""

from __future__ import annotations

from evenrise.records.contracts.contract import Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="assignments",
    grain="one assignment of one section",
    about=Text("Work that was set.", "Tareas que se asignaron."),
    columns=(
        Column("assignment_id", Kind.ID, "The assignment.", required=True),
        Column("section_id", Kind.ID, "The section.", required=True, refers="sections"),
        Column("title", Kind.TEXT, "Its title."),
        Column("category", Kind.TEXT, "Its kind."),
        Column("assigned_on", Kind.DATE, "The day it was set."),
        Column("due_on", Kind.DATE, "The day it was due."),
        Column(
            "points_possible", Kind.NUMBER, "The most points it could bring.", low=0
        ),
    ),
    key=("assignment_id",),
    order=("assignment_id",),
)
