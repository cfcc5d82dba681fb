"""Did the support help? What may be said of three comparisons."""

from __future__ import annotations

import pandas as pd

from docs.examples.kit import Example, decimal, read, span, value
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.alike_students import alike_students
from evenrise.statistics.claims import Rung, Study, claim
from evenrise.statistics.detectable import USEFUL
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


FOLDER = "tn_star_wide_k3"
WORDS = {
    "different": Text("different", "distinto"),
    "no_useful_effect": Text("no useful effect", "sin efecto útil"),
    "refused": Text("refused", "no se afirma"),
    "unclear": Text("unclear", "no está claro"),
}
NAMES = {
    "small": Text("Small class, by lot", "Clase pequeña, por sorteo"),
    "regular+aide": Text("Aide in class, by lot", "Asistente, por sorteo"),
    "before": Text(
        "Before and after, no other group", "Antes y después, sin otro grupo"
    ),
}


def example() -> Example:
    """Two lotteries inside schools, and a before and after."""
    star = read(FOLDER, "STAR.csv.gz")
    studies = {
        kind: Study(rung=Rung.LOTTERY, effect=_by_lot(star, kind))
        for kind in ("small", "regular+aide")
    }
    studies["before"] = Study(
        rung=Rung.BEFORE_AFTER, effect=_before_after(star), comparison=False
    )
    lines, marks = [], []
    for kind, study in studies.items():
        name, said = NAMES[kind], claim(study)
        word, (low, high) = WORDS[said.verdict], span(study.effect, 2, times=1)
        size = decimal(value(study.effect), 2)
        lines.append(
            Text(
                f"{name.en:<34}{size:>5} steps ({low} to {high}): {word.en}",
                f"{name.es:<34}{size:>5} pasos ({low} a {high}): {word.es}",
            )
        )
        if kind != "before":
            marks.append(Mark(name, study.effect))
    lines.append(
        Text(
            f"An effect is useful from {USEFUL} steps on, fixed in advance",
            f"Un efecto es útil desde {USEFUL} pasos, fijado de antemano",
        )
    )
    return Example(tuple(lines), _picture(tuple(marks)))


def _by_lot(star: pd.DataFrame, kind: str) -> Estimate:
    rows = star[star["stark"].isin([kind, "regular"])].dropna(subset=["readk"])
    sd = rows.loc[rows["stark"] == "regular", "readk"].std()
    return alike_students(
        rows["readk"] / sd, rows["stark"] == kind, rows["schoolidk"]
    ).difference


def _before_after(star: pd.DataFrame) -> Estimate:
    both = star.dropna(subset=["readk", "read1"])
    gain = (both["read1"] - both["readk"]) / both["readk"].std()
    half = 1.96 * gain.std() / len(gain) ** 0.5
    mean = float(gain.mean())
    return Estimate(mean, mean - half, mean + half, len(gain))


def _picture(marks: tuple[Mark, ...]) -> Caterpillar:
    return Caterpillar(
        title=Text(
            "Reading in kindergarten, against regular classes of the same school",
            "Lectura en kínder, frente a clases regulares de la misma escuela",
        ),
        alternative=Text(
            "Two dots with intervals. Small classes lie clearly above zero. Classes "
            "with an aide lie at zero.",
            "Dos puntos con intervalos. Las clases pequeñas quedan claramente sobre "
            "cero. Las clases con asistente quedan en cero.",
        ),
        scale=Scale("score", "up", Text("Steps", "Pasos")),
        rows=marks,
        source=Text("Tennessee STAR, kindergarten", "Tennessee STAR, kínder"),
    )
