"""Words that pictures and tables share: why there is no number, and how sure we are."""

from __future__ import annotations

from evenrise.findings.finding import Certainty, Kind
from evenrise.vocabulary.estimates import Reason
from evenrise.vocabulary.text import Language, Text


REASONS: dict[Reason, Text] = {
    Reason.NO_STUDENTS: Text("no students", "sin estudiantes"),
    Reason.TOO_FEW: Text("too few to say", "muy pocos para decirlo"),
    Reason.NO_EVENTS_IN_REFERENCE: Text(
        "none among the others", "ninguno entre los demás"
    ),
    Reason.NO_VARIATION: Text("all the same", "todos iguales"),
    Reason.ONE_SCHOOL: Text("one school only", "una sola escuela"),
    Reason.SEPARATED: Text("cannot be estimated", "no se puede estimar"),
    Reason.SINGULAR: Text("cannot be estimated", "no se puede estimar"),
    Reason.SUPPRESSED: Text(
        "hidden: too few to show", "oculto: muy pocos para mostrar"
    ),
    Reason.NOT_COLLECTED: Text("not collected", "no se recopiló"),
    Reason.NOT_APPLICABLE: Text("does not apply", "no corresponde"),
    Reason.DID_NOT_CONVERGE: Text("cannot be estimated", "no se puede estimar"),
}
SHORT_REASONS: dict[Reason, Text] = {
    Reason.NO_STUDENTS: Text("none", "nadie"),
    Reason.TOO_FEW: Text("too few", "pocos"),
    Reason.SUPPRESSED: Text("hidden", "oculto"),
    Reason.NOT_COLLECTED: Text("no data", "sin datos"),
    Reason.NOT_APPLICABLE: Text("n/a", "n/c"),
}
_NO_NUMBER = Text("no number", "sin dato")

CERTAINTY: dict[Certainty, Text] = {
    Certainty.DIFFERENT: Text("A clear difference", "Una diferencia clara"),
    Certainty.UNCLEAR: Text("Unclear", "No está claro"),
    Certainty.TOO_FEW: Text("Too few students to say", "Muy pocos para decirlo"),
}

KINDS: dict[Kind, Text] = {
    Kind.GAP: Text("Gap", "Brecha"),
    Kind.CHANGE: Text("Change over years", "Cambio a lo largo de los años"),
    Kind.SCHOOL: Text("School", "Escuela"),
    Kind.ALIKE_STUDENTS: Text("Alike students", "Estudiantes parecidos"),
    Kind.INTERSECTION: Text("Groups that meet", "Grupos que se cruzan"),
    Kind.BRIGHT_SPOT: Text("Bright spot", "Buen ejemplo"),
    Kind.DATA_QUALITY: Text("Question about the data", "Pregunta sobre los datos"),
    Kind.ENVIRONMENT: Text("Learning environment", "Entorno de aprendizaje"),
    Kind.ACCESS: Text("Access", "Acceso"),
}

ALL_STUDENTS = Text("All students", "Todos los estudiantes")
NO_DATA = Text("no data", "sin datos")


def reason(why: Reason | None, language: Language) -> str:
    """Why there is no number, in a few words."""
    return (REASONS[why] if why else _NO_NUMBER)[language]


def short_reason(why: Reason | None, language: Language) -> str:
    """The same where there is room for one word."""
    if why is None:
        return _NO_NUMBER[language]
    return SHORT_REASONS.get(why, _NO_NUMBER)[language]
