"""Ninth graders on track to graduate, by the Chicago Consortium's rule."""

from __future__ import annotations

from evenrise.indicators.define import Indicator, Threshold
from evenrise.indicators.student_years import NINTH_GRADE
from evenrise.indicators.terms import column, threshold
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="ninth_grade_on_track",
    version=1,
    authority="University of Chicago Consortium on School Research",
    source="Allensworth and Easton 2005, The On-Track Indicator as a Predictor of High "
    "School Graduation",
    title=Text("Ninth grade on track", "Noveno grado en buen camino"),
    question=Text(
        "Who ends ninth grade on track to graduate?",
        "¿Quiénes terminan el noveno grado en camino a graduarse?",
    ),
    definition=Text(
        "Share of ninth graders who earned a quarter of the credits that graduation "
        "asks for and failed no more than one semester of a core course (English, "
        "mathematics, science, social science).",
        "Porcentaje de estudiantes de noveno grado que obtuvieron la cuarta parte de "
        "los créditos que exige la graduación y no reprobaron más de un semestre de "
        "una materia básica (inglés, matemáticas, ciencias, ciencias sociales).",
    ),
    unit="share",
    good="up",
    student_year=NINTH_GRADE,
    who_counts=column("credits_earned") >= 0,
    counted=(
        column("credits_earned")
        >= threshold("credits_to_graduate") * threshold("share_of_credits")
    )
    & (column("core_failures") <= threshold("core_failures_allowed")),
    thresholds=(
        Threshold(
            "credits_to_graduate",
            220,
            Text(
                "Credits that the district asks for to graduate",
                "Créditos que el distrito exige para graduarse",
            ),
        ),
        Threshold(
            "share_of_credits",
            0.25,
            Text(
                "Share of these to be earned in ninth grade",
                "Parte de ellos que se obtiene en noveno grado",
            ),
        ),
        Threshold(
            "core_failures_allowed",
            1,
            Text(
                "Semester F marks in core courses that still leave a student on track",
                "Semestres reprobados en materias básicas que aún permiten seguir en "
                "buen camino",
            ),
        ),
    ),
    whole_year=True,
)
