"""Which schools are worth a visit? Nine of 65 schools of Inner London."""

from __future__ import annotations

import numpy as np

from docs.examples.alike_students import FOLDER as EXAM, SOURCE, fitted, mark
from docs.examples.kit import Example, decimal, percent
from evenrise.findings.pictures import Caterpillar, Scale
from evenrise.statistics.bright_spots import SURE, bright_spots
from evenrise.vocabulary.text import Text


FOLDER = EXAM
LINE = 0.2  # set before looking


def example() -> Example:
    """Schools above the line with a chance of 90 in 100 or more."""
    seen = fitted()
    spots = bright_spots(seen, LINE)
    found = np.flatnonzero(spots.bright)
    high = int((spots.effect > LINE).sum())
    names = ", ".join(str(spots.ids[at]) for at in found)
    best = found[np.argmin(spots.chance[found])]
    sure, least = percent(SURE, 0), percent(float(spots.chance[best]), 0)
    lines = (
        Text(
            f"Line set before looking: {LINE} steps above expectation",
            f"Línea fijada antes de mirar: {LINE} pasos sobre lo esperado",
        ),
        Text(
            f"Schools with an estimate above the line: {high}",
            f"Escuelas con estimación sobre la línea: {high}",
        ),
        Text(
            f"Above it with a chance of {sure} in 100 or more: {len(found)}",
            f"Sobre ella con {sure} de 100 de seguridad o más: {len(found)}",
        ),
        Text(f"To visit: schools {names}", f"Para visitar: escuelas {names}"),
        Text(
            f"The least sure of them: {decimal(float(spots.effect[best]), 2)} steps, "
            f"chance {least} in 100",
            f"La menos segura: {decimal(float(spots.effect[best]), 2)} pasos, "
            f"{least} de 100",
        ),
    )
    picture = Caterpillar(
        title=Text("Schools worth a visit", "Escuelas que vale la pena visitar"),
        alternative=Text(
            "Nine schools in the order of the file, each a dot with an interval that "
            "lies above zero. They are not ordered by their results.",
            "Nueve escuelas en el orden del archivo, cada una un punto con un "
            "intervalo por encima de cero. No están ordenadas por sus resultados.",
        ),
        scale=Scale("score", "up", Text("Steps at age 16", "Pasos a los 16 años")),
        rows=tuple(mark(seen, int(at), "focus") for at in found),
        source=SOURCE,
    )
    return Example(lines, picture)
