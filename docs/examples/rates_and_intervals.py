"""How sure is a rate? Suspensions of six groups, with Wilson intervals."""

from __future__ import annotations

from docs.examples import smmusd
from docs.examples.kit import Example, among
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Text


FOLDER = smmusd.FOLDER
GROUPS = {
    "SF": Text("Girls", "Niñas"),
    "SM": Text("Boys", "Niños"),
    "SD": Text("Low-income students", "De bajos ingresos"),
    "SE": Text("Students with disabilities", "Con discapacidad"),
}
EVERY = Text("All students", "Todo el estudiantado")
FEWER = 20  # students of an invented school with the same rate


def example() -> Example:
    """The rates of 2023-24, and one of them again from far fewer students."""
    found = {code: smmusd.counts(2024, code) for code in ("TA", *GROUPS)}
    names = {"TA": EVERY} | GROUPS
    x, n = found["SF"]
    found["invented"] = (round(x / FEWER), round(n / FEWER))
    names["invented"] = Text("Girls, if far fewer", "Niñas, si fueran pocas")
    rates = {code: wilson(*one) for code, one in found.items()}
    lines = tuple(among(names[code], *found[code], rates[code]) for code in names)
    title = Text("Students suspended, 2023-24", "Estudiantes suspendidos, 2023-24")
    picture = GapDots(
        title=title,
        alternative=Text(
            "Four groups, each a dot with its interval, against all students. The "
            "intervals are short. The invented row below has the same rate as the "
            "girls but far fewer students, and its interval is many times longer.",
            "Cuatro grupos, cada uno un punto con su intervalo, junto a todo el "
            "estudiantado. Los intervalos son cortos. La fila inventada de abajo "
            "tiene casi la tasa de las niñas con muchas menos estudiantes, y su "
            "intervalo es mucho más largo.",
        ),
        scale=Scale("share", "down", title),
        rows=tuple(
            Mark(name, rates[code], "context" if code == "invented" else "other")
            for code, name in names.items()
            if code != "TA"
        ),
        line=rates["TA"],
        line_label=EVERY,
        source=smmusd.SOURCE,
    )
    return Example(lines, picture)
