"""Respuestas a la pregunta de cada sección y el comienzo de una revisión, en español.

The twin of `answers_en.py`.
"""

from __future__ import annotations

from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.es import (
    capital,
    from_the,
    of,
    owned,
    rate,
    the_students,
    to_the,
)
from evenrise.findings.sentences.stories import Counted, DaysStory, PlaceStory
from evenrise.vocabulary.text import Text


def widest(students: Text, here: Counted, there: Counted) -> str:
    """The clear gap that concerns most students."""
    return (
        "La brecha clara que afecta a más estudiantes es la de "
        f"{the_students(students.es)}: {rate(here)} ({of(here)}), frente "
        f"{to_the(rate(there))} de los demás estudiantes ({of(there)})."
    )


def no_clear_gap(few: bool) -> str:  # noqa: FBT001 - told by position in both twins
    """That no gap can be told."""
    if few:
        return "Son muy pocos estudiantes para afirmar si hay diferencias entre grupos."
    return "Estos datos no muestran ninguna brecha clara entre grupos de estudiantes."


def doubted(year: int) -> str:
    """That the figure is in question."""
    return (
        f"El dato de {numbers.year(year)} está en duda y por eso esta revisión no "
        "responde con él: vea las preguntas sobre los datos."
    )


def no_figure(year: int) -> str:
    """That there is no figure for all students."""
    return f"Para {numbers.year(year)} no hay un dato de todos los estudiantes."


def measured(title: Text, year: int, value: float, unit: str, n: float) -> str:
    """An indicator that does not count students: days, a ratio, a share of days."""
    size = (
        numbers.share(value * n, n, "es") if unit == "share" else _amount(value, unit)
    )
    students = numbers.count(n, "es")
    return (
        f"{title.es}, en {numbers.year(year)}: el promedio fue "
        f"{_of_the(size, unit)}, entre {students} estudiantes."
    )


def _of_the(size: str, unit: str) -> str:
    """`del 94 %`, but `de 9.4 días`."""
    return from_the(size) if unit == "share" else f"de {size}"


def _amount(value: float, unit: str) -> str:
    days = " días" if unit == "days" else ""
    return f"{numbers.amount(value, 'es')}{days}"


def enrolled(year: int, n: float) -> str:
    """How many students the district serves."""
    return (
        f"En {numbers.year(year)}, el distrito atendió a {numbers.count(n, 'es')} "
        "estudiantes."
    )


def opening(district: Text, indicators: int, clear: int) -> str:
    """The first sentence of a review."""
    asked = "una pregunta"
    if indicators != 1:
        asked = f"{numbers.small(indicators, 'es')} preguntas"
    if clear == 0:
        return (
            f"Esta revisión hace {asked} sobre cómo {district.es} atiende a sus "
            "estudiantes. Para el distrito en conjunto, ninguna diferencia entre "
            "grupos de estudiantes o a lo largo de los años es lo bastante clara para "
            "afirmarla."
        )
    where = f"En {'una' if clear == 1 else numbers.small(clear, 'es')} de ellas"
    if clear == indicators:
        where = "En ella" if indicators == 1 else "En todas"
    return (
        f"Esta revisión hace {asked} sobre cómo {district.es} atiende a sus "
        f"estudiantes. {where}, las cifras difieren entre grupos de estudiantes o de "
        "un año a otro más de lo que el azar por sí solo suele dar."
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
    title = story.what.title.es
    title = title[:1].lower() + title[1:]
    return f"{story.who.name} se aparta de las demás en {title}: {toward}"


def days(story: DaysStory) -> str:
    """The whole statement about a school whose days stand apart."""
    held = (
        "El año anterior dice lo mismo."
        if story.held
        else "No está claro si es algo más que el azar de un solo año."
    )
    title = story.what.title.es
    return (
        f"{title}: {numbers.amount(story.days, 'es')} días por estudiante, en "
        f"promedio, en {story.who.name} en {numbers.year(story.year)} "
        f"({numbers.count(story.students, 'es')} estudiantes), y "
        f"{numbers.amount(story.others, 'es')} días en las otras "
        f"{numbers.count(story.schools, 'es')} escuelas "
        f"({numbers.count(story.other_students, 'es')} estudiantes). Eso queda muy "
        f"fuera de la variación habitual entre escuelas. {held}"
    )


def left_out(year: int, students: Text, counted: Counted) -> str:
    """A year of distance teaching that a comparison does not begin from."""
    return (
        f"La comparación no comienza en {numbers.year(year)} (entre "
        f"{the_students(students.es)}, {rate(counted)}, {of(counted)}), ya que desde "
        "marzo de 2020 y durante 2020-21 las escuelas enseñaron a distancia."
    )


def place(story: PlaceStory) -> str:
    """How the state and districts like this one fare."""
    parts = []
    if story.peers is not None:
        number = numbers.count(story.peers_number, "es")
        parts.append(
            f"en {number} distritos con estudiantes parecidos fue "
            f"{from_the(rate(story.peers))} ({of(story.peers)})"
        )
    if story.state is not None:
        whole = "todo el estado"
        if story.districts:
            number = numbers.count(story.districts, "es")
            whole = f"los {number} distritos del archivo"
        parts.append(f"en {whole}, {from_the(rate(story.state))} ({of(story.state)})")
    return (
        f"{capital(owned(story.what, story.who))} fue "
        f"{from_the(rate(story.district))}; {', y '.join(parts)}."
    )
