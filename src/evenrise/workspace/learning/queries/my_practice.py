"""A person's own placements over time, beside what a coach placed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from evenrise.publishing.charts.level_steps import (
    LevelPoint,
    LevelSteps,
    draw_level_steps,
)
from evenrise.publishing.numbers import day
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.insights.queries.pictures import Shown, show_by
from evenrise.workspace.learning.access import placements_read_by
from evenrise.workspace.learning.map_words import (
    component_words,
    level_name,
    map_title,
    map_url,
)
from evenrise.workspace.learning.models import Component, PlacedBy, Placement
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.said import Words


@dataclass(frozen=True, slots=True)
class PlacementShown:
    """One placement of one's own practice."""

    pk: int
    on: str
    level: str
    evidence: str
    by: str
    changed_since: bool


@dataclass(frozen=True, slots=True)
class PracticeShown:
    """One component: its placements, the latest first, and their picture."""

    name: Words
    map_title: str
    map_url: str
    sentence: str
    placements: list[PlacementShown]
    picture: Shown


def my_practice(
    person: Person, today: dt.date, language: Language
) -> list[PracticeShown]:
    """Everything that was placed of the person's own practice; one query."""
    own = placements_read_by(person, today).filter(person=person)
    return _practice(own, person, language)


def placed_in_coaching(
    coach: Person, colleague: Person, today: dt.date, language: Language
) -> list[PracticeShown]:
    """What a coach placed of a colleague, while their coaching lasts; one query.

    Args:
        coach: who reads.
        colleague: whose practice it is.
        today: the day of the look.
        language: the reader's.
    """
    if coach.pk == colleague.pk:
        return []
    own = placements_read_by(coach, today).filter(person=colleague, by=coach)
    return _practice(own, coach, language)


def _practice(
    found: QuerySet[Placement], reader: Person, language: Language
) -> list[PracticeShown]:
    rows = found.select_related("component__map", "by").order_by(
        "component__map", "component__place", "component", "on", "id"
    )
    by_component: dict[int, list[Placement]] = {}
    for one in rows:
        by_component.setdefault(one.component_id, []).append(one)
    return [
        _shown(placements, reader, language) for placements in by_component.values()
    ]


def _shown(
    placements: Sequence[Placement], reader: Person, language: Language
) -> PracticeShown:
    component = placements[0].component
    one = component.map
    sentence = _sentence(placements, reader, language)
    return PracticeShown(
        name=component_words(component, language),
        map_title=map_title(one, language),
        map_url=map_url(one),
        sentence=sentence,
        placements=[
            _placement(each, reader, language) for each in reversed(placements)
        ],
        picture=_picture(component, placements, sentence, language),
    )


def _placement(one: Placement, reader: Person, language: Language) -> PlacementShown:
    who = _("You") if one.by_id == reader.pk else one.by.name
    return PlacementShown(
        one.pk,
        day(one.on, language),
        level_name(one.level, one.component.map.levels),
        one.evidence,
        who,
        one.component.map.changed_at > one.at,
    )


def _sentence(
    placements: Sequence[Placement], reader: Person, language: Language
) -> str:
    """Where it began and where it stands, by one's own word and by a coach's."""
    parts = []
    for mine, once, moved in (
        (
            True,
            _("You placed it at level %(last)s on %(day)s."),
            _("You placed it at level %(first)s at first and at %(last)s on %(day)s."),
        ),
        (
            False,
            _("Your coach placed it at level %(last)s on %(day)s."),
            _(
                "Your coach placed it at level %(first)s at first and at %(last)s on"
                " %(day)s."
            ),
        ),
    ):
        own = [one for one in placements if (one.by_id == reader.pk) == mine]
        if own:
            told = {
                "first": own[0].level,
                "last": own[-1].level,
                "day": day(own[-1].on, language),
            }
            parts.append((moved if len(own) > 1 else once) % told)
    return " ".join(parts)


def _picture(
    component: Component,
    placements: Sequence[Placement],
    sentence: str,
    language: Language,
) -> Shown:
    title = component_words(component, language).text
    most = component.map.levels
    picture = LevelSteps(
        title=Text(title, title),
        alternative=Text(sentence, sentence),
        levels=tuple(
            Text(level_name(n, most), level_name(n, most)) for n in range(1, most + 1)
        ),
        points=tuple(
            LevelPoint(one.on, one.level, observed=one.kind == PlacedBy.OBSERVER)
            for one in placements
        ),
    )
    ident = f"practice-{component.pk}"
    return show_by(partial(draw_level_steps, picture), language, ident, title)
