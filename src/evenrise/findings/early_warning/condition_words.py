"""Conditions in sentences: the school or the district is the subject."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date, get_day_names

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences.numbers import LOCALES, count, share
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text


# Kinds of day that many districts name alike; others are told in their own words.
_BELLS = {
    "regular": Text("days with the regular bell schedule", "con horario regular"),
    "late_start": Text("late-start days", "de entrada tardía"),
    "early_release": Text("early-release days", "de salida temprana"),
    "minimum": Text("minimum days", "de horario mínimo"),
    "minimum_day": Text("minimum days", "de horario mínimo"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionStory:
    """What a sentence about a condition tells; `school` is blank for the district.

    `alone`: beside the other grades or courses of the same place, for no other school
    has this one.
    """

    kind: str
    school: str
    key: str
    label: str
    n: int
    observed: float
    expected: float
    difference: Estimate
    units: int | None
    alone: bool
    certainty: Certainty


def sentence(story: ConditionStory) -> Text:
    """One or two sentences in both languages."""
    if story.certainty is Certainty.TOO_FEW:
        return Text(
            f"Too few to say anything of {_what(story, 'en')} at {_at(story, 'en')}.",
            f"Hay muy pocos datos para hablar de {_what(story, 'es')} en "
            f"{_at(story, 'es')}.",
        )
    tell = {
        "weekday": _days,
        "bell_schedule": _days,
        "month": _month,
        "grade": _grade,
        "course": _course,
    }
    made = tell[story.kind](story)
    if story.certainty is Certainty.UNCLEAR:
        return Text(f"{made.en} This may be chance.", f"{made.es} Puede ser azar.")
    return made


def _days(story: ConditionStory) -> Text:
    shares, units = _shares(story), story.units or 0
    days = Text(_many(units, "day", "days", "en"), _many(units, "día", "días", "es"))
    return Text(
        f"{_subject(story, 'en')} has {shares[0].en} of its students absent on "
        f"{_what(story, 'en')} and {shares[1].en} on its other days: "
        f"{_gap(story, 'en')}, over {days.en}.",
        f"En {_at(story, 'es')} falta el {shares[0].es} de sus estudiantes "
        f"{_what(story, 'es')} y el {shares[1].es} los demás días: "
        f"{_gap(story, 'es')}, en {days.es}.",
    )


def _month(story: ConditionStory) -> Text:
    shares, units = _shares(story), story.units or 0
    weeks = Text(
        _many(units, "week", "weeks", "en"), _many(units, "semana", "semanas", "es")
    )
    return Text(
        f"{_subject(story, 'en')} had {shares[0].en} of its students absent in "
        f"{_what(story, 'en')} and {shares[1].en} in its other months: "
        f"{_gap(story, 'en')}, over {weeks.en}.",
        f"En {_at(story, 'es')} faltó el {shares[0].es} de sus estudiantes en "
        f"{_what(story, 'es')} y el {shares[1].es} en los demás meses: "
        f"{_gap(story, 'es')}, en {weeks.es}.",
    )


def _grade(story: ConditionStory) -> Text:
    shares = _shares(story)
    other = _beside(
        story,
        Text("in the district's other schools", "en las demás escuelas del distrito"),
        Text("in its other grades", "en sus demás grados"),
    )
    return Text(
        f"{_subject(story, 'en')} has {shares[0].en} of its "
        f"{count(story.n, 'en')} students in {_what(story, 'en')} absent on a tenth of "
        f"their days or more; it is {shares[1].en} {other.en}: {_gap(story, 'en')}.",
        f"En {_at(story, 'es')}, el {shares[0].es} de sus {count(story.n, 'es')} "
        f"estudiantes de {_what(story, 'es')} falta una décima parte de sus días o "
        f"más; es el {shares[1].es} {other.es}: {_gap(story, 'es')}.",
    )


def _course(story: ConditionStory) -> Text:
    shares = _shares(story)
    other = _beside(
        story,
        Text("in the district's other schools", "en las demás escuelas del distrito"),
        Text("in its other courses", "en sus demás cursos"),
    )
    return Text(
        f"{_subject(story, 'en')} now gives an F to {shares[0].en} of its "
        f"{count(story.n, 'en')} students in {_what(story, 'en')}; it is "
        f"{shares[1].en} {other.en}: {_gap(story, 'en')}.",
        f"En {_at(story, 'es')}, el {shares[0].es} de sus {count(story.n, 'es')} "
        f"estudiantes de {_what(story, 'es')} tiene ahora una F; es el {shares[1].es} "
        f"{other.es}: {_gap(story, 'es')}.",
    )


def _beside(story: ConditionStory, elsewhere: Text, own: Text) -> Text:
    return own if story.alone else elsewhere


def _what(story: ConditionStory, language: Language) -> str:
    """`Mondays`, `late-start days`; `October 2025`; `grade 9`; the course's title."""
    if story.kind == "weekday":
        name = get_day_names("wide", locale=LOCALES[language])[int(story.key)]
        if language == "en":
            return f"{name}s"
        plural = name if name.endswith("s") else f"{name}s"
        return f"los {plural}"
    if story.kind == "bell_schedule":
        return _bell(story)[language]
    if story.kind == "month":
        first = dt.date.fromisoformat(f"{story.key}-01")
        pattern = {"en": "MMMM y", "es": "MMMM 'de' y"}[language]
        return str(format_date(first, pattern, locale=LOCALES[language]))
    if story.kind == "grade":
        return _grade_name(story.key, language)
    return story.label


