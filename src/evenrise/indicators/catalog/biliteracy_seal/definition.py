"""Graduates with the State Seal of Biliteracy, as agencies publish it."""

from __future__ import annotations

from evenrise.indicators.define import Indicator
from evenrise.vocabulary.text import Text


INDICATOR = Indicator(
    key="biliteracy_seal",
    version=1,
    authority="California Department of Education",
    source="cde.ca.gov/ds/ad/filesacgr.asp, Seal of Biliteracy",
    title=Text("Seal of Biliteracy", "Sello de Alfabetización Bilingüe"),
    question=Text(
        "Who graduates with the State Seal of Biliteracy?",
        "¿Quiénes se gradúan con el Sello Estatal de Alfabetización Bilingüe?",
    ),
    definition=Text(
        "Share of the graduates of the adjusted cohort who earned the State Seal of "
        "Biliteracy, as the agency publishes it.",
        "Porcentaje de graduados de la generación ajustada que obtuvieron el Sello "
        "Estatal de Alfabetización Bilingüe, según lo publica la agencia.",
    ),
    unit="share",
    good="up",
    published_names=("Seal of Biliteracy (Rate)",),
)
