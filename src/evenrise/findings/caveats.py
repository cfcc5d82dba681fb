"""What a reader must know before believing a finding; said only where it applies."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from evenrise.findings.desk import Desk
from evenrise.findings.sentences import numbers
from evenrise.vocabulary.facts import Origin, Status
from evenrise.vocabulary.organizations import Level
from evenrise.vocabulary.text import Text


DISTURBED_YEARS = (2020, 2021)  # schools taught from afar from March 2020
DISTURBED = Text(
    "Schools taught from a distance from March 2020 into 2020-21: the figures of those "
    "two years are not like those of other years.",
    "Desde marzo de 2020 y durante 2020-21 las escuelas enseñaron a distancia: los "
    "datos de esos dos años no se parecen a los de otros.",
)
NOT_WHY = Text(
    "The figures show what happened, not why. Every child is much more than the name "
    "of a group.",
    "Los datos muestran lo que pasó, no por qué. Cada estudiante es mucho más que el "
    "nombre de un grupo.",
)
OVERLAP = Text(
    "A student can belong to several groups, so the students of different findings "
    "must not be added up.",
    "Un estudiante puede pertenecer a varios grupos; por eso no se deben sumar los "
    "estudiantes de distintos hallazgos.",
)
MIXED_SCHOOLS = Text(
    "Schools of different grades stand side by side here; compare each with schools "
    "of its own kind before concluding anything.",
    "Aquí aparecen juntas escuelas de distintos grados; antes de concluir algo, "
    "compare cada una con otras de su tipo.",
)


def gap_caveats(desk: Desk, row: int, years: Iterable[int]) -> tuple[Text, ...]:
    """The caveats of a gap, the most particular first."""
    found = [NOT_WHY, OVERLAP]
    if any(year in DISTURBED_YEARS for year in years):
        found.insert(0, DISTURBED)
    summed = summed_caveat(desk, row)
    if summed is not None:
        found.insert(0, summed)
    return tuple(found)


def summed_caveat(desk: Desk, row: int) -> Text | None:
    """Whether a published district figure is a sum that leaves hidden schools out.

    Told by the numbers alone: the district's n equals the sum over the schools that
    are shown, while other schools of that group are hidden.
    """
    facts = desk.facts
    if facts.word("level", row) != Level.DISTRICT:
        return None
    if facts.cell("origin", row) != Origin.PUBLISHED:
        return None
    schools = facts.rows(
        indicator=facts.word("indicator", row),
        school_year=int(facts.year[row]),
        level=Level.SCHOOL,
        group_family=facts.word("group_family", row),
        group=facts.word("group", row),
    )
    hidden = int(np.sum(facts.status_code[schools] == _code(desk)))
    if not hidden or facts.n[row] != np.sum(facts.n[schools][facts.shown[schools]]):
        return None
    one = hidden == 1
    en = "one" if one else numbers.small(hidden, "en")
    es = "una" if one else numbers.small(hidden, "es")
    return Text(
        f"The agency hides this group at {en} "
        f"{'school' if one else 'schools'}; the district's figure is the sum of the "
        "other schools, so the real number of students is somewhat larger.",
        f"La agencia oculta a este grupo en {es} "
        f"{'escuela' if one else 'escuelas'}; el dato del distrito es la suma de las "
        "demás, así que el número real de estudiantes es algo mayor.",
    )


def _code(desk: Desk) -> int:
    names = desk.facts.status
    return names.index(Status.SUPPRESSED) if Status.SUPPRESSED in names else -1
