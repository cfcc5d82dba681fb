"""What a district could do next with a finding: one step, said as an invitation."""

from __future__ import annotations

from evenrise.findings.finding import Certainty, Kind
from evenrise.vocabulary.text import Text


_LOOK_CLOSER = Text(
    "Keep watching: put several years together before deciding.",
    "Siga observando: junte varios años antes de decidir.",
)
_BY_KIND: dict[Kind, Text] = {
    Kind.GAP: Text(
        "Look into the schools behind this figure, ask students and families what they "
        "see, and choose one change to try in one school.",
        "Acérquese a las escuelas que hay detrás de este dato, pregunte a "
        "estudiantes y familias qué ven, y elija un cambio para probarlo en una "
        "escuela.",
    ),
    Kind.CHANGE: Text(
        "Ask the adults who were there what they did differently in these years, and "
        "write it down as a first idea to test.",
        "Pregunte a los adultos que estuvieron ahí qué hicieron de otra manera en esos "
        "años y anótelo como una primera idea por comprobar.",
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
    Kind.ALIKE_STUDENTS: Text(
        "Let adults of the two schools visit each other, with one question: what do "
        "students like these meet here that they do not meet there?",
        "Que los adultos de las dos escuelas se visiten, con una pregunta: ¿qué "
        "encuentran aquí estos estudiantes que no encuentran allá?",
    ),
    Kind.BRIGHT_SPOT: Text(
        "Arrange a visit, ask students and adults what happens here day by day, and "
        "write down one practice that another school could try.",
        "Organice una visita, pregunte a estudiantes y adultos qué pasa aquí día a "
        "día y anote una práctica que otra escuela pueda probar.",
    ),
    Kind.DATA_QUALITY: Text(
        "Ask the people who sent this file to check it against their own records, then "
        "run the review again.",
        "Pida a quienes enviaron este archivo que lo comprueben con sus propios "
        "registros y luego haga de nuevo la revisión.",
    ),
}
_GAPS: dict[str, Text] = {
    "suspension": Text(
        "Read through this year's suspensions of these students as a team: what for, "
        "decided by whom, and what was tried before. Then choose one change to try.",
        "Revise con su equipo las suspensiones de estos estudiantes en este año: por "
        "qué motivo, quién las decidió y qué se intentó antes. Luego elija un "
        "cambio para probarlo.",
    ),
    "chronic_absence": Text(
        "Ask families what makes it hard to come to school, name an adult for each of "
        "these students, and look at attendance together every week.",
        "Pregunte a las familias qué les dificulta llegar a la escuela, designe a un "
        "adulto para cada uno de estos estudiantes y revisen juntos la asistencia "
        "cada semana.",
    ),
    "graduation": Text(
        "Go through the class that is in grade 11 now, student by student: which "
        "credits are missing, and who will help with each?",
        "Revise la generación que hoy cursa el grado 11, estudiante por estudiante: "
        "¿qué créditos faltan y quién ayudará con cada uno?",
    ),
    "a_g_completion": Text(
        "Look at who was placed in which courses in grade 9 and who decided it; open "
        "the A-G sequence again where it was closed to students.",
        "Revise quién fue inscrito en qué cursos en noveno grado y quién lo decidió; "
        "vuelva a abrir la secuencia A-G donde se les cerró.",
    ),
    "d_f_rate": Text(
        "Compare the courses that give most of these marks: what counts, what can be "
        "made up, and when do students hear about it?",
        "Compare los cursos que ponen la mayoría de estas calificaciones: ¿qué cuenta, "
        "qué se puede recuperar y cuándo se enteran los estudiantes?",
    ),
    "advanced_courses": Text(
        "List the students of this group whose work is ready for an advanced course "
        "and who were not enrolled, and invite them by name.",
        "Haga una lista de los estudiantes de este grupo que están listos para un "
        "curso avanzado y no fueron inscritos, e invítelos por su nombre.",
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
