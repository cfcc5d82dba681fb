"""Students in grades 9 to 12 who dropped out within a year, as agencies publish it."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="dropout",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/filesdropouts.asp, grade nine to twelve, one year",
    title=Text("Dropped out within the year", "Abandono escolar en el año"),
    question=Text(
        "Who left high school during the year?",
        "¿Quiénes dejaron la preparatoria durante el año?",
    ),
    definition=Text(
        "Dropouts in grades 9 to 12 during one school year, divided by enrollment in "
        "these grades, as the agency publishes it.",
        "Estudiantes de los grados 9 a 12 que dejaron la escuela durante un año "
        "escolar, divididos entre la inscripción en esos grados, según lo publica la "
        "agencia.",
    ),
    unit="share",
    good="down",
    published_names=("Annual Adjusted Grade 9-12 Dropout Rate",),
)
