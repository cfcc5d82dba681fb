"""Did the rate change, or did who is enrolled? Pass rates of a university."""

from __future__ import annotations

import pandas as pd

from docs.examples.kit import Example, percent, read
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.enrollment_change import enrollment_change
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Text


FOLDER = "oulad"
BEFORE, AFTER = "2013J", "2014J"
NEW = "CCC"


def example() -> Example:
    """Autumn 2013 and autumn 2014, by course."""
    frame = read(FOLDER, "student.csv.gz")
    passed = frame["final_result"].isin(["Pass", "Distinction"])
    course, time = frame["code_module"], frame["code_presentation"]
    n = pd.crosstab(course, time)
    x = pd.crosstab(course[passed], time[passed]).reindex(n.index, fill_value=0)
    seen = enrollment_change(x[BEFORE], n[BEFORE], x[AFTER], n[AFTER])
    if seen.change is None or seen.composition is None or seen.rate_effect is None:
        raise ValueError(f"No answer: {seen.reason}.")
    ends = percent(seen.before or 0.0), percent(seen.after or 0.0)
    new = percent(x[AFTER][NEW] / n[AFTER][NEW])
    lines = (
        Text(
            f"Students who passed: {ends[0]}% in 2013, {ends[1]}% in 2014",
            f"Aprobaron: {ends[0]} % en 2013, {ends[1]} % en 2014",
        ),
        Text(
            f"Change: {percent(seen.change)} points",
            f"Cambio: {percent(seen.change)} puntos",
        ),
        Text(
            f"  from who is enrolled: {percent(seen.composition)}",
            f"  por quién está inscrito: {percent(seen.composition)}",
        ),
        Text(
            f"  from the rates inside courses: +{percent(seen.rate_effect)}",
            f"  por las tasas dentro de los cursos: +{percent(seen.rate_effect)}",
        ),
        Text(
            f"A new course in 2014, {n[AFTER][NEW]:,} students: {new}% passed",
            f"Un curso nuevo en 2014, {n[AFTER][NEW]:,} estudiantes: aprobó {new} %",
        ),
    )
    return Example(lines, _picture(x, n))


def _picture(x: pd.DataFrame, n: pd.DataFrame) -> GapDots:
    title = Text("Students who passed, by course", "Aprobaron, por curso")
    marks = [
        Mark(
            Text(f"Course {code}, {year[:4]}", f"Curso {code}, {year[:4]}"),
            wilson(int(x[year][code]), int(n[year][code])),
            "focus" if year == AFTER else "other",
        )
        for code in x.index
        for year in (BEFORE, AFTER)
        if n[year][code]
    ]
    every = wilson(int(x[AFTER].sum()), int(n[AFTER].sum()))
    return GapDots(
        title=title,
        alternative=Text(
            "Seven courses in two years. Rates inside each course hardly move; one "
            "large course is new in 2014 and has the lowest rate of all.",
            "Siete cursos en dos años. Dentro de cada curso la tasa casi no se mueve; "
            "un curso grande es nuevo en 2014 y tiene la tasa más baja de todas.",
        ),
        scale=Scale("share", "up", title),
        rows=tuple(marks),
        line=every,
        line_label=Text("All, 2014", "Todos, 2014"),
        source=Text(
            "Open University Learning Analytics (CC BY 4.0)",
            "Analítica de aprendizaje de la Open University (CC BY 4.0)",
        ),
    )
