"""Chronic absence as California's Department of Education counts it."""

from __future__ import annotations

from evenrise.indicators.define import Indicator, Threshold
from evenrise.indicators.student_years import ATTENDANCE
from evenrise.indicators.terms import column, threshold
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="chronic_absence",
    version=1,
    authority="California Department of Education",
    source="Education Code 60901(c)(1); cde.ca.gov/ta/ac/cm/dashboardchronic.asp",
    title=Text("Chronic absence", "Ausentismo crónico"),
    question=Text(
        "Who misses a tenth of the school year or more?",
        "¿Quiénes faltan a la décima parte del año escolar o más?",
    ),
    definition=Text(
        "Share of students who were absent on at least 10 percent of the instructional "
        "days they were enrolled, among students enrolled for at least 31 "
        "instructional days who attended at least one. In-school suspension is not an "
        "absence. Each school where a student was eligible counts the student; the "
        "district counts a student once.",
        "Porcentaje de estudiantes que faltaron al menos el 10 por ciento de los días "
        "de clase en que estuvieron inscritos, entre quienes estuvieron inscritos al "
        "menos 31 días de clase y asistieron al menos uno. La suspensión dentro de la "
        "escuela no es una ausencia. Cada escuela donde el estudiante reunió los "
        "requisitos lo cuenta; el distrito lo cuenta una sola vez.",
    ),
    unit="share",
    good="down",
    student_year=ATTENDANCE,
    who_counts=(column("days_enrolled") >= threshold("minimum_days"))
    & (column("days_attended") >= 1),
    # Whole numbers on both sides: a student absent on exactly a tenth is counted.
    counted=column("days_absent") * threshold("one_day_in") >= column("days_enrolled"),
    thresholds=(
        Threshold(
            "minimum_days",
            31,
            Text(
                "Instructional days enrolled before a student counts",
                "Días de clase con inscripción para que un estudiante cuente",
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
    published_names=("ChronicAbsenteeismRate", "Chronic Absenteeism Rate"),
)
