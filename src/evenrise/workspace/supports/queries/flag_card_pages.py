"""The honest card of the rule and of a model, and the conditions behind many flags.

Both were computed when the snapshot became current (`actions/flag_cards.py`); a page
says when they are of older records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenrise.findings.early_warning.card import (
    CheckpointCard,
    GroupErrors,
    OtherSchools,
    Way,
    WayCard,
)
from evenrise.findings.early_warning.card_words import moment, years_in_words
from evenrise.findings.early_warning.cards import Cards
from evenrise.findings.pictures import GapDots, Mark, Scale
from evenrise.publishing.numbers import count, day, estimate, interval
from evenrise.publishing.wording import short_reason
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.groups import FAMILIES
from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.data.standing import standing
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.queries.pictures import Shown, show
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import CardSet
from evenrise.workspace.supports.queries.flag_sets import part_of_cards


WAYS: dict[Way, Text] = {
    Way.RULE: Text("The simple rule", "La regla sencilla"),
    Way.MODEL: Text("A model", "Un modelo"),
    Way.SCHOOL: Text("Whole schools", "Escuelas enteras"),
}
MISSED = Text(
    "Of the students who were not on track, the share that was missed",
    "De los estudiantes que no iban por buen camino, la parte que no se encontró",
)


@dataclass(frozen=True, slots=True)
class Told:
    """An estimate in words: its value with its interval, or why there is none."""

    value: str
    interval: str
    n: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayRow:
    """One way of flagging in the table."""

    name: str
    used: bool
    precision: Told
    recall: Told
    missed: Told
    area: Told
    brier: Told

    @property
    def cells(self) -> tuple[Told, ...]:
        """In the order of the table: missed students first."""
        return (self.missed, self.recall, self.precision, self.area, self.brier)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """Whom a way misses, by group; missed students first."""

    family: str
    name: str
    n: str
    missed: Told
    false_alarms: Told
    precision: Told

    @property
    def cells(self) -> tuple[Told, ...]:
        """In the order of the table: missed students first."""
        return (self.missed, self.false_alarms, self.precision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One checkpoint: what would have been found on that day of past years."""

    ident: str
    title: str
    sentences: tuple[str, ...]
    ways: tuple[WayRow, ...]
    groups: tuple[tuple[str, tuple[GroupRow, ...]], ...]
    calibration: tuple[tuple[str, Told], ...]
    picture: Shown | None
    elsewhere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsPage:
    """Everything the page shows; `made` is blank before the first cards."""

    made: str
    stale: bool
    answer: str
    sentences: tuple[str, ...]
    learned: str
    tried: str
    moments: SafeString  # as HTML: ready for the page


def cards_page() -> CardsPage:
    """The card of the district's own past."""
    kept, told = part_of_cards("cards")
    if kept is None:
        return CardsPage(
            made="",
            stale=False,
            answer=_("The district's past has not been looked at yet."),
            sentences=(),
            learned="",
            tried="",
            moments=SafeString(),
        )
    language = page_language()
    cards = Cards.from_json(told)
    first, *rest = (one[language] for one in cards.sentences)
    return CardsPage(
        made=day(kept.as_of, language),
        stale=is_stale(kept),
        answer=first,
        sentences=tuple(rest),
        learned=years_in_words(cards.years_trained)[language],
        tried=years_in_words(cards.years_tested)[language],
        moments=_moments(kept, cards, language),
    )


_MOST = 8  # cards that a process remembers: two languages, a few nights
_made: dict[tuple[int, dt.datetime, Language], SafeString] = {}


def _moments(kept: CardSet, cards: Cards, language: Language) -> SafeString:
    """Every checkpoint as HTML, made once: groups and ways take a template 60 ms."""
    name = (kept.pk, kept.made_at, language)
    if name not in _made:
        told = [
            _moment(one, cards.uses, place)
            for place, one in enumerate(cards.checkpoints)
        ]
        if len(_made) >= _MOST:
            _made.clear()
        template = "supports/parts/flag_moments.html"
        _made[name] = SafeString(render_to_string(template, {"moments": told}))
    return _made[name]


def is_stale(kept: CardSet) -> bool:
    """Whether it is of other records than those that stand now."""
    now = standing()
    return now is not None and (now.snapshot, now.as_of) != (kept.snapshot, kept.as_of)


def _moment(card: CheckpointCard, uses: Way, place: int) -> Moment:
    language = page_language()
    used = card.way(uses) or card.ways[0]
    return Moment(
        ident=f"moment-{place}",
        title=moment(card.checkpoint)[language],
        sentences=tuple(one[language] for one in card.sentences),
        ways=tuple(_way(one, used=one.way is uses) for one in card.ways),
        groups=tuple(_groups(used)),
        calibration=tuple(
            (_share(row.expected), _told(row.observed, "share"))
            for row in used.calibration
        ),
        picture=show(_picture(card, used), language, f"missed-{place}"),
        elsewhere=_elsewhere(card.other_schools),
    )