def _bell(story: ConditionStory) -> Text:
    """`late-start days`, `los días de entrada tardía`; others as they are written."""
    written = story.label.replace("_", " ")
    told = _BELLS.get(
        story.key,
        Text(f"days with the bell schedule “{written}”", f"con horario «{written}»"),
    )
    return Text(told.en, f"los días {told.es}")


def _grade_name(grade: str, language: Language) -> str:
    named = {
        "TK": {"en": "transitional kindergarten", "es": "kínder de transición"},
        "KG": {"en": "kindergarten", "es": "kínder"},
    }
    if grade in named:
        return named[grade][language]
    number = int(grade) if grade.isdigit() else grade
    return f"grade {number}" if language == "en" else f"grado {number}"


def _subject(story: ConditionStory, language: Language) -> str:
    return story.school or {"en": "The district", "es": "El distrito"}[language]


def _at(story: ConditionStory, language: Language) -> str:
    return story.school or {"en": "the district", "es": "el distrito"}[language]


def _shares(story: ConditionStory) -> tuple[Text, Text]:
    n = story.n * (story.units or 1)  # students, or their days
    observed, expected = (
        Text(share(x, n, "en"), share(x, n, "es"))
        for x in (story.observed * n, story.expected * n)
    )
    return observed, expected


def _gap(story: ConditionStory, language: Language) -> str:
    """`4.2 points more (95% interval 3.0 to 5.4)`."""
    gap = story.difference
    value, low, high = gap.value or 0.0, gap.lower or 0.0, gap.upper or 0.0
    ends = [f"{abs(x) * 100:.1f}" for x in sorted((low, high), key=abs)]
    if low * high < 0:  # the interval holds zero: signs tell the side
        ends = [f"{x * 100:.1f}".replace("-", "−") for x in (low, high)]
    size = f"{abs(value) * 100:.1f}"
    if language == "en":
        side = "more" if value >= 0 else "fewer"
        return f"{size} points {side} (95% interval {ends[0]} to {ends[1]})"
    side = "más" if value >= 0 else "menos"
    return f"{size} puntos {side} (intervalo del 95\u00a0%: de {ends[0]} a {ends[1]})"


def _many(number: int, one: str, more: str, language: Language) -> str:
    return f"{count(number, language)} {one if number == 1 else more}"
