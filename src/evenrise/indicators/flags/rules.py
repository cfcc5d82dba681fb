"""The rule sets to choose from, and a district's own lines, read from plain data."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from evenrise.indicators.flags.lines import Line, RuleSet, Tiers, words_of
from evenrise.indicators.flags.measures import MEASURES, Domain, Measure
from evenrise.indicators.flags.published import HIGH, MIDDLE, RULE_SETS
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.grades import GRADES, parse_grade
from evenrise.vocabulary.text import Text


__all__ = [
    "DEFAULT",
    "HIGH",
    "MEASURES",
    "MIDDLE",
    "RULE_SETS",
    "Domain",
    "Line",
    "Measure",
    "RuleSet",
    "Tiers",
    "own_rule_set",
]
DEFAULT = "abc"
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")
_PARTS = ("key", "domain", "measure", "at", "severe", "grades", "words")
_MOST_LINES = 60
_WORDS = 200  # letters of a line's own words
_WHOLE = ("days", "incidents", "courses")


def own_rule_set(
    key: str, name: Text, lines: Sequence[Mapping[str, Any]], *, version: int = 1
) -> RuleSet:
    """A district's own rule set from plain data, such as a form or a file gives.

    Each line has `measure` and `at`, and may have `severe`, `grades` (a list; blank:
    all), `domain` (must be the measure's), `words` ({"en": ..., "es": ...}) and `key`.

    Raises:
        ArgumentProblem: one sentence that names the line and what to do.
    """
    if not _KEY.fullmatch(key):
        raise ArgumentProblem(
            Text(
                f"The name of a rule set, {key!r}, must be small letters, digits and "
                "_.",
                f"El nombre de una regla, {key!r}, debe llevar letras minúsculas, "
                "cifras y _.",
            )
        )
    if key in RULE_SETS:
        raise ArgumentProblem(
            Text(
                f"The rule set {key!r} is a published one: give your own another name.",
                f"La regla {key!r} es una publicada: dé otro nombre a la suya.",
            )
        )
    given: Any = lines  # a form or a file may give anything
    if isinstance(given, str | bytes) or not isinstance(given, Sequence):
        raise ArgumentProblem(
            Text(
                "The lines of a rule set must be a list.",
                "Las líneas de una regla deben ser una lista.",
            )
        )
    if not lines:
        raise ArgumentProblem(
            Text(
                "A rule set needs at least one line: add one.",
                "Una regla necesita al menos una línea: agregue una.",
            )
        )
    if len(lines) > _MOST_LINES:
        raise ArgumentProblem(
            Text(
                f"A rule set may have {_MOST_LINES} lines; this one has {len(lines)}.",
                f"Una regla puede tener {_MOST_LINES} líneas; esta tiene {len(lines)}.",
            )
        )
    made = [_line(place, one) for place, one in enumerate(lines, 1)]
    _no_repeats(made)
    return RuleSet(
        key=key,
        name=name,
        authority="The district",
        source="The district's own lines",
        version=version,
        lines=tuple(made),
        use=Text(
            "The district's own lines. What they found here in earlier years stands on "
            "the page about how well flags work.",
            "Las líneas propias del distrito. Lo que encontraron aquí en años "
            "anteriores está en la página sobre qué tan bien funcionan las señales.",
        ),
    )


def _line(place: int, given: Mapping[str, Any]) -> Line:
    if not isinstance(given, Mapping):
        raise ArgumentProblem(
            Text(
                f"Line {place} must name a measure and where it lies.",
                f"La línea {place} debe decir qué mira y dónde está.",
            )
        )
    for name in given:
        if name not in _PARTS:
            raise ArgumentProblem(
                Text(
                    f"Line {place} has {name!r}, which a line does not have: use "
                    f"{', '.join(_PARTS)}.",
                    f"La línea {place} tiene {name!r}, que no va en una línea: use "
                    f"{', '.join(_PARTS)}.",
                )
            )
    measure = _measure(place, given)
    at = _at(place, measure, given.get("at"))
    severe = given.get("severe", False)
    if not isinstance(severe, bool):
        raise ArgumentProblem(
            Text(
                f"Line {place}: severe must be true or false.",
                f"Línea {place}: severe debe ser true o false.",
            )
        )
    key = str(given.get("key") or f"{measure.key}_{place}")
    if not _KEY.fullmatch(key):
        raise ArgumentProblem(
            Text(
                f"Line {place}: its key {key!r} must be small letters, digits and _.",
                f"Línea {place}: su clave {key!r} debe llevar letras minúsculas, "
                "cifras y _.",
            )
        )
    return Line(
        key=key,
        domain=measure.domain,
        measure=measure.key,
        at=at,
        words=_words(place, given.get("words")) or words_of(measure, at),
        severe=severe,
        grades=_grades(place, given.get("grades")),
    )


def _measure(place: int, given: Mapping[str, Any]) -> Measure:
    measure = MEASURES.get(str(given.get("measure", "")))
    if measure is None:
        raise ArgumentProblem(
            Text(
                f"Line {place} looks at {given.get('measure')!r}, which is not known: "
                f"use one of {', '.join(MEASURES)}.",
                f"La línea {place} mira {given.get('measure')!r}, que no se conoce: "
                f"use una de {', '.join(MEASURES)}.",
            )
        )
    if given.get("domain") not in (None, "", measure.domain, measure.domain.value):
        raise ArgumentProblem(
            Text(
                f"Line {place}: {measure.key} belongs to {measure.domain}, not to "
                f"{given['domain']}.",
                f"Línea {place}: {measure.key} es de {measure.domain} y no de "
                f"{given['domain']}.",
            )
        )
    return measure


def _at(place: int, measure: Measure, given: Any) -> float:
    number = given if isinstance(given, int | float | Decimal) else None
    if number is None or isinstance(number, bool) or not math.isfinite(number):
        raise ArgumentProblem(
            Text(
                f"Line {place}: say where the line lies as a number, not {given!r}.",
                f"Línea {place}: diga con un número dónde está la línea, y no "
                f"{given!r}.",
            )
        )
    at = float(number)
    if not 0 < at <= measure.most:
        said = Text(
            f"Line {place}: {measure.key} must lie above 0 and at most at "
            f"{measure.most:g}, not at {at:g}.",
            f"Línea {place}: {measure.key} debe estar por encima de 0 y como máximo "
            f"en {measure.most:g}, no en {at:g}.",
        )
        share = Text("Write 10% as 0.1.", "Escriba 10% como 0.1.")
        raise ArgumentProblem(said + share if measure.unit == "share" else said)
    if measure.unit in _WHOLE and not at.is_integer():
        raise ArgumentProblem(
            Text(
                f"Line {place}: {measure.key} counts whole {measure.unit}; {at:g} is "
                "not a whole number.",
                f"Línea {place}: {measure.key} se cuenta en números enteros; {at:g} no "
                "es entero.",
            )
        )
    if round(at, 3) != at:
        raise ArgumentProblem(
            Text(
                f"Line {place}: {at!r} has more than three decimals; round it.",
                f"Línea {place}: {at!r} tiene más de tres decimales; redondéelo.",
            )
        )
    return at


def _grades(place: int, given: Any) -> tuple[str, ...] | None:
    if given is None or given in ("", [], ()):
        return None
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise ArgumentProblem(
            Text(
                f"Line {place}: grades must be a list, such as 06, 07.",
                f"Línea {place}: los grados deben ser una lista, por ejemplo 06, 07.",
            )
        )
    try:
        chosen = {parse_grade(str(one)) for one in given}
    except ValueError as problem:
        raise ArgumentProblem(
            Text(
                f"Line {place}: {problem}",
                f"Línea {place}: hay un grado que no se conoce; use TK, KG o de 01 a "
                "12.",
            )
        ) from None
    return tuple(grade for grade in GRADES if grade in chosen)


def _words(place: int, given: Any) -> Text | None:
    if given is None:
        return None
    told = given if isinstance(given, dict) else {}
    both = [str(told.get(one) or "").strip() for one in ("en", "es")]
    if not all(both):
        raise ArgumentProblem(
            Text(
                f"Line {place}: its words must stand in English and Spanish, or be "
                "left out.",
                f"Línea {place}: sus palabras deben estar en inglés y en español, o no "
                "estar.",
            )
        )
    if any(len(one) > _WORDS for one in both):
        raise ArgumentProblem(
            Text(
                f"Line {place}: its words may have {_WORDS} letters; shorten them.",
                f"Línea {place}: sus palabras pueden tener {_WORDS} letras; acórtelas.",
            )
        )
    return Text(both[0], both[1])


def _no_repeats(lines: Sequence[Line]) -> None:
    keys: set[str] = set()
    same: set[tuple[object, ...]] = set()
    for place, one in enumerate(lines, 1):
        told = (one.measure, one.at, one.severe, one.grades)
        if one.key in keys or told in same:
            raise ArgumentProblem(
                Text(
                    f"Line {place} stands there twice: leave one out.",
                    f"La línea {place} está dos veces: quite una.",
                )
            )
        keys.add(one.key)
        same.add(told)
