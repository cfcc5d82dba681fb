"""Chronic absence as the U.S. Department of Education collects it in EDFacts."""

from __future__ import annotations

from evenrise.indicators.define import Indicator, Threshold
from evenrise.indicators.student_years import ATTENDANCE
from evenrise.indicators.terms import column, threshold
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="chronic_absence_edfacts",
    version=1,
    authority="U.S. Department of Education, EDFacts",
    source="EDFacts file specification FS195, Chronic Absenteeism",
    title=Text("Chronic absence (federal rule)", "Ausentismo crónico (regla federal)"),
    question=Text(
        "Who misses a tenth of the school year or more, by the federal rule?",
        "¿Quiénes faltan a la décima parte del año escolar o más, según la regla "
        "federal?",
    ),
    definition=Text(
        "Share of students who were absent on at least 10 percent of the days they "
        "were enrolled, among students enrolled for at least 10 days. A day counts as "
        "an absence when a student misses half of it or more.",
        "Porcentaje de estudiantes que faltaron al menos el 10 por ciento de los días "
        "en que estuvieron inscritos, entre quienes estuvieron inscritos al menos 10 "
        "días. Un día cuenta como ausencia cuando el estudiante pierde la mitad o más.",
    ),
    unit="share",
    good="down",
    student_year=ATTENDANCE,
    who_counts=column("days_enrolled") >= threshold("minimum_days"),
    counted=column("days_absent_half") * threshold("one_day_in")
    >= column("days_enrolled"),
    thresholds=(
        Threshold(
            "minimum_days",
            10,
            Text(
                "Days enrolled before a student counts",
                "Días de inscripción para que un estudiante cuente",
            ),
        ),
        Threshold(
            "one_day_in",
            10,
            Text(
                "Absent on one day in this many, or more often",
                "Ausente un día de cada tantos, o con más frecuencia",
            ),
        ),
    ),
    published_names=("CHRABSENT",),
)
