"""Alike students in different schools: 65 schools of Inner London."""

from __future__ import annotations

from docs.examples.kit import Example, decimal, percent, read
from evenrise.findings.pictures import Caterpillar, Mark, Scale
from evenrise.statistics.moments import ONE, Moments
from evenrise.statistics.multilevel import fit
from evenrise.statistics.multilevel_fit import MultilevelFit
from evenrise.statistics.school_comparison import compare_schools
from evenrise.vocabulary.estimates import Estimate, Reason
from evenrise.vocabulary.text import Text


FOLDER = "inner_london_exam"
SHOWN = slice(42, 54)  # twelve schools as they stand in the file
SOURCE = Text("Inner London Exam data (mlmRev)", "Datos Exam de Londres (mlmRev)")


def fitted() -> MultilevelFit:
    """Examination at 16 by reading at 11, pupils in schools.

    Raises:
        ValueError: when there is no answer.
    """
    exam = read(FOLDER, "Exam.csv")
    sums = Moments.of(
        exam["school"], {"y": exam["normexam"], "prior": exam["standLRT"]}
    )
    seen = fit(sums, "y", [ONE, "prior"])
    if seen.reason is not None:
        raise ValueError(f"No answer: {seen.reason}.")
    return seen


def example() -> Example:
    """What remains of schools' differences among pupils who started alike."""
    seen = fitted()
    pairs = compare_schools(seen.effects[:, 0], seen.effect_sd[:, 0])
    icc = percent(seen.icc or 0.0, 0)
    gain, effect = decimal(float(seen.fixed[1]), 2), seen.levels[0].cov[0, 0] ** 0.5
    few = int((~seen.reliable).sum())
    lines = (
        Text(
            f"{seen.n:,} students in {len(seen.ids)} schools",
            f"{seen.n:,} estudiantes en {len(seen.ids)} escuelas",
        ),
        Text(
            f"One step more at 11 goes with {gain} steps more at 16",
            f"Un paso más a los 11 años va con {gain} pasos más a los 16",
        ),
        Text(
            f"Of what remains, {icc} of 100 parts lie between schools "
            f"(a typical effect: {decimal(effect, 2)} steps)",
            f"De lo que queda, {icc} de 100 partes están entre escuelas "
            f"(efecto típico: {decimal(effect, 2)} pasos)",
        ),
        Text(
            f"Schools with too few students to say: {few}",
            f"Escuelas con muy pocos estudiantes para decir algo: {few}",
        ),
        Text(
            f"Of {pairs.pairs:,} pairs of schools, {pairs.pairs_different_adjusted} "
            "can be told apart",
            f"De {pairs.pairs:,} parejas de escuelas, se distinguen "
            f"{pairs.pairs_different_adjusted}",
        ),
    )
    return Example(lines, _picture(seen))


def mark(seen: MultilevelFit, at: int, kind: str = "other") -> Mark:
    """A school's effect with its interval, or that it has too few students."""
    n = int(seen.group_n[at])
    name = seen.ids[at]
    if not seen.reliable[at]:
        few = Estimate.unknown(Reason.TOO_FEW)
        return Mark(Text(f"School {name}", f"Escuela {name}"), few, kind)
    # The n stands in the label: as the estimate's own it would cost every decimal.
    label = Text(f"School {name} (n {n})", f"Escuela {name} (n {n})")
    low, high = (float(end[at]) for end in seen.interval())
    return Mark(label, Estimate(float(seen.effects[at, 0]), low, high), kind)


def _picture(seen: MultilevelFit) -> Caterpillar:
    return Caterpillar(
        title=Text(
            "Twelve schools: alike students, different results",
            "Doce escuelas: estudiantes parecidos, resultados distintos",
        ),
        alternative=Text(
            "Twelve schools in the order of the file, each a dot with an interval "
            "around zero. Several lie clearly above or below zero, most overlap. One "
            "has too few students and no dot.",
            "Doce escuelas en el orden del archivo, cada una un punto con intervalo "
            "alrededor de cero. Varias quedan claramente arriba o abajo, la mayoría "
            "se superpone. Una tiene muy pocos estudiantes y no lleva punto.",
        ),
        scale=Scale("score", "up", Text("Steps at age 16", "Pasos a los 16 años")),
        rows=tuple(mark(seen, at) for at in range(len(seen.ids))[SHOWN]),
        source=SOURCE,
    )
