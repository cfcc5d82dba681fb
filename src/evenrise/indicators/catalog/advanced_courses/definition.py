"""High school students enrolled in an advanced course."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import COURSES
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="advanced_courses",
    version=1,
    authority="U.S. Department of Education, Civil Rights Data Collection",
    source="CRDC school form: Advanced Placement, International Baccalaureate and "
    "dual enrollment, counted together",
    title=Text("Enrolled in an advanced course", "Estudiantes en cursos avanzados"),
    question=Text(
        "Who is offered a place in advanced courses?",
        "¿Quiénes tienen un lugar en los cursos avanzados?",
    ),
    definition=Text(
        "Share of students in grades 9 to 12 who stood on the roster of at least one "
        "Advanced Placement, International Baccalaureate or dual enrollment course, "
        "among those on the roster of any course.",
        "Porcentaje de estudiantes de los grados 9 a 12 inscritos en al menos un curso "
        "de Advanced Placement, Bachillerato Internacional o doble inscripción, entre "
        "quienes estaban inscritos en algún curso.",
    ),
    unit="share",
    good="up",
    student_year=COURSES,
    who_counts=column("high_school").equals(1) & (column("sections_taken") >= 1),
    counted=column("advanced_sections") >= 1,
    needs=("sections.level",),
)
