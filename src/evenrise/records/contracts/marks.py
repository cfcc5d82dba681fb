"""The contract of the table `marks`: one student's mark in one section and term."""

from __future__ import annotations

from evenrise.records.contracts.contract import STUDENT, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="marks",
    grain="one student's mark in one section and term",
    about=Text(
        "Marks given at the end of a term.", "Calificaciones al final de un período."
    ),
    columns=(
        STUDENT,
        Column("section_id", Kind.ID, "The section.", required=True, refers="sections"),
        Column(
            "term", Kind.TEXT, "The term, in the district's own words.", required=True
        ),
        Column("mark", Kind.TEXT, "The mark as given.", required=True),
        Column(
            "credits_attempted", Kind.NUMBER, "Credits attempted.", low=0, high=1000
        ),
        Column("credits_earned", Kind.NUMBER, "Credits earned.", low=0, high=1000),
        Column("posted_on", Kind.DATE, "The day it was posted."),
    ),
    key=("student_id", "section_id", "term"),
    order=("student_id", "section_id", "term"),
    in_this_order=True,
)
