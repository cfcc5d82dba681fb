"""How many of seventy-nine comparisons stand out when nothing is going on?"""

from __future__ import annotations

import pandas as pd

from docs.examples.kit import Example, decimal, read
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.multiplicity import benjamini_hochberg
from evenrise.statistics.rates import difference, difference_p
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_k_absences"
MANY_DAYS = 18  # one tenth of 180 days
LINE = 0.05
SHOWN = 8


def example() -> Example:
    """Boys and girls in each kindergarten: who misses many days?"""
    table = _counts()
    p = difference_p(table["x1"], table["n1"], table["x0"], table["n0"])
    adjusted = benjamini_hochberg(p)
    tested, low = len(p), int((p < LINE).sum())
    left = int((adjusted < LINE).sum())
    ends = decimal(p.min(), 3), decimal(adjusted.min(), 3)
    lines = (
        Text(
            f"Schools where boys and girls are compared: {tested}",
            f"Escuelas en que se compara a niños y niñas: {tested}",
        ),
        Text(
            f"Expected below {LINE} by chance alone: about {tested * LINE:.0f}",
            f"Por puro azar se esperan debajo de {LINE}: unas {tested * LINE:.0f}",
        ),
        Text(f"Found below {LINE}: {low}", f"Halladas debajo de {LINE}: {low}"),
        Text(
            f"Left after allowing for {tested} looks: {left}",
            f"Quedan al tener en cuenta las {tested} miradas: {left}",
        ),
        Text(
            f"The smallest p: {ends[0]}, adjusted {ends[1]}",
            f"La p más pequeña: {ends[0]}, ajustada {ends[1]}",
        ),
    )
    return Example(lines, _picture(table.assign(p=p)))


def _counts() -> pd.DataFrame:
    star = read(FOLDER, "star.csv").dropna(subset=["absent"])
    often = star["absent"] >= MANY_DAYS
    n = pd.crosstab(star["schid"], star["boy"])
    x = pd.crosstab(star.loc[often, "schid"], star.loc[often, "boy"])
    x = x.reindex(n.index, fill_value=0)
    parts = {"x": x, "n": n}
    return pd.DataFrame(
        {f"{name}{boy}": part[boy] for name, part in parts.items() for boy in (0, 1)}
    )


def _picture(table: pd.DataFrame) -> Caterpillar:
    shown = table.nsmallest(SHOWN, "p").sort_index()
    title = Text(
        "Boys less girls who miss 18 days or more, by school",
        "Niños menos niñas que faltan 18 días o más, por escuela",
    )
    return Caterpillar(
        title=title,
        alternative=Text(
            "The eight schools of 79 with the largest contrasts. In some more boys "
            "miss many days, in some more girls. Four intervals leave out zero.",
            "Las ocho escuelas de 79 con los contrastes más grandes. En unas faltan "
            "más los niños, en otras más las niñas. Cuatro intervalos dejan fuera "
            "el cero.",
        ),
        scale=Scale("points", "neutral", Text("Difference", "Diferencia")),
        rows=tuple(
            Mark(
                Text(f"School {place}", f"Escuela {place}"),
                difference(one["x1"], one["n1"], one["x0"], one["n0"]),
            )
            for place, (_, one) in enumerate(shown.iterrows(), start=1)
        ),
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
