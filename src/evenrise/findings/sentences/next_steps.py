"""What a district could do next with a finding: one step, said as an invitation."""

from __future__ import annotations

from evenrise.findings.finding import Certainty, Kind
from evenrise.vocabulary.text import Text


_LOOK_CLOSER = Text(
    "Keep watching: join several years or neighbouring schools before deciding.",
    "Siga observando: junte varios años o escuelas vecinas antes de decidir.",
)
_BY_KIND: dict[Kind, Text] = {
    Kind.GAP: Text(
        "Open the schools behind this figure, ask students and families what they see, "
        "and choose one change to try in one school.",
        "Mire las escuelas que hay detrás de este dato, pregunte a estudiantes y "
        "familias qué ven, y elija un cambio para probarlo en una escuela.",
    ),
    Kind.CHANGE: Text(
        "Ask the adults who were there what they did differently in these years, and "
        "write it down as a first idea to test.",
        "Pregunte a los adultos que estuvieron ahí qué hicieron distinto en esos años "
        "y anótelo como una primera idea por comprobar.",
    ),
    Kind.SCHOOL: Text(
        "Visit the school to learn, with an open question: what do adults here believe "
        "and do?",
        "Visite la escuela para aprender, con una pregunta abierta: ¿qué creen y qué "
        "hacen los adultos aquí?",
    ),
    Kind.INTERSECTION: Text(
        "Listen to students who belong to both groups: plans for one group alone may "
        "not reach them.",
        "Escuche a estudiantes que pertenecen a los dos grupos: los planes para un "
        "solo grupo quizá no les lleguen.",
    ),
    Kind.DATA_QUALITY: Text(
        "Ask the people who sent this file to check it against their own records, then "
        "run the review again.",
        "Pida a quienes enviaron este archivo que lo comprueben con sus propios "
        "registros y haga de nuevo la revisión.",
    ),
}
_GAPS: dict[str, Text] = {
    "suspension": Text(
        "Read this year's suspensions of these students together: what for, decided by "
        "whom, and what was tried before. Then choose one change to try.",
        "Lean juntos las suspensiones de este año de estos estudiantes: por qué "
        "motivo, quién las decidió y qué se intentó antes. Luego elijan un "
        "cambio para probar.",
    ),
    "chronic_absence": Text(
        "Ask families what makes it hard to come to school, name an adult for each of "
        "these students, and follow the weeks.",
        "Pregunte a las familias qué dificulta ir a la escuela, nombre a un adulto "
        "para cada uno de estos estudiantes y siga las semanas.",
    ),
    "graduation": Text(
        "Go through the class that is in grade 11 now, student by student: which "
        "credits are missing, and who will help with each?",
        "Revise la generación que hoy cursa el grado 11, estudiante por estudiante: "
        "¿qué créditos faltan y quién ayudará con cada uno?",
    ),
    "a_g_completion": Text(
        "Look at who was placed in which courses in grade 9 and who decided it; open "
        "the A-G sequence where it closed.",
        "Mire quién fue inscrito en qué cursos en noveno grado y quién lo decidió; "
        "abra la secuencia A-G donde se cerró.",
    ),
    "d_f_rate": Text(
        "Compare the courses that give most of these marks: what counts, what can be "
        "made up, and when do students hear about it?",
        "Compare los cursos que ponen la mayoría de estas notas: ¿qué cuenta, qué se "
        "puede recuperar y cuándo se enteran los estudiantes?",
    ),
    "advanced_courses": Text(
        "List the students of this group whose work is ready for an advanced course "
        "and who were not enrolled, and invite them by name.",
        "Haga una lista de estudiantes de este grupo que están listos para un curso "
        "avanzado y no fueron inscritos, e invítelos por su nombre.",
    ),
}
_GAPS["chronic_absence_edfacts"] = _GAPS["chronic_absence"]
_GAPS["dropout"] = _GAPS["dropout_cohort"] = _GAPS["graduation"]


def next_step(indicator: str | None, kind: Kind, certainty: Certainty) -> Text | None:
    """The step that fits; None for a kind that has none."""
    if kind is not Kind.DATA_QUALITY and certainty is not Certainty.DIFFERENT:
        return _LOOK_CLOSER
    if kind is Kind.GAP and indicator in _GAPS:
        return _GAPS[indicator]
    return _BY_KIND.get(kind)
