"""The contract of the table `schools`: one school."""

from __future__ import annotations

from evenrise.records.contracts.contract import Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="schools",
    grain="one school",
    about=Text("The schools of the district.", "Las escuelas del distrito."),
    columns=(
        Column("school_id", Kind.ID, "The school's code.", required=True),
        Column("name", Kind.TEXT, "Its name.", required=True),
        Column(
            "level",
            Kind.CODE,
            "What ages it serves.",
            required=True,
            codes=(
                "elementary",
                "middle",
                "high",
                "k8",
                "k12",
                "alternative",
                "adult",
                "other",
            ),
        ),
        Column("district_id", Kind.ID, "The district's code."),
        Column("district_name", Kind.TEXT, "The district's name."),
        Column("charter", Kind.YES_NO, "Whether it is a charter school."),
    ),
    key=("school_id",),
    order=("school_id",),
)
