"""The share of their days that students attend."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import ATTENDANCE
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="attendance_rate",
    version=1,
    authority="Evenrise",
    source="indicators/catalog/attendance_rate/rules.md",
    title=Text("Attendance", "Asistencia"),
    question=Text(
        "What share of their school days do students attend?",
        "¿A qué proporción de sus días de clase asisten los estudiantes?",
    ),
    definition=Text(
        "The share of instructional days enrolled that a student attended, portions of "
        "days included, averaged over students. Every student weighs the same.",
        "La proporción de sus días de clase a la que asistió cada estudiante, también "
        "por partes de un día, promediada entre todos. Cada estudiante cuenta por "
        "igual.",
    ),
    unit="share",
    good="up",
    student_year=ATTENDANCE,
    who_counts=column("days_enrolled") >= 1,
    counted=(column("days_enrolled") - column("days_missed")) / column("days_enrolled"),
)
