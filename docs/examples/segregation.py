"""Do students of two groups go to the same schools? Three districts."""

from __future__ import annotations

import numpy as np

from docs.examples.kit import Example, decimal, percent, read
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.segregation import segregation
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "segregation_schools"
DISTRICTS = ("A106", "B92", "B142")
GROUPS = ["hisp", "white"]


def example() -> Example:
    """Hispanic and white students: apart as counted, and beyond chance."""
    frame = read(FOLDER, "schools00.csv")
    lines, marks = [], []
    for district in DISTRICTS:
        rows = frame[frame["district"] == district]
        table = rows.pivot_table(
            index="school", columns="race", values="n", aggfunc="sum", fill_value=0
        )[GROUPS].to_numpy()
        seen = segregation(table)
        if seen.dissimilarity is None or seen.dissimilarity_corrected is None:
            raise ValueError(f"No answer: {seen.reason}.")
        raw, beyond = seen.dissimilarity, seen.dissimilarity_corrected
        size, schools = int(table[:, 0].sum()), len(table)
        white = percent(float(seen.exposure[0, 1]), 0)
        ends = decimal(raw, 2), decimal(beyond, 2)
        lines.append(
            Text(
                f"{district:<5}{schools} schools, {size:>5,} Hispanic: D {ends[0]}, "
                f"beyond chance {ends[1]}, their schools {white}% white",
                f"{district:<5}{schools} escuelas, {size:>5,} hispanos: D {ends[0]}, "
                f"más allá del azar {ends[1]}, sus escuelas {white} % blancas",
            )
        )
        number = int(np.asarray(table).sum())
        marks += [
            Mark(
                Text(f"{district}: as counted", f"{district}: contada"),
                Estimate(raw, n=number),
            ),
            Mark(
                Text(f"{district}: beyond chance", f"{district}: sin el azar"),
                Estimate(beyond, n=number),
                "focus",
            ),
        ]
    every = frame.pivot_table(
        index="school", columns="race", values="n", aggfunc="sum", fill_value=0
    )
    h = decimal(segregation(every.to_numpy()).theil or 0.0, 2)
    lines.append(
        Text(
            f"All {len(every):,} schools, {every.shape[1]} groups: H {h}",
            f"Las {len(every):,} escuelas, {every.shape[1]} grupos: H {h}",
        )
    )
    return Example(tuple(lines), _picture(tuple(marks)))


def _picture(marks: tuple[Mark, ...]) -> GapDots:
    title = Text(
        "Share who would have to change schools",
        "Parte que tendría que cambiar de escuela",
    )
    return GapDots(
        title=title,
        alternative=Text(
            "Three districts, each with two dots. The first two look alike as "
            "counted; beyond chance the district with few Hispanic students falls "
            "below the other.",
            "Tres distritos, cada uno con dos puntos. Los dos primeros parecen "
            "iguales al contar; sin el azar, el distrito con pocos hispanos queda "
            "por debajo del otro.",
        ),
        scale=Scale("share", "down", title),
        rows=marks,
        source=Text(
            "R package segregation: invented after NCES counts",
            "Paquete segregation de R: inventado según conteos de NCES",
        ),
    )
