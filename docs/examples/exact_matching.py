"""Pairs of alike students, exactly: two pairs of schools in Inner London."""

from __future__ import annotations

import pandas as pd

from docs.examples.alike_students import FOLDER as EXAM, SOURCE
from docs.examples.kit import Example, decimal, percent, read, span, value
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.alike_students import AlikeStudents, alike_students
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


FOLDER = EXAM
PAIRS = ((14, 26), (6, 47))
BANDS = (-9.0, -1.0, -0.5, 0.0, 0.5, 1.0, 9.0)  # of reading at 11


def example() -> Example:
    """Two schools that serve alike students, and two that do not."""
    exam = read(FOLDER, "Exam.csv")
    band = pd.cut(exam["standLRT"], list(BANDS), labels=False).astype(str)
    exam = exam.assign(cell=band + exam["sex"])
    lines, marks = [], []
    for first, second in PAIRS:
        two = exam[exam["school"].isin([first, second])]
        seen = alike_students(two["normexam"], two["school"] == first, two["cell"])
        lines += _lines(first, second, seen)
        marks += _marks(f"{first} – {second}", seen)
    return Example(tuple(lines), _picture(tuple(marks)))


def _lines(first: int, second: int, seen: AlikeStudents) -> list[Text]:
    raw = decimal(seen.raw_difference or 0.0, 2)
    shares = [
        percent(share or 0.0, 0)
        for share in (seen.coverage.share_first, seen.coverage.share_second)
    ]
    head = Text(
        f"Schools {first} and {second}: all students {raw}; "
        f"alike in the other school: {shares[0]}% and {shares[1]}%",
        f"Escuelas {first} y {second}: todos {raw}; "
        f"con parecidos en la otra: {shares[0]} % y {shares[1]} %",
    )
    if not seen.coverage.enough:
        refused = Text(
            "  These schools do not serve alike students: no comparison",
            "  Estas escuelas no atienden a estudiantes parecidos: no se comparan",
        )
        return [head, refused]
    low, high = span(seen.difference, 2, times=1)
    gap = decimal(value(seen.difference), 2)
    return [
        head,
        Text(
            f"  Among alike students: {gap} ({low} to {high})",
            f"  Entre estudiantes parecidos: {gap} ({low} a {high})",
        ),
    ]


def _marks(name: str, seen: AlikeStudents) -> list[Mark]:
    few = Estimate.unknown(Reason.NOT_APPLICABLE)
    one = seen.difference
    alike = Estimate(one.value, one.lower, one.upper) if seen.coverage.enough else few
    return [
        Mark(
            Text(f"{name}: all", f"{name}: todos"),
            Estimate(seen.raw_difference),
        ),
        Mark(Text(f"{name}: alike", f"{name}: parecidos"), alike, "focus"),
    ]


def _picture(marks: tuple[Mark, ...]) -> Caterpillar:
    return Caterpillar(
        title=Text(
            "Two pairs of schools, all students and alike students",
            "Dos parejas de escuelas, todos y parecidos",
        ),
        alternative=Text(
            "For the first pair the difference of all students vanishes among alike "
            "students. The second pair has a large difference and no comparison, "
            "because its students are not alike.",
            "En la primera pareja la diferencia desaparece entre estudiantes "
            "parecidos. La segunda tiene una diferencia grande y ninguna "
            "comparación, porque sus estudiantes no se parecen.",
        ),
        scale=Scale("score", "neutral", Text("Steps at age 16", "Pasos a los 16 años")),
        rows=marks,
        source=SOURCE,
    )
