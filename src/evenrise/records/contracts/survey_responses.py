"""The contract of the table `survey_responses`: one answer of one person."""

from __future__ import annotations

from evenrise.records.contracts.contract import Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="survey_responses",
    grain="one answer of one person",
    about=Text(
        "Answers to surveys, without names.", "Respuestas a encuestas, sin nombres."
    ),
    columns=(
        Column(
            "administration_id", Kind.ID, "The giving of the survey.", required=True
        ),
        Column(
            "respondent_key",
            Kind.ID,
            "A key that tells people apart and names nobody.",
            required=True,
        ),
        Column("school_id", Kind.ID, "The school.", refers="schools"),
        Column(
            "audience", Kind.CODE, "Who answered.", codes=("student", "family", "staff")
        ),
        Column("item_id", Kind.ID, "The question.", required=True),
        Column("answer", Kind.TEXT, "The answer.", required=True),
    ),
    key=("administration_id", "respondent_key", "item_id"),
    order=("administration_id", "respondent_key", "item_id"),
)
