"""The line of the rule that gives a support: facts, picture and table of a reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, pgettext

from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.publishing import numbers
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown, show


Reading = dict[str, Any]
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the score: where, how many students, what followed."""

    name: str
    past: bool
    n: str
    outcome: str
    interval: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """What followed on the two sides of the line."""

    heading: str
    picture: Shown | None
    steps: list[StepLine]


def line_facts(line: Reading | None, language: Language) -> list[tuple[str, str]]:
    """Which line it was, how near to it, and whether scores were moved over it."""
    if line is None:
        return []
    days = [numbers.day(dt.date.fromisoformat(one), language) for one in line["days"]]
    return [
        (
            _("Line that was read"),
            "" if line["words"] is None else line["words"][language],
        ),
        (pgettext("line", "Read on"), ", ".join(days)),
        (
            _("Near the line is"),
            _("%(width)s or less from it")
            % {"width": _distance(line["bandwidth"], line["unit"], language)},
        ),
        (
            _("Were students moved over the line?"),
            _(
                "Nothing speaks for it: right at the line stood as many as those around"
                " it lead to expect (p = %(p)s)."
            )
            % {"p": numbers.number(line["crowding_p"], 2, language)},
        ),
    ]


def line_picture(one: Reading, language: Language) -> LineShown | None:
    """Mean outcomes by steps of the score; None where no line was used."""
    line = one.get("line")
    if not line or not line["bins"]:
        return None
    title = Text(
        f"{_capital(one['measure']['en'])}, by distance from the line",
        f"{_capital(one['measure']['es'])}, por distancia al límite",
    )
    picture = GapDots(
        title,
        Text(one["sentence"]["en"], one["sentence"]["es"]),
        Scale("share", "neutral", title),
        tuple(
            Mark(
                Text(_step(step, line["unit"], "en"), _step(step, line["unit"], "es")),
                _estimate(step),
                "focus" if step["past"] else "other",
            )
            for step in line["bins"]
        ),
    )
    return LineShown(
        _capital(one["measure"][language]),
        show(picture, language, "at-line"),
        [
            StepLine(
                _step(step, line["unit"], language),
                step["past"],
                numbers.count(step["n"], language),
                numbers.estimate(_estimate(step), "share", language),
                numbers.interval(_estimate(step), "share", language),
            )
            for step in line["bins"]
        ],
    )


def _estimate(step: Reading) -> Estimate:
    return Estimate(step["value"], step["lower"], step["upper"], step["n"])


def _step(step: Reading, unit: str, language: Language) -> str:
    """Where a step lies: `past it by 0 to 2 points`."""
    ends = sorted((abs(step["low"]), abs(step["high"])))
    near = numbers.number(_scaled(ends[0], unit), 1, language)
    far = _distance(ends[1], unit, language)
    if language == "en":
        side = "past it" if step["past"] else "short of it"
        return f"{near} to {far} {side}"
    side = "pasado el límite" if step["past"] else "sin llegar al límite"
    return f"{near} a {far} {side}"


def _scaled(value: float, unit: str) -> float:
    return value * _HUNDRED if unit == "share" else value


def _distance(value: float, unit: str, language: Language) -> str:
    """A distance from the line in the unit of its measure."""
    told = numbers.number(_scaled(value, unit), 1, language)
    words = _UNITS[unit][language == "es"] if unit in _UNITS else ""
    return f"{told} {words}".strip()


_UNITS = {
    "share": ("points", "puntos"),
    "days": ("days", "días"),
    "incidents": ("incidents", "incidentes"),
    "courses": ("courses", "cursos"),
    "points": ("points", "puntos"),
    "percent": ("points", "puntos"),
}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
