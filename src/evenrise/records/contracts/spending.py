"""The contract of the table `spending`: one amount of one school, year and category."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, YEAR, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="spending",
    grain="one amount of one school, year and category",
    about=Text("What was spent on each school.", "Lo que se gastó en cada escuela."),
    columns=(
        SCHOOL,
        YEAR,
        Column(
            "category",
            Kind.TEXT,
            "What for, in the district's own words.",
            required=True,
        ),
        Column(
            "source",
            Kind.CODE,
            "Where the money came from.",
            codes=("base", "supplemental", "federal", "other"),
        ),
        Column("amount", Kind.NUMBER, "Dollars.", required=True),
    ),
    key=("school_id", "school_year", "category", "source"),
    order=("school_id", "school_year", "category", "source"),
)
