"""How many students were enrolled, as agencies publish it: a count, not a rate."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="enrollment",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/filesenr.asp and the cumulative enrollment files",
    title=Text("Enrollment", "Inscripción"),
    question=Text("Who are our students?", "¿Quiénes son nuestros estudiantes?"),
    definition=Text(
        "Number of students enrolled, as the agency publishes it. A fact holds the "
        "count as its denominator and has no value.",
        "Número de estudiantes inscritos, según lo publica la agencia. Cada dato "
        "guarda el número como denominador y no tiene valor.",
    ),
    unit="count",
    good="up",
    published_names=("Cumulative Enrollment", "ENR_TOTAL"),
)
