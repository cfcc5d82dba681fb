"""What is said where the line of a rule decided who was given a support."""

from __future__ import annotations

from evenrise.findings.support_effects.reading import NotAtLine
from evenrise.vocabulary.text import Language, Text


NEAR_LINE = Text(
    "This holds for students near the line of the rule, not for those far from it.",
    "Esto vale para estudiantes cerca del límite de la regla, no para los demás.",
)
HEAPED = Text(
    "The line was read in whole days or marks, so students near it differ by steps.",
    "El límite se leyó en días o calificaciones enteras: quienes están cerca difieren "
    "por pasos.",
)
NOT_AT_LINE: dict[NotAtLine, Text] = {
    NotAtLine.FEW_NEAR: Text(
        "A rule assigns it, but too few students stood near its line (a hundred on "
        "each side are needed): comparable students are used instead.",
        "Una regla lo asigna, pero muy pocos estudiantes estaban cerca de su límite "
        "(hacen falta cien de cada lado): se compara con estudiantes parecidos.",
    ),
    NotAtLine.UNDECIDED: Text(
        "A rule assigns it, but near its line the rule did not decide for 19 of 20 "
        "students: comparable students are used instead.",
        "Una regla lo asigna, pero cerca de su límite la regla no decidió para 19 de "
        "cada 20 estudiantes: se compara con estudiantes parecidos.",
    ),
    NotAtLine.MOVED: Text(
        "A rule assigns it, but unlikely numbers of students stood right at its line, "
        "as if some had been moved over it: comparable students are used instead.",
        "Una regla lo asigna, pero el número de estudiantes justo en su límite es poco "
        "verosímil, como si algunos lo hubieran cruzado a propósito: se compara con "
        "estudiantes parecidos.",
    ),
    NotAtLine.UNKNOWN_MOVES: Text(
        "A rule assigns it, but its numbers come in no even steps, so nobody can tell "
        "whether some were moved over its line: comparable students are used instead.",
        "Una regla lo asigna, pero sus números no vienen en pasos regulares y no se "
        "puede saber si algunos cruzaron su límite a propósito: se compara con "
        "estudiantes parecidos.",
    ),
    NotAtLine.JUMPS: Text(
        "A rule assigns it, but students on the two sides of its line already differed "
        "before: comparable students are used instead.",
        "Una regla lo asigna, pero a ambos lados de su límite ya había diferencias "
        "antes: se compara con estudiantes parecidos.",
    ),
}


def said_at_line(
    opening: str, size_and_side: str, near: tuple[str, str], language: Language
) -> str:
    """What followed on the two sides of the line; `near` counts students on each."""
    given, others = near
    if language == "en":
        return (
            f"{opening} was {size_and_side} for students just past the rule's line, "
            f"who were given it ({given} near it), than for students just short of it "
            f"({others} near it)"
        )
    return (
        f"{opening} fue {size_and_side} entre estudiantes que apenas pasaron el límite "
        f"de la regla y lo recibieron ({given} cerca de él) que entre quienes apenas "
        f"no lo pasaron ({others} cerca de él)"
    )
