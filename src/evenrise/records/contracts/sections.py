"""The contract of the table `sections`: one class taught."""

from __future__ import annotations

from evenrise.records.contracts.contract import SCHOOL, YEAR, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="sections",
    grain="one class taught",
    about=Text(
        "The classes taught in each school.", "Las clases impartidas en cada escuela."
    ),
    columns=(
        Column("section_id", Kind.ID, "The section.", required=True),
        SCHOOL,
        YEAR,
        Column("course_code", Kind.TEXT, "The course."),
        Column("title", Kind.TEXT, "Its title."),
        Column(
            "subject",
            Kind.CODE,
            "Its subject.",
            codes=(
                "ela",
                "math",
                "science",
                "social_science",
                "world_language",
                "arts",
                "pe",
                "ethnic_studies",
                "cte",
                "other",
            ),
        ),
        Column(
            "level",
            Kind.CODE,
            "How it is offered.",
            codes=("regular", "honors", "ap", "ib", "dual", "cte"),
        ),
        Column("a_g", Kind.TEXT, "The A-G letter, where it meets a requirement."),
        Column("staff_id", Kind.ID, "The teacher.", refers="staff"),
    ),
    key=("section_id",),
    order=("section_id",),
)
