"""Students with at least one D or F."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import MARKS
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="d_f_rate",
    version=1,
    authority="Evenrise",
    source="indicators/catalog/d_f_rate/rules.md",
    title=Text(
        "Students with a D or an F", "Estudiantes con alguna calificación D o F"
    ),
    question=Text("Who was given a D or an F?", "¿Quiénes recibieron una D o una F?"),
    definition=Text(
        "Share of students with at least one D or F, among students who were given a "
        "letter mark in the school year.",
        "Porcentaje de estudiantes con al menos una D o una F, entre quienes "
        "recibieron calificaciones con letra en el año escolar.",
    ),
    unit="share",
    good="down",
    student_year=MARKS,
    who_counts=column("letter_marks") >= 1,
    counted=column("d_or_f_marks") >= 1,
)
