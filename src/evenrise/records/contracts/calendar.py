"""The contract of the table `calendar`: one school on one day."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="calendar",
    grain="one school on one day",
    about=Text("The days on which school was held.", "Los días en que hubo clases."),
    columns=(
        SCHOOL,
        Column("date", Kind.DATE, "The day.", required=True),
        Column(
            "instructional",
            Kind.YES_NO,
            "Whether it was a day of instruction.",
            required=True,
        ),
        Column(
            "bell_schedule",
            Kind.TEXT,
            "The kind of day by the bell, in the district's own words: `regular`, "
            "`late_start`, `minimum`, `Block A`; blank where it is not told. The "
            "conditions of early warning put days of one beside a school's others.",
            later=True,
        ),
    ),
    key=("school_id", "date"),
    order=("school_id", "date"),
)
