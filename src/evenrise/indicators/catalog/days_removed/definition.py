"""School days that students spend out of class for discipline."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import DISCIPLINE
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="days_removed",
    version=1,
    authority="Evenrise",
    source="indicators/catalog/days_removed/rules.md, after the Civil Rights Data "
    "Collection's school days missed due to suspensions",
    title=Text("Days removed from class", "Días fuera de clase por disciplina"),
    question=Text(
        "How many days of class does discipline take from students?",
        "¿Cuántos días de clase les quita la disciplina a los estudiantes?",
    ),
    definition=Text(
        "School days out of class for suspensions, in school or out of school, and "
        "expulsions, divided by all students enrolled at any time in the school year.",
        "Días de clase perdidos por suspensiones, dentro o fuera de la escuela, y por "
        "expulsiones, divididos entre todos los estudiantes inscritos en algún momento "
        "del año escolar.",
    ),
    unit="days",
    good="down",
    student_year=DISCIPLINE,
    who_counts=column("days_removed") >= 0,
    counted=column("days_removed"),
    needs=("incidents.days_removed",),
)
