"""Why a student has a flag, in sentences a parent could read, in both languages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from babel.dates import format_date

from evenrise.findings.sentences.numbers import LOCALES, count, share
from evenrise.indicators.flags.rules import Line
from evenrise.vocabulary.text import Language, Text


Detail = Mapping[str, Any]
Reason = Mapping[str, Any]
_SHOWN = 6  # courses named in one sentence


def line_text(line: Line) -> Text:
    """What a line of a rule set says, and for which grades."""
    if line.grades is None:
        return line.words
    # "06" is said as 6; TK and KG stay as they are.
    first, last = (line.grades[place].lstrip("0") for place in (0, -1))
    one = first == last
    en = f"grade {first}" if one else f"grades {first} to {last}"
    es = f"grado {first}" if one else f"grados {first} a {last}"
    return Text(f"{line.words.en} ({en})", f"{line.words.es} ({es})")


def reason_text(reason: Reason | str) -> Text:
    """One reason as one or two sentences, with what lets a reader check it.

    Args:
        reason: as `indicators.flags` writes it, read or still JSON.

    Raises:
        KeyError: for a measure that does not exist.
    """
    given = json.loads(reason) if isinstance(reason, str) else reason
    tell = _TELLERS[given["measure"]]
    return Text(tell(given, "en"), tell(given, "es"))


def _days(reason: Reason, language: Language) -> str:
    detail = reason["detail"]
    absent, enrolled = int(detail["absent"]), int(detail["enrolled"])
    part = share(absent, enrolled, language) if enrolled else ""
    if language == "en":
        days = _many(enrolled, "day", "days", language)
        lead = f"Absent {count(absent, language)} of {days} this school year ({part})"
    else:
        days = _many(enrolled, "día", "días", language)
        lead = f"{_absences(absent)} en {days} de este año escolar ({part})"
    return _with_why(lead, detail, language)


def _recent(reason: Reason, language: Language) -> str:
    detail = reason["detail"]
    enrolled = int(reason["of"])
    absent = enrolled - int(reason["value"])
    days = _many(enrolled, "school day", "school days", "en")
    dias = _many(enrolled, "día de clases", "días de clases", "es")
    lead = {
        "en": f"Absent {count(absent, 'en')} of the last {days}",
        "es": f"{_absences(absent)} en los últimos {dias}",
    }[language]
    return f"{lead}. {_days(reason, language)}" if detail["enrolled"] else f"{lead}."


def _quarter(reason: Reason, language: Language) -> str:
    value = int(reason["value"])
    lead = {
        "en": f"{_many(value, 'absence', 'absences', 'en')} in the last nine weeks",
        "es": f"{_absences(value)} en las últimas nueve semanas",
    }[language]
    return f"{lead}. {_days(reason, language)}"


def _unexcused(reason: Reason, language: Language) -> str:
    value = int(reason["value"])
    one, more = ("ausencia sin justificar", "ausencias sin justificar")
    lead = {
        "en": f"{_many(value, 'absence', 'absences', 'en')} without an excuse",
        "es": _many(value, one, more, "es"),
    }[language]
    return f"{lead}. {_days(reason, language)}"


def _with_why(lead: str, detail: Detail, language: Language) -> str:
    """The days by why they were missed, when the last one was, and where."""
    told = {name: int(detail.get(name, 0)) for name in _WHY}
    told["other"] = int(detail["absent"]) - sum(told.values())
    whys = [
        f"{count(days, language)} {_WHY_WORDS[name][language][days != 1]}"
        for name, days in told.items()
        if days > 0
    ]
    sentence = f"{lead}: {_listed(whys, language)}." if whys else f"{lead}."
    if detail.get("last"):
        day = _day(detail["last"], language)
        sentence += {
            "en": f" The latest was on {day}.",
            "es": f" La última fue el {day}.",
        }[language]
    schools = int(detail.get("schools", 1))
    if schools > 1:
        number = count(schools, language)
        sentence += {
            "en": f" The days at {number} schools are counted together.",
            "es": f" Se cuentan juntos los días en {number} escuelas.",
        }[language]
    return sentence


_WHY = ("unexcused", "excused", "medical")
# One day, several days.
_WHY_WORDS: dict[str, dict[Language, tuple[str, str]]] = {
    "unexcused": {
        "en": ("unexcused", "unexcused"),
        "es": ("sin justificar", "sin justificar"),
    },
    "excused": {"en": ("excused", "excused"), "es": ("justificada", "justificadas")},
    "medical": {
        "en": ("for illness or an appointment", "for illness or appointments"),
        "es": ("por enfermedad o cita médica", "por enfermedad o citas médicas"),
    },
    "other": {
        "en": ("with another reason or none", "with another reason or none"),
        "es": ("con otro motivo o ninguno", "con otro motivo o ninguno"),
    },
}


_SERIOUS = ("expulsion", "suspension", "serious")


def _incidents(reason: Reason, language: Language) -> str:
    words = {"en": ("incident", "incidents"), "es": ("incidente", "incidentes")}
    return _told_kinds(reason["detail"]["kinds"], words[language], language)


def _serious(reason: Reason, language: Language) -> str:
    words = {
        "en": ("serious incident", "serious incidents"),
        "es": ("incidente grave", "incidentes graves"),
    }
    kinds = [one for one in reason["detail"]["kinds"] if one["kind"] in _SERIOUS]
    return _told_kinds(kinds, words[language], language)


def _minor(reason: Reason, language: Language) -> str:
    words = {
        "en": ("minor incident", "minor incidents"),
        "es": ("incidente leve", "incidentes leves"),
    }
    kinds = [one for one in reason["detail"]["kinds"] if one["kind"] == "minor"]
    number = sum(int(one["count"]) for one in kinds)
    day = _day(max(str(one["last"]) for one in kinds), language)
    lead = _many(number, *words[language], language)
    if language == "en":
        when = "on" if number == 1 else "the latest on"
        return f"{lead} this school year, {when} {day}."
    when = "el" if number == 1 else "el último el"
    return f"{lead} en este año escolar, {when} {day}."


def _offenses(reason: Reason, language: Language) -> str:
    number = int(reason["value"])
    lead = {
        "en": f"{_many(number, 'offense', 'offenses', 'en')} under state law",
        "es": _many(number, "infracción estatal", "infracciones estatales", "es"),
    }[language]
    return f"{lead}. {_incidents(reason, language)}"


def _told_kinds(
    kinds: Sequence[Detail], words: tuple[str, str], language: Language
) -> str:
    """How many incidents of which kinds, and when; never what was written of them."""
    total = sum(int(one["count"]) for one in kinds)
    lead = _many(total, *words, language)
    year = {"en": "this school year", "es": "en este año escolar"}[language]
    parts = [_kind(one, language) for one in kinds]
    return f"{lead} {year}: {_listed(parts, language, ';')}."


def _kind(one: Detail, language: Language) -> str:
    number = int(one["count"])
    word = _KINDS[str(one["kind"])][language][number != 1]
    day = _day(one["last"], language)
    if language == "en":
        when = f"on {day}" if number == 1 else f"the latest on {day}"
        return f"{count(number, language)} {word}, {when}"
    when = f"el {day}" if number == 1 else f"el último el {day}"
    return f"{count(number, language)} {word}, {when}"


_KINDS: dict[str, dict[Language, tuple[str, str]]] = {
    "expulsion": {
        "en": ("with expulsion", "with expulsion"),
        "es": ("con expulsión", "con expulsión"),
    },
    "suspension": {
        "en": ("with suspension out of school", "with suspension out of school"),
        "es": (
            "con suspensión fuera de la escuela",
            "con suspensión fuera de la escuela",
        ),
    },
    "serious": {"en": ("serious", "serious"), "es": ("grave", "graves")},
    "minor": {"en": ("minor", "minor"), "es": ("leve", "leves")},
}


def _suspension(reason: Reason, language: Language) -> str:
    days = float(reason["value"])
    kinds = reason["detail"]["kinds"]
    own = [one for one in kinds if one["kind"] == "suspension"] or kinds
    day = _day(max(str(one["last"]) for one in own), language)
    if language == "en":
        told = f"Suspended out of school for {_many(days, 'day', 'days', 'en')}"
        return f"{told} this school year, most recently on {day}."
    told = f"Suspensión fuera de la escuela: {_many(days, 'día', 'días', 'es')}"
    return f"{told} en este año escolar, la última el {day}."


def _failing(reason: Reason, language: Language) -> str:
    return _courses_sentence(
        reason,
        {
            "en": f"{_many(int(reason['value']), 'course has', 'courses have', 'en')} "
            "an F now",
            "es": f"{_many(int(reason['value']), 'curso tiene', 'cursos tienen', 'es')}"
            " F ahora",
        }[language],
        language,
    )


def _gpa(reason: Reason, language: Language) -> str:
    mean = f"{float(reason['value']):.2f}"
    lead = {
        "en": f"The mean of this year's marks is {mean}, on a scale from 0 to 4",
        "es": f"El promedio de las calificaciones de este año es {mean}, en una escala "
        "de 0 a 4",
    }[language]
    return _courses_sentence(reason, lead, language)


def _lowest(reason: Reason, language: Language) -> str:
    mark = f"{float(reason['value']):g}"
    lead = {
        "en": f"The lowest mark is {mark} of 100",
        "es": f"La calificación más baja es {mark} de 100",
    }[language]
    return _courses_sentence(reason, lead, language)


def _courses_sentence(reason: Reason, lead: str, language: Language) -> str:
    courses: Sequence[Detail] = reason["detail"]["courses"]
    if not courses:
        return f"{_capital(lead)}."
    told = [_course(one, language) for one in courses[:_SHOWN]]
    if rest := len(courses) - len(told):
        told.append(
            {
                "en": f"{count(rest, 'en')} more",
                "es": f"{count(rest, 'es')} más",
            }[language]
        )
    return f"{_capital(lead)}: {_listed(told, language, ';')}."


def _course(one: Detail, language: Language) -> str:
    words = f"{one['title']} ({one['mark']})"
    if not one.get("posted_on"):
        return words
    day = _day(one["posted_on"], language)
    posted = {"en": f"posted on {day}", "es": f"publicada el {day}"}[language]
    return f"{words}, {posted}"


_TELLERS: dict[str, Callable[[Reason, Language], str]] = {
    "absent_share": _days,
    "attended_share": _days,
    "attended_share_45": _recent,
    "absences_quarter": _quarter,
    "absences_year": _days,
    "unexcused_absences": _unexcused,
    "suspension_days": _suspension,
    "serious_incidents": _serious,
    "minor_incidents": _minor,
    "incidents": _incidents,
    "state_offenses": _offenses,
    "failing_core": _failing,
    "failing_ela": _failing,
    "failing_math": _failing,
    "failing_any": _failing,
    "failing_beside_two_ds": _failing,
    "gpa": _gpa,
    "lowest_mark": _lowest,
}


def _many(number: float, one: str, more: str, language: Language) -> str:
    """`1 day`, `12 days`."""
    return f"{count(number, language)} {one if number == 1 else more}"


def _absences(number: int) -> str:
    return _many(number, "ausencia", "ausencias", "es")


def _listed(parts: Sequence[str], language: Language, mark: str = ",") -> str:
    """`a, b and c`; with `;` where the parts hold commas themselves."""
    if len(parts) == 1:
        return parts[0]
    word = {"en": "and", "es": "y"}[language]
    before = f"{mark} ".join(parts[:-1])
    comma = mark if mark == ";" else ""
    return f"{before}{comma} {word} {parts[-1]}"


def _day(text: str, language: Language) -> str:
    """`October 3, 2025`, `3 de octubre de 2025`."""
    day = dt.date.fromisoformat(text)
    return str(format_date(day, format="long", locale=LOCALES[language]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
