"""Respuestas a la pregunta de cada sección y el comienzo de una revisión, en español.

The twin of `answers_en.py`.
"""

from __future__ import annotations

from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.es import bare, of, rate, to_the
from evenrise.findings.sentences.stories import Counted, DaysStory
from evenrise.vocabulary.text import Text


def widest(students: Text, here: Counted, there: Counted) -> str:
    """The clear gap that concerns most students."""
    return (
        f"La brecha clara que toca a más estudiantes: {rate(here)} de "
        f"{bare(students.es)} ({of(here)}), frente {to_the(rate(there))} del resto del "
        f"estudiantado ({of(there)})."
    )


def no_clear_gap(few: bool) -> str:  # noqa: FBT001 - told by position in both twins
    """That no gap can be told."""
    if few:
        return "Son muy pocos estudiantes para afirmar si hay diferencias entre grupos."
    return "Con estos datos no se distingue ninguna brecha clara entre grupos."


def doubted(year: int) -> str:
    """That the figure is in question."""
    return (
        f"El dato de {numbers.year(year)} está en duda y por eso esta revisión no "
        "responde con él: vea las preguntas sobre los datos."
    )


def no_figure(year: int) -> str:
    """That there is no figure for all students."""
    return f"Para {numbers.year(year)} no hay un dato de todo el estudiantado."


def measured(title: Text, year: int, value: float, unit: str, n: float) -> str:
    """An indicator that does not count students: days, a ratio, a share of days."""
    size = (
        numbers.share(value * n, n, "es") if unit == "share" else _amount(value, unit)
    )
    students = numbers.count(n, "es")
    return f"{title.es} en {numbers.year(year)}: {size}, entre {students} estudiantes."


def _amount(value: float, unit: str) -> str:
    days = " días" if unit == "days" else ""
    return f"{numbers.amount(value, 'es')}{days}"


def enrolled(year: int, n: float) -> str:
    """How many students the district serves."""
    return (
        f"En {numbers.year(year)}, el distrito atendió a {numbers.count(n, 'es')} "
        "estudiantes."
    )


def opening(name: str, indicators: int, clear: int) -> str:
    """The first sentence of a review."""
    asked = "una pregunta"
    if indicators != 1:
        asked = f"{numbers.small(indicators, 'es')} preguntas"
    if clear == 0:
        return (
            f"Esta revisión hace {asked} sobre cómo {name} atiende a su estudiantado; "
            "ninguna diferencia entre grupos, escuelas o años es bastante clara para "
            "afirmarla."
        )
    places = "un lugar" if clear == 1 else f"{numbers.small(clear, 'es')} lugares"
    return (
        f"Esta revisión hace {asked} sobre cómo {name} atiende a su estudiantado; en "
        f"{places} la respuesta es una diferencia que el azar por sí solo rara vez "
        "daría."
    )


def other_schools() -> str:
    """The other schools together."""
    return "Las demás escuelas del distrito"


def days_headline(story: DaysStory) -> str:
    """A school whose days stand apart, in a few words."""
    toward = (
        "vale la pena visitarla para aprender"
        if story.good
        else "conviene mirarla de cerca"
    )
    return f"{story.who.name} se aparta de las demás, {story.what.title.es}: {toward}"


def days(story: DaysStory) -> str:
    """The whole statement about a school whose days stand apart."""
    held = (
        "El año anterior dice lo mismo."
        if story.held
        else "No está claro si es algo más que el azar de un solo año."
    )
    return (
        f"{story.what.title.es} en {story.who.name} en {numbers.year(story.year)}: "
        f"{numbers.amount(story.days, 'es')} días por estudiante en promedio, entre "
        f"{numbers.count(story.students, 'es')} estudiantes; "
        f"{numbers.amount(story.others, 'es')} días en las otras "
        f"{numbers.count(story.schools, 'es')} escuelas, entre "
        f"{numbers.count(story.other_students, 'es')} estudiantes. Eso queda muy fuera "
        f"de la variación habitual entre escuelas. {held}"
    )


def left_out(year: int, students: Text, counted: Counted) -> str:
    """A year of distance teaching that a comparison does not begin from."""
    return (
        f"La comparación no comienza en {numbers.year(year)} (entre "
        f"{bare(students.es)}, {rate(counted)}, {of(counted)}), ya que desde marzo de "
        "2020 y durante 2020-21 las escuelas enseñaron a distancia."
    )
