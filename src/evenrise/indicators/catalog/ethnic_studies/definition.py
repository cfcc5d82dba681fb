"""Graduates who completed ethnic studies."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import COHORT_COURSES
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="ethnic_studies",
    version=1,
    authority="California Education Code",
    source="Education Code 51225.3(a)(1)(G), as added by AB 101 (2021)",
    title=Text(
        "Ethnic studies before graduation", "Estudios étnicos antes de graduarse"
    ),
    question=Text(
        "Who completes ethnic studies before graduating?",
        "¿Quiénes completan un curso de estudios étnicos antes de graduarse?",
    ),
    definition=Text(
        "Share of graduates who passed at least one ethnic studies course by the year "
        "they graduated.",
        "Porcentaje de graduados que aprobaron al menos un curso de estudios étnicos "
        "antes de terminar el año en que se graduaron.",
    ),
    unit="share",
    good="up",
    student_year=COHORT_COURSES,
    who_counts=column("graduated").equals(1),
    counted=column("ethnic_studies_passed") >= 1,
    needs=("sections.subject",),
    whole_year=True,
)
