"""The contract of the table `facilities`: one inspected section of one school."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="facilities",
    grain="one inspected section of one school",
    about=Text(
        "The state of buildings, by the 15 sections of the state's inspection tool.",
        "El estado de los edificios, según las 15 secciones de la inspección estatal.",
    ),
    columns=(
        SCHOOL,
        Column("inspected_on", Kind.DATE, "The day of the inspection.", required=True),
        Column("section", Kind.TEXT, "Which of the 15 sections.", required=True),
        Column(
            "mark",
            Kind.CODE,
            "OK, deficient, extreme deficiency, not applicable.",
            required=True,
            codes=("OK", "D", "X", "NA"),
        ),
    ),
    key=("school_id", "inspected_on", "section"),
    order=("school_id", "inspected_on", "section"),
)
