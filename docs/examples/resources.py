"""Is more given where need is greater? Teachers' credentials in 14 schools."""

from __future__ import annotations

import pandas as pd

from docs.examples.kit import Example, decimal, percent, read
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.resource_equity import Vertical, resource_equity
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "ca_api_1999_2000"
DISTRICT = "Santa Monica-Malibu"


def example() -> Example:
    """Santa Monica-Malibu in 2000, and all schools of California beside it."""
    state = read(FOLDER, "apipop.csv").dropna(subset=["full", "enroll", "meals"])
    own = state[state["dname"].str.startswith(DISTRICT)]
    seen = resource_equity(own["full"], own["enroll"], own["meals"])
    every = resource_equity(state["full"], state["enroll"], state["meals"])
    if seen.horizontal is None or seen.vertical is None or every.vertical is None:
        raise ValueError(f"No answer: {seen.reason}.")
    even = seen.horizontal
    mean, lowest = decimal(even.mean, 0), decimal(even.mcloone, 2)
    lines = (
        Text(
            f"{len(own)} schools, {own['enroll'].sum():,.0f} students: on average "
            f"{mean}% of their teachers fully credentialed",
            f"{len(own)} escuelas, {own['enroll'].sum():,.0f} estudiantes: en promedio "
            f"{mean} % de sus docentes con credencial completa",
        ),
        Text(
            f"Lower half against the middle (1 is even): {lowest}",
            f"Mitad de abajo frente al centro (1 es parejo): {lowest}",
        ),
        *_with_need(seen.vertical, every.vertical),
    )
    return Example(lines, _picture(own.sort_values(["meals", "enroll"])))


def _with_need(own: Vertical, state: Vertical) -> tuple[Text, ...]:
    steps = [10 * (one.slope or 0.0) for one in (own, state)]
    error = 10 * 1.96 * (own.slope_se or 0.0)
    here, there = (decimal(step) for step in steps)
    ends = decimal(steps[0] - error), decimal(steps[0] + error)
    quarter = percent(own.high_to_low or 0.0, 0)
    return (
        Text(
            f"Ten points more of students with free meals: {here} points "
            f"({ends[0]} to {ends[1]})",
            f"Diez puntos más de estudiantes con comida gratis: {here} puntos "
            f"({ends[0]} a {ends[1]})",
        ),
        Text(
            f"Quarter with most need against least: {quarter} for each 100",
            f"Cuarta parte con más necesidad frente a la de menos: {quarter} por "
            "cada 100",
        ),
        Text(
            f"All California: {there} points",
            f"Toda California: {there} puntos",
        ),
    )


def _picture(own: pd.DataFrame) -> GapDots:
    title = Text(
        "Teachers with a full credential, by school",
        "Docentes con credencial completa, por escuela",
    )
    return GapDots(
        title=title,
        alternative=Text(
            "Fourteen schools ordered by how many students have free meals. Schools "
            "with few such students have high shares, except two large ones; the "
            "last schools in the list have lower shares.",
            "Catorce escuelas ordenadas por cuántos estudiantes reciben comida "
            "gratis. Donde son pocos la parte es alta, salvo en dos escuelas grandes; "
            "al final de la lista la parte es menor.",
        ),
        scale=Scale("share", "up", title, from_zero=False),
        rows=tuple(
            Mark(
                Text(f"{one['meals']}% free meals", f"{one['meals']} % comida gratis"),
                Estimate(one["full"] / 100, n=int(one["enroll"])),
            )
            for one in own.to_dict("records")
        ),
        source=Text(
            "California Department of Education, 2000; n counts students",
            "Departamento de Educación de California, 2000; n cuenta estudiantes",
        ),
    )
