"""One thing to learn: its sessions, what people said of it, what was changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import day_words, listed
from evenrise.workspace.learning.access import keeps_roll, organizes
from evenrise.workspace.learning.models import Offering, Session, WhatChanged
from evenrise.workspace.learning.queries.catalogue import (
    SessionLine,
    kind_words,
    places_of,
    role_words,
    session_line,
)
from evenrise.workspace.learning.queries.feedback import (
    Heard,
    heard_of,
    waits_for,
)
from evenrise.workspace.learning.queries.for_whom import is_for
from evenrise.workspace.learning.queries.said_already import may_say_now
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.said import Words, words_of


MOST_PAST = 50  # sessions that are over and are listed


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session with what this person may do."""

    line: SessionLine
    over: bool
    cancelled: str  # why; blank where it takes place
    is_cancelled: bool
    rolls: bool
    says: bool


@dataclass(frozen=True, slots=True)
class ChangedShown:
    """What was changed because of what people said."""

    key: int
    words: Words
    day: str


@dataclass(frozen=True, slots=True)
class OfferingPage:
    """The whole page."""

    title: Words
    text: Words
    kind: str
    whom: str
    school: str
    credit: str
    standards: str
    initiative: Words | None
    initiative_url: str
    partner: str
    withdrawn: str
    coming: tuple[SessionShown, ...]
    past: tuple[SessionShown, ...]
    heard: Heard
    changed: tuple[ChangedShown, ...]
    organizes: bool
    leads: bool
    for_me: bool


def offering_named(slug: str) -> Offering | None:
    """An offering, also one that is withdrawn."""
    found: Offering | None = (
        Offering.objects.select_related("school", "partner", "initiative")
        .filter(slug=slug)
        .first()
    )
    return found


def offering_page(
    person: Person, one: Offering, now: dt.datetime, language: Language
) -> OfferingPage:
    """All that the page of an offering shows."""
    organizer = organizes(person, one)
    sessions = _sessions(one)
    mine = places_of(person, sessions)
    says = may_say_now(person, sessions, now)
    shown = [_shown(each, one, mine, says, now, person, language) for each in sessions]
    standards = one.standards.all()
    return OfferingPage(
        title=words_of(one, "title", language),
        text=words_of(one, "text", language),
        kind=kind_words(one),
        whom=role_words(one.roles, language),
        school=one.school.name if one.school else "",
        credit=one.credit,
        standards=listed(
            (each.name_es if language == "es" else "") or each.name_en
            for each in standards
        ),
        initiative=words_of(one.initiative, "title", language)
        if one.initiative
        else None,
        initiative_url=_initiative_url(one),
        partner=one.partner.name if one.partner else "",
        withdrawn=day_words(one.withdrawn_at, language),
        coming=tuple(each for each in shown if not each.over),
        past=tuple(reversed([each for each in shown if each.over]))[:MOST_PAST],
        heard=heard_of(one, now, language),
        changed=tuple(_changed(one, language)),
        organizes=organizer,
        leads=organizer or any(each.leader_id == person.pk for each in sessions),
        for_me=is_for(person, one),
    )


def _initiative_url(one: Offering) -> str:
    """The page of its initiative; blank where that was removed."""
    if one.initiative is None or one.initiative.removed_at is not None:
        return ""
    return reverse("initiative", args=[one.initiative.slug])


def _sessions(one: Offering) -> list[Session]:
    has_place = Q(sign_ups__withdrawn_at=None, sign_ups__waiting=False)
    rows: list[Session] = list(
        one.sessions.select_related("leader")
        .annotate(taken=Count("sign_ups", filter=has_place))
        .order_by("begins_at", "pk")
    )
    for each in rows:
        each.offering = one
    return rows


def _shown(  # noqa: PLR0913, PLR0917 - one line of one page
    each: Session,
    offering: Offering,
    mine: dict[int, str],
    says: frozenset[int],
    now: dt.datetime,
    person: Person,
    language: Language,
) -> SessionShown:
    return SessionShown(
        line=session_line(each, offering, mine.get(each.pk, ""), language),
        over=each.ends_at <= now,
        cancelled=each.cancelled_why,
        is_cancelled=each.cancelled_at is not None,
        rolls=each.cancelled_at is None
        and each.begins_at <= now
        and keeps_roll(person, each),
        says=each.pk in says and waits_for(each, now),
    )


def _changed(one: Offering, language: Language) -> list[ChangedShown]:
    rows = WhatChanged.objects.filter(offering=one, removed_at=None)
    return [
        ChangedShown(row.pk, _either(row, language), day_words(row.at, language))
        for row in rows
    ]


def _either(row: WhatChanged, language: Language) -> Words:
    own = row.text_es if language == "es" else row.text_en
    if own:
        return Words(own)
    other = row.text_en if language == "es" else row.text_es
    return Words(other, "en" if language == "es" else "es")
