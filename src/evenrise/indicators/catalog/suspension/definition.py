"""Students suspended at least once, as California counts them."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.indicators.student_years import DISCIPLINE
from evenrise.indicators.terms import column
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="suspension",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/fssd.asp (suspension rate, unduplicated)",
    title=Text("Suspended at least once", "Estudiantes con alguna suspensión"),
    question=Text("Who is suspended?", "¿A quiénes suspende el distrito?"),
    definition=Text(
        "Share of all students enrolled at any time in the school year who were "
        "suspended at least once, in school or out of school. A student suspended "
        "several times counts once.",
        "Porcentaje de estudiantes inscritos en algún momento del año escolar que "
        "recibieron al menos una suspensión, dentro o fuera de la escuela. Quien fue "
        "suspendido varias veces cuenta una sola vez.",
    ),
    unit="share",
    good="down",
    student_year=DISCIPLINE,
    who_counts=column("times_suspended") >= 0,
    counted=column("times_suspended") >= 1,
    published_names=("Suspension Rate (Total)", "Suspension Rate"),
)
