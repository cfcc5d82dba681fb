"""Is the gap inside schools or between them? Mathematics in 160 high schools."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, percent, read
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.within_between import WithinBetween, within_between
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "hsb82"
PARTS = {
    "part_within": Text("Inside schools", "Dentro de las escuelas"),
    "part_between": Text("Between schools", "Entre escuelas"),
    "part_ambiguous": Text("Either one", "Cualquiera de las dos"),
}


def example() -> Example:
    """Students of color and white students, High School and Beyond."""
    frame = read(FOLDER, "Hsb82.csv")
    seen = within_between(frame["mAch"], frame["minrty"].eq("No"), frame["school"])
    if seen.gap is None or seen.variance_ratio is None:
        raise ValueError(f"No answer: {seen.reason}.")
    lines = [
        Text(
            f"{seen.n:,} students in {seen.schools} schools",
            f"{seen.n:,} estudiantes en {seen.schools} escuelas",
        ),
        Text(
            f"Gap: {decimal(seen.gap)} points of the test",
            f"Brecha: {decimal(seen.gap)} puntos de la prueba",
        ),
    ]
    for key, name in PARTS.items():
        part = float(getattr(seen, key))
        size, share = decimal(part), percent(part / seen.gap, 0)
        lines.append(
            Text(
                f"  {name.en:<24}{size}  ({share}%)",
                f"  {name.es:<24}{size}  ({share} %)",
            )
        )
    apart = percent(seen.variance_ratio, 0)
    lines.append(
        Text(
            f"How far the two groups are in different schools: {apart} of 100",
            f"Cuánto están los dos grupos en escuelas distintas: {apart} de 100",
        )
    )
    return Example(tuple(lines), _picture(seen))


def _picture(seen: WithinBetween) -> Caterpillar:
    title = Text("The gap in three parts", "La brecha en tres partes")
    return Caterpillar(
        title=title,
        alternative=Text(
            "Three dots above zero: the part inside schools is the largest, the part "
            "that could be either is nearly as large, the part between is small.",
            "Tres puntos por encima de cero: la parte dentro de las escuelas es la "
            "mayor, la que puede ser cualquiera es casi igual, y la parte entre "
            "escuelas es pequeña.",
        ),
        scale=Scale("score", "up", Text("Points of the test", "Puntos de la prueba")),
        rows=tuple(
            Mark(name, Estimate(float(getattr(seen, key))))
            for key, name in PARTS.items()
        ),
        source=Text("High School and Beyond, 1982", "High School and Beyond, 1982"),
    )
