"""The contract of the table `family_contacts`."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="family_contacts",
    grain="one contact with one student's family",
    about=Text(
        "When school and family spoke.", "Cuándo hablaron la escuela y la familia."
    ),
    columns=(
        STUDENT,
        Column("date", Kind.DATE, "The day.", required=True),
        Column(
            "kind",
            Kind.CODE,
            "How.",
            codes=("meeting", "call", "message", "visit", "event", "workshop"),
        ),
        Column(
            "direction", Kind.CODE, "Who began.", codes=("from_family", "from_school")
        ),
        Column("language", Kind.TEXT, "The language spoken."),
    ),
    key=(),
    order=("student_id", "date"),
)
