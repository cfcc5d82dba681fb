"""The contract of the table `rosters`: one student in one section."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="rosters",
    grain="one student in one section",
    about=Text("Who sits in which class.", "Quién está en cada clase."),
    columns=(
        Column("section_id", Kind.ID, "The section.", required=True, refers="sections"),
        STUDENT,
        Column("started_on", Kind.DATE, "First day in the class."),
        Column("ended_on", Kind.DATE, "Last day; blank while it lasts."),
    ),
    key=("section_id", "student_id", "started_on"),
    order=("student_id", "section_id", "started_on"),
)
