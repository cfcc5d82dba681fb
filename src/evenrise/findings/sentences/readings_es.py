"""Cómo leer un dato, en español; the twin of `readings_en.py`."""

from __future__ import annotations

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences import numbers
from evenrise.findings.sentences.es import (
    bare,
    deed,
    from_the,
    of,
    owned,
    rate,
    the,
    the_students,
    to_the,
)
from evenrise.findings.sentences.reading_stories import (
    AllScoresStory,
    EnrolledStory,
    ScoresNoteStory,
)
from evenrise.findings.sentences.stories import Counted
from evenrise.findings.sentences.students_es import points
from evenrise.vocabulary.estimates import Estimate


def who_enrolled_headline(story: EnrolledStory) -> str:
    """What moved, in a few words."""
    topic = deed(story.what).topic
    if story.every:
        return f"{topic}: ningún grupo cambió en el mismo sentido que el total"
    if story.against:
        return f"{topic}: el total cambió en contra de las tasas de los grupos"
    if story.part_own * story.part_enrolled < 0:
        return f"{topic}: las tasas de los grupos cambiaron más que el total"
    return f"{topic}: una parte del cambio es quiénes están inscritos"


def who_enrolled(story: EnrolledStory) -> str:
    """A change of all students' rate, in two parts."""
    first, last = (numbers.year(year) for year in story.years)
    fewest = min(story.before.n, story.after.n)
    own, moved, whole = (
        points(part, fewest)
        for part in (
            story.part_own,
            story.part_enrolled,
            story.part_own + story.part_enrolled,
        )
    )
    then, now = (rate(part) for part in story.enrolled)
    return (
        f"{_lead(story, first, last)} De ese cambio de {whole}, si se reparte por "
        f"{story.family.es[:1].lower()}{story.family.es[1:]}, {own} son de las tasas "
        f"de los propios grupos y {moved} de quiénes están inscritos: "
        f"{the_students(story.students.es)} eran {the(then)} del estudiantado y luego "
        f"{the(now)}. {_against(story)}El reparto es exacto; no está claro cuánto es "
        "azar."
    )


def _lead(story: EnrolledStory, first: str, last: str) -> str:
    return (
        f"De {first} a {last}, {owned(story.what, story.who)} pasó "
        f"{from_the(rate(story.before))} ({of(story.before)}) "
        f"{to_the(rate(story.after))} ({of(story.after)})."
    )


def _against(story: EnrolledStory) -> str:
    if story.every:
        return "En cada grupo la tasa cambió en sentido contrario o se mantuvo. "
    if story.against:
        return "En conjunto, las tasas de los grupos cambiaron en sentido contrario. "
    return ""


def all_scores_headline(story: AllScoresStory) -> str:
    """Two readings of one gap, in a few words."""
    line, scores = _DID[story.line], _DID[story.scores]
    return (
        f"{deed(story.what).topic}, {bare(story.students.es)}: según el estándar la "
        f"brecha {line}, pero según todos los puntajes {scores}"
    )


_DID = {
    "narrowed": "se redujo",
    "widened": "creció",
    "held": "no se movió",
}


def all_scores(story: AllScoresStory) -> str:
    """A gap between two years, over the line and by all scores."""
    first, last = (numbers.year(year) for year in story.years)
    then, now = (v_of(one) for one in story.v)
    sure = (
        "Los dos movimientos son claros: el azar por sí solo rara vez daría alguno."
        if story.certainty is Certainty.DIFFERENT
        else "No está claro si las dos lecturas difieren de verdad."
    )
    return (
        f"En {first} y {last}, {owned(story.what, story.who)} fue "
        f"{_twice(story.group)} entre {the_students(story.students.es)}, y "
        f"{_twice(story.others)} entre los demás estudiantes. Contada según el "
        f"estándar, la brecha {_DID[story.line]}. Medida con todos los puntajes, "
        f"{_DID[story.scores]}: V fue {then} y luego {now}. {sure}"
    )


def _twice(parts: tuple[Counted, Counted]) -> str:
    first, last = parts
    return f"{the(rate(first))} ({of(first)}) y luego {the(rate(last))} ({of(last)})"


def v_of(v: Estimate) -> str:
    """`0.52 (intervalo del 95 %: 0.44 a 0.60)`."""
    value, low, high = (_size(part) for part in (v.value, v.lower, v.upper))
    return f"{value} (intervalo del 95 %: {low} a {high})"


def _size(value: float | None) -> str:
    shown = f"{abs(value or 0.0):.2f}"
    return f"−{shown}" if (value or 0.0) < 0 and float(shown) else shown


def all_scores_note(story: ScoresNoteStory) -> str:
    """The other reading of a gap, in a sentence beside it."""
    words = {
        "same": "que dice lo mismo",
        "unclear": "que no deja claro si existe",
        "other": "que apunta al lado contrario",
    }[story.said]
    first = ""
    if story.first is not None:
        first = f" En {numbers.year(story.first[0])}, V fue {v_of(story.first[1])}."
    return (
        f"Medida con todos los puntajes, la brecha de {bare(story.students.es)} en "
        f"{numbers.year(story.year)} es V = {v_of(story.v)}, {words}.{first}"
    )
