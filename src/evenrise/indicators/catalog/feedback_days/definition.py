"""Days that students wait for an answer to their work."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import FEEDBACK
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="feedback_days",
    version=1,
    authority="Evenrise",
    source="indicators/catalog/feedback_days/rules.md",
    title=Text("Days until feedback", "Días hasta recibir comentarios"),
    question=Text(
        "How long do students wait for feedback on their work?",
        "¿Cuánto esperan los estudiantes para recibir comentarios sobre su trabajo?",
    ),
    definition=Text(
        "Days from an assignment's due date to the day it came back with a score or a "
        "comment: each student's average, averaged over students. Only work that came "
        "back is counted.",
        "Días desde la fecha de entrega de una tarea hasta el día en que volvió con "
        "puntaje o comentarios: el promedio de cada estudiante, promediado entre "
        "estudiantes. Solo se cuenta el trabajo devuelto.",
    ),
    unit="days",
    good="down",
    student_year=FEEDBACK,
    who_counts=column("works_returned") >= 1,
    counted=column("days_waited") / column("works_returned"),
)
