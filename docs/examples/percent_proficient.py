"""The same rise for every child narrows one gap and widens another."""

from __future__ import annotations

import numpy as np

from docs.examples.kit import Example, decimal, percent, read, span, value
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.cut_scores import CutGap, cut_gaps
from evenrise.statistics.effect_size import v_statistic
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_k_absences"
RISE = 20.0  # points of the test, invented, the same for every child
CUTS = (420.0, 435.0, 450.0)


def example() -> Example:
    """Reading in kindergarten: children with and without free lunch."""
    star = read(FOLDER, "star.csv").dropna(subset=["readscore", "freelunch"])
    without = star.loc[star["freelunch"] == 0, "readscore"].to_numpy()
    within = star.loc[star["freelunch"] == 1, "readscore"].to_numpy()
    means = float(without.mean()), float(within.mean())
    sd = float(np.sqrt((without.var(ddof=1) + within.var(ddof=1)) / 2))
    gaps = cut_gaps((means[0], means[0] + RISE), (means[1], means[1] + RISE), CUTS, sd)
    order = v_statistic(without, within)
    low, high = span(order.v, 2, times=1)
    v = decimal(value(order.v), 2)
    ahead = percent(order.chance or 0.0, 0)
    lines = [
        Text(
            f"Mean reading score: {decimal(means[0], 0)} and {decimal(means[1], 0)}; "
            f"every child then gains {RISE:.0f}",
            f"Promedio en lectura: {decimal(means[0], 0)} y {decimal(means[1], 0)}; "
            f"luego cada estudiante gana {RISE:.0f}",
        )
    ]
    lines += [_line(gap) for gap in gaps]
    lines += [
        Text(
            f"Gap without any line: V {v} ({low} to {high}), before and after",
            f"Brecha sin línea alguna: V {v} ({low} a {high}), antes y después",
        ),
        Text(
            f"In {ahead} of 100 pairs the child without free lunch scores higher",
            f"En {ahead} de 100 parejas gana quien no recibe almuerzo gratis",
        ),
    ]
    return Example(tuple(lines), _picture(gaps))


def _line(gap: CutGap) -> Text:
    ends = percent(gap.before, 0), percent(gap.after, 0)
    return Text(
        f"Line at {gap.cut:.0f}: the gap goes from {ends[0]} to {ends[1]} points",
        f"Línea en {gap.cut:.0f}: la brecha pasa de {ends[0]} a {ends[1]} puntos",
    )


def _picture(gaps: tuple[CutGap, ...]) -> Caterpillar:
    rows = []
    for gap in gaps:
        for when, share in (("before", gap.before), ("after", gap.after)):
            es = "antes" if when == "before" else "después"
            rows.append(
                Mark(
                    Text(f"Line {gap.cut:.0f}, {when}", f"Línea {gap.cut:.0f}, {es}"),
                    Estimate(share),
                    "focus" if when == "after" else "other",
                )
            )
    return Caterpillar(
        title=Text(
            "The gap in percent over a line, before and after the same rise",
            "La brecha en porcentaje sobre una línea, antes y después del mismo avance",
        ),
        alternative=Text(
            "Three lines, each with the gap before and after. At the low line the "
            "gap shrinks, at the high line it grows, though every child gained the "
            "same.",
            "Tres líneas, cada una con la brecha antes y después. En la línea baja "
            "la brecha se reduce, en la alta crece, aunque cada estudiante ganó lo "
            "mismo.",
        ),
        scale=Scale("points", "neutral", Text("Gap", "Brecha")),
        rows=tuple(rows),
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
