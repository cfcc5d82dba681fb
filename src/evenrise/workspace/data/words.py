"""How this room's things are called, in both languages."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language

from evenrise.publishing.numbers import day
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.data.states import State


TABLES: dict[str, Text] = {
    "schools": Text("Schools", "Escuelas"),
    "calendar": Text("School days", "Días lectivos"),
    "students": Text("Students", "Estudiantes"),
    "enrollments": Text("Enrollments", "Inscripciones"),
    "programs": Text("Programs", "Programas"),
    "attendance": Text("Attendance", "Asistencia"),
    "incidents": Text("Incidents", "Incidentes"),
    "sections": Text("Sections", "Clases"),
    "rosters": Text("Rosters", "Listas de clase"),
    "marks": Text("Marks", "Calificaciones"),
    "assignments": Text("Assignments", "Tareas"),
    "scores": Text("Scores", "Puntajes de tareas"),
    "assessments": Text("Assessments", "Evaluaciones"),
    "completions": Text("Graduations", "Graduaciones"),
    "staff": Text("Staff", "Personal"),
    "staff_assignments": Text("Staff assignments", "Puestos del personal"),
    "spending": Text("Spending", "Gasto"),
    "facilities": Text("Facilities", "Instalaciones"),
    "survey_responses": Text("Survey responses", "Respuestas de encuestas"),
    "family_contacts": Text("Contacts with families", "Contactos con familias"),
    "published_facts": Text("Published figures", "Cifras publicadas"),
    "facts": Text("Published figures", "Cifras publicadas"),
    "organizations": Text("Names of organizations", "Nombres de organizaciones"),
}
STATES: dict[State, Text] = {
    State.WAITING: Text("Waiting its turn", "Espera su turno"),
    State.READING: Text("Being read", "En lectura"),
    State.READY: Text("Ready for you to look", "Lista para que la revise"),
    State.COMMITTING: Text("Being brought in", "Incorporándose"),
    State.CURRENT: Text("Brought in", "Incorporada"),
    State.REFUSED: Text("Could not be used", "No se pudo usar"),
    State.SET_ASIDE: Text("Set aside", "Apartada"),
    State.UNDONE: Text("Undone", "Deshecha"),
    State.INTERRUPTED: Text("Interrupted", "Interrumpida"),
}
PHASES: dict[str, Text] = {
    "queue": Text(
        "Waiting until others are done", "En espera de que terminen las demás"
    ),
    "fetch": Text("Fetching the records", "Trayendo los registros"),
    "open": Text("Opening the files", "Abriendo los archivos"),
    "read": Text("Reading the rows", "Leyendo las filas"),
    "check": Text("Checking and comparing", "Comprobando y comparando"),
    "pages": Text("Preparing the pages", "Preparando las páginas"),
    "compare": Text("Comparing published numbers", "Comparando los números publicados"),
}
ORIGINS: dict[str, Text] = {
    Import.Origin.PERSON: Text("by a person", "por una persona"),
    Import.Origin.NIGHT: Text("by night", "de noche"),
    Import.Origin.CONNECTION: Text("over the network", "por la red"),
}
QUESTION_STATES: dict[str, Text] = {
    DataQuestion.State.OPEN: Text("Open", "Abierta"),
    DataQuestion.State.ANSWERED: Text("Answered", "Respondida"),
    DataQuestion.State.SETTLED: Text("Settled", "Cerrada"),
}
SEVERITIES: dict[str, Text] = {
    "serious": Text("Serious", "Grave"),
    "warning": Text("Worth a look", "Conviene mirarla"),
    "notice": Text("Good to know", "Es bueno saberlo"),
}
_LONG_AGO = 40  # school days that nobody counts any more
NIGHT = Text("the nightly import", "la importación nocturna")
NOBODY = Text("a command", "un comando")


def language() -> Language:
    """The language of the page being made."""
    return "es" if (get_language() or "").startswith("es") else "en"


def table_name(table: str, how: Language) -> str:
    """What a table is called; its own name where nobody gave it one."""
    return TABLES[table][how] if table in TABLES else table


def moment(value: dt.datetime, how: Language) -> str:
    """A day and a time in words, where the district is."""
    local = timezone.localtime(value)
    if how == "es":
        return f"{day(local.date(), how)}, {local:%H:%M}"
    hour = local.hour % 12 or 12
    half = "am" if local.hour < 12 else "pm"
    return f"{day(local.date(), how)}, {hour}:{local:%M} {half}"


def days_ago(days: int, how: Language) -> str:
    """`today`, `yesterday`, `3 days ago`."""
    if days <= 0:
        return {"en": "today", "es": "hoy"}[how]
    if days == 1:
        return {"en": "yesterday", "es": "ayer"}[how]
    return f"{days} days ago" if how == "en" else f"hace {days} días"


def school_days_ago(days: int, how: Language) -> str:
    """`up to today`, `1 school day ago`, `3 school days ago`."""
    if days <= 0:
        return {"en": "up to date", "es": "al día"}[how]
    if days == 1:
        return {"en": "1 school day ago", "es": "hace 1 día lectivo"}[how]
    if days > _LONG_AGO:
        return {
            "en": f"more than {_LONG_AGO} school days ago",
            "es": f"hace más de {_LONG_AGO} días lectivos",
        }[how]
    return f"{days} school days ago" if how == "en" else f"hace {days} días lectivos"


def weeks_words(weeks: int, of: int, how: Language) -> str:
    """In how many of the last weeks something was brought in."""
    if how == "en":
        return f"in {weeks} of the last {of} weeks"
    return f"en {weeks} de las últimas {of} semanas"
