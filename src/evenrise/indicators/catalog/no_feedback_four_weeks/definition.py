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
        "Who goes four weeks without any feedback?",
        "¿Quiénes pasan cuatro semanas sin recibir comentarios?",
    ),
    definition=Text(
        "Share of students who, while work was due in their classes, went 28 days in a "
        "row without one score or comment from any teacher, among students whose work "
        "was due over at least 28 days.",
        "Porcentaje de estudiantes que, mientras tenían tareas por entregar, pasaron "
        "28 días seguidos sin un solo puntaje o comentario de ningún maestro, entre "
        "quienes tuvieron tareas durante al menos 28 días.",
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
