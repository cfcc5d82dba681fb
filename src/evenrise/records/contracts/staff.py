"""The contract of the table `staff`: one member of staff."""

from __future__ import annotations

from evenrise.records.contracts.contract import GENDERS, RACES, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="staff",
    grain="one member of staff",
    about=Text(
        "The adults who work in the district.",
        "Los adultos que trabajan en el distrito.",
    ),
    columns=(
        Column("staff_id", Kind.ID, "The person's code.", required=True),
        Column("given_name", Kind.TEXT, "Given name."),
        Column("family_name", Kind.TEXT, "Family name."),
        Column("gender", Kind.CODE, "As the district records it.", codes=GENDERS),
        Column("hispanic", Kind.YES_NO, "Hispanic or Latino, of any race."),
        Column("race", Kind.CODES, "Every race reported.", codes=RACES),
        Column("race_ethnicity", Kind.TEXT, "Where the source gives one value only."),
        Column("hired_on", Kind.DATE, "First day in the district."),
        Column("left_on", Kind.DATE, "Last day."),
        Column(
            "years_experience", Kind.NUMBER, "Years in the profession.", low=0, high=80
        ),
        Column(
            "credential",
            Kind.CODE,
            "The teaching credential held.",
            codes=("full", "intern", "emergency", "none"),
        ),
    ),
    key=("staff_id",),
    order=("staff_id",),
)
