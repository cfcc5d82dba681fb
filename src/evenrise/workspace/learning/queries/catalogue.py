"""The catalogue: what there is to learn, by month, for whoever reads it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import listed
from evenrise.workspace.learning.models import Offering, Session, SignUp
from evenrise.workspace.learning.queries.for_whom import has_role, school_condition
from evenrise.workspace.learning.queries.when import (
    hours_words,
    month_of,
    month_words,
    when_words,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import ROLES, Role
from evenrise.workspace.plans.said import Words, words_of


MOST = 100  # sessions on one page; a month or a word finds the others
LENGTHS: dict[str, tuple[int, int]] = {
    "short": (0, 2),
    "half": (2, 6),
    "long": (6, 999),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader looks for; blank: everything. `all`: also what is for others."""

    words: str = ""
    month: str = ""
    standard: int | None = None
    length: str = ""
    all: bool = False


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session in the catalogue."""

    key: int
    url: str
    title: Words
    kind: str
    when: str
    hours: str
    place: str
    led_by: str
    places: str
    mine: str  # "" | "signed" | "waiting"


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions of a month."""

    name: str
    lines: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """The whole page."""

    answer: str
    months: tuple[Month, ...]
    undated: tuple[tuple[str, Words, str], ...]  # url, title, kind
    choices: tuple[tuple[str, str], ...]  # months to choose
    more: int  # sessions that are not shown


def catalogue_page(
    person: Person, wanted: Wanted, now: dt.datetime, language: Language
) -> CataloguePage:
    """What there is to learn from a moment on; five queries."""
    offerings = {one.pk: one for one in _offerings(person, wanted)}
    every = list(
        coming(now)
        .filter(offering__in=list(offerings))
        .filter(_lengths(wanted.length))
        .select_related("leader")
        .order_by("begins_at", "pk")
    )
    months = sorted({month_of(one.begins_at) for one in every})
    dated = {one.offering_id for one in every}
    chosen = [
        one
        for one in every
        if not wanted.month or month_of(one.begins_at) == wanted.month
    ]
    shown = chosen[:MOST]
    mine = places_of(person, shown)
    lines = [
        (
            month_of(one.begins_at),
            session_line(
                one, offerings[one.offering_id], mine.get(one.pk, ""), language
            ),
        )
        for one in shown
    ]
    undated = [
        (offering_url(one), words_of(one, "title", language), kind_words(one))
        for one in offerings.values()
        if one.pk not in dated and not (wanted.month or wanted.length)
    ]
    return CataloguePage(
        answer=_answer(len(chosen), list(mine.values()), language),
        months=tuple(
            Month(
                month_words(month, language),
                tuple(line for when, line in lines if when == month),
            )
            for month in dict.fromkeys(when for when, _line in lines)
        ),
        undated=tuple(sorted(undated, key=lambda one: one[1].text.casefold())),
        choices=tuple((month, month_words(month, language)) for month in months),
        more=len(chosen) - len(shown),
    )


def coming(now: dt.datetime) -> QuerySet[Session]:
    """Sessions that are not over, each with how many places are `taken`."""
    has_place = Q(sign_ups__withdrawn_at=None, sign_ups__waiting=False)
    return Session.objects.filter(cancelled_at=None, ends_at__gt=now).annotate(
        taken=Count("sign_ups", filter=has_place)
    )


def places_of(person: Person, sessions: Sequence[Session]) -> dict[int, str]:
    """The person's own place in each of these sessions: `signed` or `waiting`."""
    rows = SignUp.objects.filter(
        person=person, withdrawn_at=None, session__in=[one.pk for one in sessions]
    )
    return {
        session: "waiting" if waiting else "signed"
        for session, waiting in rows.values_list("session", "waiting")
    }


def session_line(
    one: Session, offering: Offering, mine: str, language: Language
) -> SessionLine:
    """A session as a line; it carries `taken`."""
    return SessionLine(
        key=one.pk,
        url=offering_url(offering),
        title=words_of(offering, "title", language),
        kind=kind_words(offering),
        when=when_words(one, language),
        hours=hours_words(one.hours, language),
        place=one.place,
        led_by=one.led_by or (one.leader.name if one.leader else ""),
        places=places_words(one, language),
        mine=mine,
    )


def places_words(one: Session, language: Language) -> str:
    """How many places are left; blank where everybody may come."""
    if one.places is None:
        return ""
    left = max(0, one.places - int(getattr(one, "taken", 0)))
    if not left:
        return _("full: sign up to wait for a place")
    words = ngettext("%(n)s place left", "%(n)s places left", left)
    return words % {"n": numbers.count(left, language)}


def kind_words(one: Offering) -> str:
    """What sort of learning it is."""
    return str(one.get_kind_display())


def role_words(roles: Iterable[str], language: Language) -> str:
    """Roles by name; for all staff where none is named."""
    names = [ROLES[Role(role)].name[language] for role in roles if role in set(Role)]
    return listed(names) if names else _("all staff")


def offering_url(one: Offering) -> str:
    """An offering's page."""
    return reverse("offering", args=[one.slug])


def _offerings(person: Person, wanted: Wanted) -> list[Offering]:
    rows = Offering.objects.filter(withdrawn_at=None)
    if not wanted.all:
        rows = rows.filter(school_condition(person))
    for word in wanted.words.split()[:6]:
        rows = rows.filter(
            Q(title_en__icontains=word)
            | Q(title_es__icontains=word)
            | Q(text_en__icontains=word)
            | Q(text_es__icontains=word)
        )
    if wanted.standard is not None:
        rows = rows.filter(standards=wanted.standard)
    return [one for one in rows if wanted.all or has_role(person, one)]


def _lengths(length: str) -> Q:
    if length not in LENGTHS:
        return Q()
    low, high = LENGTHS[length]
    return Q(hours__gt=low, hours__lte=high)


def _answer(sessions: int, mine: Sequence[str], language: Language) -> str:
    if not sessions:
        return _("No session is planned that fits what you chose.")
    told = ngettext(
        "%(n)s session is still to come.",
        "%(n)s sessions are still to come.",
        sessions,
    ) % {"n": numbers.count(sessions, language)}
    signed = sum(1 for one in mine if one == "signed")
    if not signed:
        return told
    yours = _("You are signed up for %(n)s of them.")
    return f"{told} {yours % {'n': numbers.count(signed, language)}}"
