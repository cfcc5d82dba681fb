"""How large is a gap? Difference, ratio, and how many students it concerns."""

from __future__ import annotations

from docs.examples import smmusd
from docs.examples.kit import Example, among, decimal, percent, same, span, value
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.rates import difference, risk_ratio, wilson
from evenrise.vocabulary.text import Text


FOLDER = smmusd.FOLDER
CODE = "SE"


def example() -> Example:
    """Students with disabilities and all others, 2023-24, and four years drawn."""
    own, rest = smmusd.counts(2024, CODE), smmusd.others(2024, CODE)
    gap, ratio = difference(*own, *rest), risk_ratio(*own, *rest)
    points, times = span(gap), span(ratio, times=1)
    expected = round(own[1] * rest[0] / rest[1])
    lines = (
        among(
            Text("Students with disabilities", "Con discapacidad"), *own, wilson(*own)
        ),
        among(Text("All other students", "Los demás"), *rest, wilson(*rest)),
        Text(
            f"Difference: {percent(value(gap))} points ({points[0]} to {points[1]})",
            f"Diferencia: {percent(value(gap))} puntos ({points[0]} a {points[1]})",
        ),
        Text(
            f"Ratio: {decimal(value(ratio))} times ({times[0]} to {times[1]})",
            f"Razón: {decimal(value(ratio))} veces ({times[0]} a {times[1]})",
        ),
        Text(
            f"At the others' rate: about {expected} students, not {own[0]}: "
            f"{own[0] - expected} fewer",
            f"Con la tasa de los demás: unos {expected} estudiantes, no {own[0]}: "
            f"{own[0] - expected} menos",
        ),
    )
    return Example(lines, _picture())


def _picture() -> Caterpillar:
    title = Text(
        "Suspended: students with disabilities less all others",
        "Suspensiones: estudiantes con discapacidad menos los demás",
    )
    gaps = {
        year: difference(*smmusd.counts(year, CODE), *smmusd.others(year, CODE))
        for year in smmusd.YEARS
    }
    return Caterpillar(
        title=title,
        alternative=Text(
            "The difference in four school years, each a dot with its interval. All "
            "four lie between about two and three points, and none reaches zero.",
            "La diferencia en cuatro años escolares, cada una un punto con su "
            "intervalo. Las cuatro están entre unos dos y tres puntos, y ninguna "
            "llega a cero.",
        ),
        scale=Scale("points", "down", Text("Difference", "Diferencia")),
        rows=tuple(
            Mark(same(f"{year - 1}-{year % 100}"), gap) for year, gap in gaps.items()
        ),
        source=smmusd.SOURCE,
    )
