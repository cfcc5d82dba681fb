"""Students who met the standard in mathematics."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import ASSESSMENT
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="met_standard_math",
    version=1,
    authority="California Department of Education, CAASPP",
    source="caaspp-elpac.ets.org research files: achievement level 3 or 4",
    title=Text(
        "Mathematics: standard met",
        "Matemáticas: estándar alcanzado",
    ),
    question=Text(
        "Who met the standard in mathematics?",
        "¿Quiénes alcanzaron el estándar de matemáticas?",
    ),
    definition=Text(
        "Share of tested students who met or exceeded the standard in mathematics.",
        "Porcentaje de estudiantes evaluados que alcanzaron o superaron el estándar "
        "de matemáticas.",
    ),
    unit="share",
    good="up",
    student_year=ASSESSMENT,
    who_counts=column("math_met") >= 0,
    counted=column("math_met").equals(1),
    published_names=("Percentage Standard Met and Above",),
)
