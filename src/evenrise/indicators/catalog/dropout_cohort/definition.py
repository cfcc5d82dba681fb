"""Students of the adjusted cohort who left without finishing."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import COHORT
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="dropout_cohort",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/filesacgr.asp, dropout rate of the adjusted cohort",
    title=Text("Left without finishing", "Abandono escolar antes de graduarse"),
    question=Text(
        "Who leaves high school without finishing?",
        "¿Quiénes dejan la preparatoria sin terminar?",
    ),
    definition=Text(
        "Share of the adjusted cohort who left high school without a diploma or "
        "another certificate and are no longer enrolled.",
        "Porcentaje de la generación ajustada que dejó la preparatoria sin diploma ni "
        "otro certificado y ya no está inscrito.",
    ),
    unit="share",
    good="down",
    student_year=COHORT,
    who_counts=column("in_cohort").equals(1),
    counted=column("dropped_out").equals(1),
    whole_year=True,
    published_names=("Dropout (Rate)",),
)
