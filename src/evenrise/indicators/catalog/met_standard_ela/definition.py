"""Students who met the standard in English language arts."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import ASSESSMENT
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="met_standard_ela",
    version=1,
    authority="California Department of Education, CAASPP",
    source="caaspp-elpac.ets.org research files: achievement level 3 or 4",
    title=Text(
        "English language arts: standard met",
        "Lengua y literatura en inglés: estándar alcanzado",
    ),
    question=Text(
        "Who met the standard in English language arts?",
        "¿Quiénes alcanzaron el estándar de lengua y literatura en inglés?",
    ),
    definition=Text(
        "Share of tested students who met or exceeded the standard in English language "
        "arts.",
        "Porcentaje de estudiantes evaluados que alcanzaron o superaron el estándar "
        "de lengua y literatura en inglés.",
    ),
    unit="share",
    good="up",
    student_year=ASSESSMENT,
    who_counts=column("ela_met") >= 0,
    counted=column("ela_met").equals(1),
    published_names=("Percentage Standard Met and Above",),
)
