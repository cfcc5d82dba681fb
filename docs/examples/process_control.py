"""A signal or the usual wobble? Weeks in which students left a course."""

from __future__ import annotations

import numpy as np

from docs.examples.kit import Example, decimal, read
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.statistics.process_control import Chart, control_chart
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "oulad"
COURSE, START = "FFF", "2013J"
WEEKS = range(1, 17)
BASE = 10  # weeks from which the limits are made


def example() -> Example:
    """Withdrawals in sixteen weeks of one course."""
    frame = read(FOLDER, "student_registration.csv.gz")
    here = frame[
        (frame["code_module"] == COURSE) & (frame["code_presentation"] == START)
    ]
    week = np.floor(here["date_unregistration"] / 7)
    left = np.array([int((week == one).sum()) for one in WEEKS])
    seen = control_chart(Chart.XMR, left, freeze=BASE)
    runs = seen.runs[0]
    center, top = float(seen.center[0]), float(seen.upper[0])
    signals = [one for one, far in zip(WEEKS, seen.beyond, strict=True) if far]
    values = " ".join(str(one) for one in left)
    weeks = ", ".join(map(str, signals))
    lines = (
        Text(
            f"Students who left, by week: {values}", f"Salieron, por semana: {values}"
        ),
        Text(
            f"Mean of the first {BASE} weeks: {decimal(center)}; upper limit "
            f"{decimal(top)}",
            f"Promedio de las primeras {BASE} semanas: {decimal(center)}; límite "
            f"superior {decimal(top)}",
        ),
        Text(
            f"Longest run on one side: {runs.longest_run} "
            f"(a signal above {runs.longest_run_limit})",
            f"Racha más larga de un lado: {runs.longest_run} "
            f"(señal si pasa de {runs.longest_run_limit})",
        ),
        Text(f"Weeks beyond the limit: {weeks}", f"Semanas sobre el límite: {weeks}"),
    )
    return Example(lines, _picture(left, signals, (center, top)))


def _picture(
    left: np.ndarray, signals: list[int], limits: tuple[float, float]
) -> GapDots:
    title = Text("Students who left a course", "Estudiantes que dejaron un curso")
    center, top = limits
    return GapDots(
        title=title,
        alternative=Text(
            "Sixteen weeks from top to bottom, each a dot. Most lie inside the band "
            "of the usual wobble around the mean; the thirteenth lies far beyond it.",
            "Dieciséis semanas de arriba abajo, cada una un punto. Casi todas quedan "
            "dentro de la franja de variación habitual; la decimotercera se sale con "
            "mucho.",
        ),
        scale=Scale("students", "down", title),
        rows=tuple(
            Mark(
                Text(f"Week {one}", f"Semana {one}"),
                Estimate(float(number)),
                "focus" if one in signals else "other",
            )
            for one, number in zip(WEEKS, left, strict=True)
        ),
        line=Estimate(center, max(0.0, 2 * center - top), top),
        line_label=Text("Mean and limits", "Promedio y límites"),
        source=Text(
            "Open University Learning Analytics (CC BY 4.0)",
            "Analítica de aprendizaje de la Open University (CC BY 4.0)",
        ),
    )