def _elsewhere(one: OtherSchools | None) -> str:
    """How the model did at schools that it had never learned from."""
    if one is None or not one.precision.known:
        return ""
    told, over = _told(one.precision, "share"), _told(one.over_rule, "points")
    return _(
        "At schools that it never learned from, the model flagged %(share)s rightly"
        " (%(interval)s); less the rule's share that is %(over)s (%(over_interval)s)."
    ) % {
        "share": told.value,
        "interval": told.interval,
        "over": over.value,
        "over_interval": over.interval,
    }


def _share(value: float) -> str:
    return estimate(Estimate(value), "share", page_language())


def _told(one: Estimate | None, unit: str) -> Told:
    language = page_language()
    if one is None:
        return Told("–", "", "")
    if not one.known:
        return Told(short_reason(one.reason, language), "", "")
    return Told(
        estimate(one, unit, language),
        interval(one, unit, language),
        "" if one.n is None else count(one.n, language),
    )


def _way(card: WayCard, *, used: bool) -> WayRow:
    return WayRow(
        name=WAYS[card.way][page_language()],
        used=used,
        precision=_told(card.precision, "share"),
        recall=_told(card.recall, "share"),
        missed=_told(card.missed, "share"),
        area=_told(card.area, "sd"),
        brier=_told(card.brier, "sd"),
    )


def _groups(card: WayCard) -> Iterable[tuple[str, tuple[GroupRow, ...]]]:
    language = page_language()
    for family in dict.fromkeys(one.family for one in card.groups):
        rows = tuple(
            _group(one, language_name=_name(one)[language])
            for one in card.groups
            if one.family == family
        )
        yield FAMILIES[family].name[language], rows


def _name(one: GroupErrors) -> Text:
    return FAMILIES[one.family].group(one.group).name


def _group(one: GroupErrors, *, language_name: str) -> GroupRow:
    language = page_language()
    return GroupRow(
        family=one.family,
        name=language_name,
        n=count(one.n, language),
        missed=_told(one.missed, "share"),
        false_alarms=_told(one.false_alarms, "share"),
        precision=_told(one.precision, "share"),
    )


def _picture(card: CheckpointCard, used: WayCard) -> GapDots | None:
    """Whom the way in use misses, by group; all students as a line."""
    rows = tuple(
        Mark(_name(one), one.missed) for one in used.groups if one.missed.known
    )
    if not rows or not used.missed.known:
        return None
    when = moment(card.checkpoint)
    return GapDots(
        Text(
            f"Whom the flags of {when.en} missed, by group",
            f"A quiénes no encontraron las señales del {when.es}, por grupo",
        ),
        Text(
            f"{MISSED.en}, by group, with intervals and the share of all students.",
            f"{MISSED.es}, por grupo, con intervalos y la parte de todos los "
            "estudiantes.",
        ),
        Scale("share", "down", MISSED),
        rows,
        used.missed,
    )


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition: a sentence, and where."""

    words: str
    where: str
    school: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsPage:
    """The conditions, the surest first; `made` is blank before the first look.

    `bells`: whether the calendar told bell schedules, so that they were looked at.
    """

    made: str
    stale: bool
    bells: bool
    lines: tuple[ConditionLine, ...]


MOST = 60  # conditions of a page


def conditions_page(person: Person, reach: Reach) -> ConditionsPage:
    """What at the schools stands behind many flags.

    Of the district, and of the schools where the person works; for whoever reaches the
    whole district, of all schools. Each is about eleven students or more.
    """
    kept, told = part_of_cards("conditions")
    if kept is None:
        return ConditionsPage(made="", stale=False, bells=False, lines=())
    own = None if reach.district else own_schools(person) | reach.schools
    names = dict(School.objects.values_list("school_id", "name"))
    lines = [
        _condition(one, names)
        for one in told
        if own is None or not one["school_id"] or one["school_id"] in own
    ]
    return ConditionsPage(
        made=day(kept.as_of, page_language()),
        stale=is_stale(kept),
        bells=bool(kept.content.get("bell_schedules")),
        lines=tuple(lines[:MOST]),
    )


def _condition(one: Mapping[str, Any], names: Mapping[str, str]) -> ConditionLine:
    school = one["school_id"] or ""
    return ConditionLine(
        one["sentence"][page_language()],
        names.get(school, ""),
        school,
    )
