"""Graduates who met the course requirements of California's public universities."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import COHORT
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="a_g_completion",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/filesacgr.asp, met UC/CSU requirements",
    title=Text("A-G completion", "Requisitos A-G cumplidos"),
    question=Text(
        "Who graduates ready to apply to a public university?",
        "¿Quiénes se gradúan con los cursos que exigen las universidades públicas?",
    ),
    definition=Text(
        "Share of the graduates of the adjusted cohort who passed the A-G courses that "
        "the University of California and California State University require.",
        "Porcentaje de graduados de la generación ajustada que aprobaron los cursos "
        "A-G que exigen la Universidad de California y la Universidad Estatal de "
        "California.",
    ),
    unit="share",
    good="up",
    student_year=COHORT,
    who_counts=column("graduated").equals(1) & (column("met_a_g") >= 0),
    counted=column("met_a_g").equals(1),
    needs=("completions.completed_a_g",),
    whole_year=True,
    published_names=("Met UC/CSU Grad Req's (Rate)",),
)
