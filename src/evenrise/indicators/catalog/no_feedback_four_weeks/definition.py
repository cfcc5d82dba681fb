"""Students who went four weeks without feedback."""

from __future__ import annotations

from evenrise.indicators.define import Indicator, Threshold
from evenrise.indicators.student_years import FEEDBACK_STRETCH
from evenrise.indicators.terms import column, threshold
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="no_feedback_four_weeks",
    version=1,
    authority="Evenrise",
    source="indicators/catalog/no_feedback_four_weeks/rules.md",
    title=Text(
        "Four weeks without feedback", "Cuatro semanas sin comentarios sobre su trabajo"
    ),
    question=Text(
        "Who goes four weeks without feedback in a class?",
        "¿Quiénes pasan cuatro semanas sin recibir comentarios en alguna clase?",
    ),
    definition=Text(
        "Share of students who, in at least one class, went 28 days in a row without "
        "one score or comment while work was due in it, among students with a class in "
        "which work was due over at least 28 days.",
        "Porcentaje de estudiantes que, en al menos una clase, pasaron 28 días "
        "seguidos sin un solo puntaje o comentario mientras había tareas por entregar, "
        "entre quienes tuvieron una clase con tareas durante al menos 28 días.",
    ),
    unit="share",
    good="down",
    student_year=FEEDBACK_STRETCH,
    who_counts=column("window_days") >= threshold("days"),
    counted=column("longest_stretch") >= threshold("days"),
    thresholds=(
        Threshold(
            "days",
            28,
            Text(
                "Days in a row without feedback",
                "Días seguidos sin comentarios",
            ),
        ),
    ),
)
