"""What these inputs cannot answer, said plainly, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from evenrise.findings.desk import Desk
from evenrise.findings.finding import Finding, Kind, NotRun
from evenrise.vocabulary.facts import Origin
from evenrise.vocabulary.text import Text


TESTS = ("met_standard_ela", "met_standard_math")
ALL_SCORES = NotRun(
    Kind.GAP,
    Text(
        "How large a gap is by all scores cannot be told from the percent who met the "
        "standard: of published totals only the numbers of students at every level "
        "would allow it.",
        "Qué tan grande es una brecha según todos los puntajes no se puede saber con "
        "el porcentaje que alcanzó el estándar: de los totales publicados, solo lo "
        "permitiría el número de estudiantes en cada nivel.",
    ),
)


def not_run(
    desk: Desk, findings: Sequence[Finding], told: Sequence[NotRun] = ()
) -> tuple[NotRun, ...]:
    """The kinds of finding that this review does not give, and why.

    Args:
        desk: the review's desk.
        findings: what was found.
        told: the reasons of those who looked and found none.
    """
    records = Origin.COMPUTED in desk.facts.table.column("origin").unique().to_pylist()
    made = {one.kind for one in findings}
    known = {one.kind: one for one in told}
    general = (_alike(records=records), _bright(records=records))
    reasons = [known.get(one.kind, one) for one in general if one.kind not in made]
    reasons.append(_environment())
    if Kind.INTERSECTION not in made:
        pairs = _pairs(has_pairs=bool(desk.facts.pair.any()))
        reasons.append(known.get(Kind.INTERSECTION, pairs))
    if Kind.CHANGE not in made:
        reasons.append(_change(desk))
    if Kind.GAP in known:
        reasons.append(known[Kind.GAP])
    elif not records and any(
        key in desk.facts.words["indicator"].codes for key in TESTS
    ):
        reasons.append(ALL_SCORES)
    return tuple(reasons)


def _alike(*, records: bool) -> NotRun:
    if records:
        return NotRun(
            Kind.ALIKE_STUDENTS,
            Text(
                "How alike students fare in different schools needs their test scores "
                "or their attendance over a whole year, which these records do not "
                "hold.",
                "Para saber cómo les va a estudiantes parecidos en distintas escuelas "
                "hacen falta sus puntajes o su asistencia de un año completo, que "
                "estos registros no contienen.",
            ),
        )
    return NotRun(
        Kind.ALIKE_STUDENTS,
        Text(
            "How alike students fare in different schools cannot be told from "
            "published totals: it needs the records of students.",
            "Cómo les va a estudiantes parecidos en distintas escuelas no se puede "
            "saber con totales publicados: hacen falta los registros de estudiantes.",
        ),
    )


def _bright(*, records: bool) -> NotRun:
    if records:
        return NotRun(
            Kind.BRIGHT_SPOT,
            Text(
                "Bright spots need students' test scores or their attendance over a "
                "whole year, which these records do not hold.",
                "Los buenos ejemplos requieren los puntajes o la asistencia de un año "
                "completo de cada estudiante, que estos registros no contienen.",
            ),
        )
    return NotRun(
        Kind.BRIGHT_SPOT,
        Text(
            "Bright spots need each student's earlier results, which published totals "
            "do not hold.",
            "Los buenos ejemplos requieren los resultados anteriores de cada "
            "estudiante, que los totales publicados no contienen.",
        ),
    )


def _environment() -> NotRun:
    return NotRun(
        Kind.ENVIRONMENT,
        Text(
            "Conditions in schools (safety, buildings, belonging) are not reviewed in "
            "this version.",
            "Las condiciones en las escuelas (seguridad, edificios, pertenencia) no se "
            "revisan en esta versión.",
        ),
    )


def _pairs(*, has_pairs: bool) -> NotRun:
    if has_pairs:
        return NotRun(
            Kind.INTERSECTION,
            Text(
                "No pair of groups differs clearly from the other students.",
                "Ningún par de grupos se distingue con claridad de los demás "
                "estudiantes.",
            ),
        )
    return NotRun(
        Kind.INTERSECTION,
        Text(
            "The files tell of one group at a time, so students who belong to two "
            "groups cannot be looked at.",
            "Los archivos hablan de un grupo a la vez, así que no se puede mirar a "
            "estudiantes que pertenecen a dos grupos.",
        ),
    )


def _change(desk: Desk) -> NotRun:
    return NotRun(
        Kind.CHANGE,
        Text(
            f"For {desk.district.called.en} no indicator has two years to compare.",
            f"Para {desk.district.called.es} ningún indicador tiene dos años que se "
            "puedan comparar.",
        ),
    )
