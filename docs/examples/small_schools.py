"""Small schools jump: rates drawn towards what all schools tell."""

from __future__ import annotations

import numpy as np

from docs.examples.kit import Example, percent, read, value
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.rates import wilson
from evenrise.statistics.shrinkage import shrink_rates
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_k_absences"
MANY_DAYS = 18  # one tenth of 180 days
SMALLEST, LARGEST = 3, 2


def example() -> Example:
    """Kindergartners who miss many days: the smallest and the largest schools."""
    star = read(FOLDER, "star.csv").dropna(subset=["absent"])
    often = (star["absent"] >= MANY_DAYS).groupby(star["schid"])
    x, n = often.sum().to_numpy(), often.size().to_numpy()
    seen = shrink_rates(x, n)
    if seen.mean is None or seen.lower is None or seen.upper is None:
        raise ValueError(f"No answer: {seen.reason}.")
    order = np.argsort(n, kind="stable")
    lines = [
        Text(
            f"All {len(n)} schools: {percent(seen.mean)}%",
            f"Las {len(n)} escuelas: {percent(seen.mean)} %",
        )
    ]
    rows = []
    for at in (*order[:SMALLEST], *order[-LARGEST:]):
        counted = wilson(int(x[at]), int(n[at]))
        drawn = Estimate(
            float(seen.shrunk[at]),
            float(seen.lower[at]),
            float(seen.upper[at]),
            int(n[at]),
        )
        own, both = percent(value(counted), 0), percent(value(drawn), 0)
        weight = percent(float(seen.weight[at]), 0)
        lines.append(
            Text(
                f"{n[at]:>3} students: counted {own}%, drawn {both}%, "
                f"own share {weight}%",
                f"{n[at]:>3} estudiantes: contada {own} %, ajustada {both} %, "
                f"peso propio {weight} %",
            )
        )
        rows += [
            Mark(Text(f"{n[at]}: counted", f"{n[at]}: contada"), counted),
            Mark(Text(f"{n[at]}: drawn", f"{n[at]}: ajustada"), drawn, "focus"),
        ]
    return Example(tuple(lines), _picture(seen.mean, tuple(rows)))


def _picture(mean: float, rows: tuple[Mark, ...]) -> GapDots:
    title = Text(
        "Kindergartners who miss 18 days or more",
        "Estudiantes de kínder que faltan 18 días o más",
    )
    return GapDots(
        title=title,
        alternative=Text(
            "Five schools, each with its counted rate and its drawn rate. For the "
            "three smallest the drawn rate lies closer to the mean of all schools; "
            "for the two largest both are nearly the same.",
            "Cinco escuelas, cada una con su tasa contada y su tasa ajustada. En las "
            "tres más pequeñas la ajustada queda más cerca del promedio de todas; en "
            "las dos más grandes casi no cambia.",
        ),
        scale=Scale("share", "down", title),
        rows=rows,
        line=Estimate(mean),
        line_label=Text("All schools", "Todas las escuelas"),
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
