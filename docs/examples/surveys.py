"""Do these answers measure one thing? Eleven statements on reading."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, percent, read, value
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.survey_answers import favorable
from evenrise.statistics.survey_scale import reliability, reversed_items
from evenrise.vocabulary.text import Text


FOLDER = "pisa2009_us_reading_items"
CODES = {"Strongly disagree": 1.0, "Disagree": 2.0, "Agree": 3.0, "Strongly agree": 4.0}
AGREE = (3.0, 4.0)
AGAINST = (1, 4, 6, 8, 9)  # statements that speak against reading
SHOWN = {
    "ST24Q01": Text("I read only if I have to", "Leo solo si me obligan"),
    "ST24Q02": Text("Reading is a favorite hobby", "Leer es un pasatiempo favorito"),
    "ST24Q03": Text("I like talking about books", "Me gusta hablar de libros"),
    "ST24Q06": Text("Reading is a waste of time", "Leer es perder el tiempo"),
}


def example() -> Example:
    """Students of 15 in the United States, 2009."""
    frame = read(FOLDER, "pisaitems_us.csv.gz").filter(like="ST24")
    items = frame.apply(lambda column: column.map(CODES))
    against = {f"ST24Q{number:02d}": 5.0 for number in AGAINST}
    raw = reliability(items.to_numpy())
    turned = reliability(reversed_items({name: items[name] for name in items}, against))
    if turned.factor is None:
        raise ValueError(f"No answer: {turned.alpha.reason}.")
    found = {name: favorable(items[name], len(items), AGREE) for name in SHOWN}
    answers = [
        Text(
            f"{name.en:<32}{percent(value(found[key].share_infinite), 0)}% agree "
            f"({found[key].answered:,} answered)",
            f"{name.es:<32}{percent(value(found[key].share_infinite), 0)} % de acuerdo "
            f"({found[key].answered:,} respuestas)",
        )
        for key, name in SHOWN.items()
    ]
    alphas = decimal(value(raw.alpha), 2), decimal(value(turned.alpha), 2)
    lines = (
        *answers,
        Text(
            f"Alpha of all {turned.items}, as answered: {alphas[0]}",
            f"Alfa de las {turned.items}, como se respondieron: {alphas[0]}",
        ),
        Text(
            f"Alpha with {len(AGAINST)} statements turned round: {alphas[1]}",
            f"Alfa con {len(AGAINST)} frases invertidas: {alphas[1]}",
        ),
        Text(
            f"Omega from one common factor: {decimal(turned.factor.omega, 2)}",
            f"Omega de un factor común: {decimal(turned.factor.omega, 2)}",
        ),
    )
    title = Text("Students who agree", "Estudiantes de acuerdo")
    picture = GapDots(
        title=title,
        alternative=Text(
            "Four statements on reading, each a dot with a short interval. Half of "
            "the students read only if they have to; about three in ten call reading "
            "a favorite hobby.",
            "Cuatro frases sobre la lectura, cada una un punto con un intervalo "
            "corto. La mitad lee solo si la obligan; unos tres de cada diez dicen que "
            "leer es un pasatiempo favorito.",
        ),
        scale=Scale("share", "neutral", title),
        rows=tuple(
            Mark(name, found[key].share_infinite) for key, name in SHOWN.items()
        ),
        source=Text("PISA 2009, United States", "PISA 2009, Estados Unidos"),
    )
    return Example(lines, picture)
