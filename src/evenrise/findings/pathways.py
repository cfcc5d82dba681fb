"""Pathways in words that a student and a family can read, in English and Spanish.

What is done comes first, then what is still open, then the next step. What the records
do not tell is said as such; nobody is told to be off track because a file is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evenrise.findings.sentences.numbers import count
from evenrise.indicators.pathways.asked import (
    AREA_YEARS,
    AREAS,
    CAREER_COURSES,
    LANGUAGE_YEARS,
)
from evenrise.indicators.pathways.compute import State
from evenrise.vocabulary.text import Language, Text


AREA_NAMES: dict[str, Text] = {
    "A": Text("history", "historia"),
    "B": Text("English", "inglés"),
    "C": Text("mathematics", "matemáticas"),
    "D": Text("science", "ciencias"),
    "E": Text("a language other than English", "un idioma distinto del inglés"),
    "F": Text("arts", "artes"),
    "G": Text("an elective for university", "una materia optativa universitaria"),
}
PATHWAY_NAMES: dict[str, Text] = {
    "graduation": Text("Graduation", "Graduación"),
    "a_g": Text("Public university (A-G)", "Universidad pública (A-G)"),
    "career": Text("A career pathway", "Una trayectoria profesional"),
    "biliteracy": Text("Seal of Biliteracy", "Sello de Alfabetización Bilingüe"),
}
STATE_WORDS: dict[State, Text] = {
    State.NOT_KNOWN: Text("not known", "no se sabe"),
    State.OPEN: Text("still open", "aún pendiente"),
    State.UNDER_WAY: Text("under way", "en camino"),
    State.DONE: Text("done", "cumplido"),
}
_CHOSEN = ("career", "biliteracy")
_NOT_BEGUN = Text("not begun", "sin empezar")
_MOST_NAMED = 3  # areas of a next step; more is a plan to make together
_LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True, slots=True)
class PathwayWords:
    """One pathway of one student, ready to be read; `open` and `step` may be None."""

    key: str
    name: Text
    state: State
    done: Text
    open: Text | None = None
    step: Text | None = None

    @property
    def state_words(self) -> Text:
        """The state in two words; what one may choose or not is never "open"."""
        if self.state is State.OPEN and self.key in _CHOSEN:
            return _NOT_BEGUN
        return STATE_WORDS[self.state]


def pathway_words(row: Mapping[str, Any]) -> tuple[PathwayWords, ...]:
    """The four pathways of one student.

    Args:
        row: one row of `indicators.pathways.compute.pathways_of`, by column.
    """
    return (_graduation(row), _a_g(row), _career(row), _biliteracy(row))


def open_areas(met: int) -> tuple[str, ...]:
    """The letters of the areas that are not met, from a set of bits."""
    return tuple(area for place, area in enumerate(AREAS) if not met >> place & 1)


def _text(en: str, es: str, **numbers: float) -> Text:
    """Both languages with the same numbers, each as its readers write them."""
    told = {
        language: {
            name: count(round(value, 1), language) for name, value in numbers.items()
        }
        for language in _LANGUAGES
    }
    return Text(en.format(**told["en"]), es.format(**told["es"]))


def _graduation(row: Mapping[str, Any]) -> PathwayWords:
    state = State(row["graduation"])
    asked, usual = row["credits_asked"], row["credits_usual"]
    earned = row["credits_earned"]
    name = PATHWAY_NAMES["graduation"]
    if earned is None:
        done = Text(
            "Our records hold no credits yet.",
            "Nuestros registros aún no tienen créditos.",
        )
    else:
        done = _text(
            "{earned} of the {asked} credits for graduation are earned.",
            "Ya hay {earned} de los {asked} créditos para graduarse.",
            earned=earned,
            asked=asked,
        )
    if state is State.DONE:
        return PathwayWords("graduation", name, state, done)
    if state is State.NOT_KNOWN:
        return PathwayWords("graduation", name, state, done, *_credits_unknown(row))
    if state is State.UNDER_WAY:
        open_ = (
            _text(
                "By now, {usual} credits are usual: this is on course.",
                "A estas alturas lo usual son {usual} créditos: va en buen camino.",
                usual=usual,
            )
            if usual > 0
            else Text(
                "The first credits come with the first marks of this school year.",
                "Los primeros créditos llegan con las primeras calificaciones del año.",
            )
        )
        return PathwayWords("graduation", name, state, done, open_)
    return PathwayWords(
        "graduation",
        name,
        state,
        done,
        _text(
            "By now, {usual} credits are usual: {short} are still to be made up.",
            "A estas alturas lo usual son {usual} créditos: faltan {short}.",
            usual=usual,
            short=usual - (earned or 0),
        ),
        Text(
            "Next step: choose with the counselor where to earn them: a course "
            "again, in summer, or online.",
            "Próximo paso: elegir con la consejería dónde obtenerlos: repetir un "
            "curso, en el verano o en línea.",
        ),
    )


def _credits_unknown(row: Mapping[str, Any]) -> tuple[Text, Text]:
    missing = row["years_missing"]
    if row["credits_earned"] is None or not missing:
        open_ = Text(
            "Whether this is on course is not known.",
            "No se sabe si va en buen camino.",
        )
    else:
        open_ = _text(
            "Whether this is on course is not known. School years whose credits are "
            "not in our records: {years}.",
            "No se sabe si va en buen camino. Años escolares cuyos créditos no están "
            "en nuestros registros: {years}.",
            years=missing,
        )
    return open_, Text(
        "Next step: bring the transcript of the earlier school to the counselor.",
        "Próximo paso: llevar a la consejería el historial de la escuela anterior.",
    )


def _a_g(row: Mapping[str, Any]) -> PathwayWords:
    state = State(row["a_g"])
    name = PATHWAY_NAMES["a_g"]
    met, now = int(row["areas_met"]), int(row["areas_now"])
    done_areas = len(AREAS) - len(open_areas(met))
    done = _text(
        "{done} of 7 subject areas are complete.",
        "{done} de 7 áreas están completas.",
        done=done_areas,
    )
    if state is State.DONE:
        return PathwayWords("a_g", name, state, done)
    if state is State.NOT_KNOWN:
        return PathwayWords(
            "a_g",
            name,
            state,
            done,
            Text(
                "What else is done is not known: our records of courses are not whole.",
                "No se sabe qué más está hecho: nuestros registros de cursos están "
                "incompletos.",
            ),
            Text(
                "Next step: look at the whole transcript with the counselor.",
                "Próximo paso: revisar el historial completo con la consejería.",
            ),
        )
    left = open_areas(met)
    waits = [area for area in left if not now >> AREAS.index(area) & 1]
    few = now and 0 < len(waits) <= _MOST_NAMED
    step = (
        Text(
            f"Next step: choose a course in {_areas(waits, 'en')} for next term; a C "
            "or better counts.",
            f"Próximo paso: elegir para el próximo período un curso de "
            f"{_areas(waits, 'es')}; cuenta con una C o mejor.",
        )
        if few
        else Text(
            "Next step: plan the next courses with the counselor; a C or better "
            "counts.",
            "Próximo paso: planear los próximos cursos con la consejería; cuenta una C "
            "o mejor.",
        )
        if waits
        else Text(
            "Next step: finish this term's courses with a C or better.",
            "Próximo paso: terminar los cursos de este período con una C o mejor.",
        )
    )
    return PathwayWords(
        "a_g",
        name,
        state,
        done,
        Text(
            "Still open: " + _years_left(row, left, "en") + ".",
            "Aún pendiente: " + _years_left(row, left, "es") + ".",
        ),
        step,
    )


def _areas(areas: list[str], language: Language) -> str:
    """A list of areas as a sentence says it."""
    names = [AREA_NAMES[area][language] for area in areas]
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} {'or' if language == 'en' else 'o'} {names[-1]}"


def _years_left(
    row: Mapping[str, Any], areas: tuple[str, ...], language: Language
) -> str:
    """`mathematics (1 of 3 years)`, area by area."""
    of, years = ("of", "years") if language == "en" else ("de", "años")
    one = "year" if language == "en" else "año"
    told = []
    for area in areas:
        needed = AREA_YEARS[AREAS.index(area)]
        passed = count(min(round(row[f"years_{area}"], 1), needed), language)
        unit = one if needed == 1 else years
        told.append(
            f"{AREA_NAMES[area][language]} "
            f"({passed} {of} {count(needed, language)} {unit})"
        )
    return ", ".join(told)


def _career(row: Mapping[str, Any]) -> PathwayWords:
    state, name = State(row["career"]), PATHWAY_NAMES["career"]
    courses = int(row["career_courses"])
    if state is State.DONE:
        return PathwayWords(
            "career",
            name,
            state,
            Text(
                "A career pathway is complete.",
                "Hay una trayectoria profesional completa.",
            ),
        )
    if state is State.NOT_KNOWN:
        return PathwayWords(
            "career",
            name,
            state,
            Text(
                "What was done is not known: our records of courses are not whole.",
                "No se sabe qué se hizo: faltan cursos en nuestros registros.",
            ),
        )
    if state is State.OPEN:
        return PathwayWords(
            "career",
            name,
            state,
            Text("No career course yet.", "Aún no hay un curso de formación técnica."),
            None,
            Text(
                "If this is of interest: ask the counselor which pathways the school "
                "offers.",
                "Si es de su interés: pregunte en consejería qué trayectorias ofrece "
                "la escuela.",
            ),
        )
    now = (
        Text(" One is going on now.", " Hay uno en curso.")
        if row["career_now"]
        else None
    )
    done = _text(
        "{n} of {all} career courses are passed.",
        "{n} de {all} cursos de formación técnica están aprobados.",
        n=courses,
        all=CAREER_COURSES,
    )
    if now is not None:
        done = Text(done.en + now.en, done.es + now.es)
    return PathwayWords(
        "career",
        name,
        state,
        done,
        None,
        Text(
            "Next step: plan the next course of the same pathway.",
            "Próximo paso: planear el siguiente curso de la misma trayectoria.",
        ),
    )


def _biliteracy(row: Mapping[str, Any]) -> PathwayWords:
    state, name = State(row["biliteracy"]), PATHWAY_NAMES["biliteracy"]
    if state is State.DONE:
        return PathwayWords(
            "biliteracy",
            name,
            state,
            Text("The seal is earned.", "El sello está obtenido."),
        )
    ways = Text(
        f"Ways to it: {LANGUAGE_YEARS:.0f} years of a language, or an exam. Whoever "
        "speaks another language at home may already be near.",
        f"Hay varias vías: {LANGUAGE_YEARS:.0f} años de un idioma, o un examen. Quien "
        "habla otro idioma en casa puede estar ya cerca.",
    )
    if state is State.NOT_KNOWN:
        done = Text(
            "What was done is not known: our records of courses are not whole.",
            "No se sabe qué se hizo: faltan cursos en nuestros registros.",
        )
    else:
        done = _text(
            "Years of a world language passed: {years}.",
            "Años aprobados de un idioma del mundo: {years}.",
            years=row["language_years"],
        )
    return PathwayWords(
        "biliteracy",
        name,
        state,
        done,
        ways,
        Text(
            "Next step: ask the counselor which way fits.",
            "Próximo paso: pregunte en consejería qué vía conviene.",
        ),
    )
