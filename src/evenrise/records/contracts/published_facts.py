"""The contract of the table `published_facts`: one published figure."""

from __future__ import annotations

from evenrise.records.contracts.contract import YEAR, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="published_facts",
    grain="one published figure",
    about=Text(
        "Figures an agency has published, in one common shape.",
        "Cifras que una agencia ha publicado, en un mismo formato.",
    ),
    columns=(
        Column("indicator", Kind.TEXT, "Which indicator.", required=True),
        YEAR,
        Column(
            "level",
            Kind.CODE,
            "How large the organization is.",
            required=True,
            codes=("school", "district", "county", "state"),
        ),
        Column("organization_id", Kind.ID, "The organization's code.", required=True),
        Column("organization_name", Kind.TEXT, "Its name."),
        Column("group_family", Kind.TEXT, "The family of groups.", required=True),
        Column("group", Kind.TEXT, "The group.", required=True),
        Column("numerator", Kind.NUMBER, "How many."),
        Column("denominator", Kind.NUMBER, "Out of how many."),
        Column("value", Kind.NUMBER, "The share, 0 to 1."),
        Column(
            "status",
            Kind.CODE,
            "What a missing number means.",
            codes=(
                "reported",
                "suppressed",
                "no_students",
                "not_applicable",
                "not_collected",
                "not_loaded",
            ),
        ),
    ),
    key=(
        "indicator",
        "school_year",
        "level",
        "organization_id",
        "group_family",
        "group",
    ),
    order=(
        "indicator",
        "school_year",
        "level",
        "organization_id",
        "group_family",
        "group",
    ),
)
