"""Which schools stand out beyond chance? A funnel of one hundred schools."""

from __future__ import annotations

import numpy as np

from docs.examples.kit import Example, decimal, percent, read
from evenrise.findings.pictures import FunnelPlot, FunnelPoint, Scale
from evenrise.statistics.funnel import Funnel, funnel
from evenrise.vocabulary.text import Text


FOLDER = "va_suspension_students"
FAR = 2  # beyond the 99.8 % limits; 1 is beyond the 95 % limits
DRAWN = (0, 95, 99)
LEAST = 30  # students: smaller schools are counted, not drawn


def example() -> Example:
    """Students of Virginia who say that they were suspended."""
    table = read(FOLDER, "suspend.csv").groupby("school")["sus"].agg(["sum", "size"])
    x, n = table["sum"].to_numpy(), table["size"].to_numpy()
    seen = funnel(x, n)
    if seen.center is None:
        raise ValueError(f"No answer: {seen.reason}.")
    naive = np.abs(seen.z) > 1.96
    far = seen.outside == FAR
    most = int(np.argmax(np.where(far, 0.0, x / n)))
    if x[most] / n[most] < (x[far] / n[far]).max():
        raise ValueError("The page says that the highest rate lies inside.")
    lines = (
        Text(
            f"{len(n)} schools, {n.sum():,} students, together {percent(seen.center)}%",
            f"{len(n)} escuelas, {n.sum():,} estudiantes, juntas "
            f"{percent(seen.center)} %",
        ),
        Text(
            f"The highest rate, {percent(x[most] / n[most], 0)}%: a school of "
            f"{n[most]} students, inside the 99.8% limits",
            f"La tasa más alta, {percent(x[most] / n[most], 0)} %: una escuela de "
            f"{n[most]} estudiantes, dentro del límite del 99.8 %",
        ),
        Text(
            f"The schools differ {decimal(seen.phi)} times as much as chance would do",
            f"Las escuelas varían {decimal(seen.phi)} veces lo que haría el azar",
        ),
        Text(
            f"Beyond the 95% limits: {naive.sum()} by chance alone, "
            f"{(seen.outside > 0).sum()} when that is allowed for",
            f"Fuera del límite del 95 %: {naive.sum()} según el puro azar, "
            f"{(seen.outside > 0).sum()} al tenerlo en cuenta",
        ),
        Text(
            f"Beyond the 99.8% limits: {far.sum()}, with {x[far][0]} of {n[far][0]} "
            "students",
            f"Fuera del límite del 99.8 %: {far.sum()}, con {x[far][0]} de "
            f"{n[far][0]} estudiantes",
        ),
    )
    return Example(lines, _picture(seen, x, n))


def _picture(seen: Funnel, x: np.ndarray, n: np.ndarray) -> FunnelPlot:
    along = np.linspace(LEAST, n.max(), 40)
    ends = seen.limits(along)
    title = Text(
        "Students suspended, by school", "Estudiantes suspendidos, por escuela"
    )
    drawn = np.flatnonzero(n >= LEAST)
    return FunnelPlot(
        title=title,
        alternative=Text(
            "One dot a school, its rate against its size. Small schools scatter "
            "widely inside wide limits, large ones lie close to the mean. A few lie "
            "outside the inner limits, one outside the outer.",
            "Un punto por escuela, su tasa frente a su tamaño. Las pequeñas se "
            "dispersan dentro de límites amplios, las grandes quedan cerca del "
            "promedio. Unas pocas salen del límite interior, una del exterior.",
        ),
        scale=Scale("share", "down", title),
        center=float(seen.center or 0.0),
        points=tuple(
            FunnelPoint(
                Text(f"{n[at]} students", f"{n[at]} estudiantes"),
                int(n[at]),
                float(x[at] / n[at]),
                DRAWN[int(seen.outside[at])],
            )
            for at in drawn
        ),
        limits=tuple(
            zip(
                map(float, along),
                map(float, ends.lower_95),
                map(float, ends.upper_95),
                map(float, ends.lower_998),
                map(float, ends.upper_998),
                strict=True,
            )
        ),
        source=Text(
            "Students' own answers, 100 schools in Virginia",
            "Respuestas de estudiantes, 100 escuelas de Virginia",
        ),
    )
