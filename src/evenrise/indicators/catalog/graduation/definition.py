"""Adjusted cohort graduation in four years."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import COHORT
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="graduation",
    version=1,
    authority="U.S. Department of Education",
    source="34 CFR 200.34, four-year adjusted cohort graduation rate; in California "
    "cde.ca.gov/ds/ad/filesacgr.asp",
    title=Text("Graduation in four years", "Graduación en cuatro años"),
    question=Text(
        "Who graduates within four years?",
        "¿Quiénes se gradúan en cuatro años?",
    ),
    definition=Text(
        "Share of the adjusted cohort who earned a regular high school diploma. The "
        "cohort leaves out students who moved to another school or died.",
        "Porcentaje de la generación ajustada que obtuvo un diploma regular de "
        "preparatoria. La generación no incluye a quienes se cambiaron a otra escuela "
        "o fallecieron.",
    ),
    unit="share",
    good="up",
    student_year=COHORT,
    who_counts=column("in_cohort").equals(1),
    counted=column("graduated").equals(1),
    whole_year=True,
    published_names=("Regular HS Diploma Graduates (Rate)",),
)
