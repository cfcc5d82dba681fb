"""The contract of the table `students`: one student."""

from __future__ import annotations

from evenrise.records.contracts.contract import GENDERS, RACES, Column, Contract, Kind
from evenrise.vocabulary.text import Text


CONTRACT = Contract(
    name="students",
    grain="one student",
    about=Text("The students, once each.", "Los estudiantes, una vez cada uno."),
    columns=(
        Column("student_id", Kind.ID, "The student's code.", required=True),
        Column("given_name", Kind.TEXT, "Given name."),
        Column("family_name", Kind.TEXT, "Family name."),
        Column("birth_date", Kind.DATE, "Date of birth."),
        Column("gender", Kind.CODE, "As the district records it.", codes=GENDERS),
        Column("hispanic", Kind.YES_NO, "Hispanic or Latino, of any race."),
        Column("race", Kind.CODES, "Every race reported.", codes=RACES),
        Column("race_ethnicity", Kind.TEXT, "Where the source gives one value only."),
        Column("home_language", Kind.TEXT, "The language spoken at home."),
    ),
    key=("student_id",),
    order=("student_id",),
)
