"""What a person learned, will learn, and may still say something of; for them alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.models import SignUp
from evenrise.workspace.learning.queries.catalogue import kind_words, offering_url
from evenrise.workspace.learning.queries.said_already import unsaid_of
from evenrise.workspace.learning.queries.when import (
    hours_number,
    hours_words,
    when_words,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.said import Words, words_of


@dataclass(frozen=True, slots=True)
class Learned:
    """A session that somebody attended."""

    day: str
    on: dt.date
    url: str
    title: Words
    kind: str
    led_by: str
    hours: str
    amount: Decimal
    credit: str


@dataclass(frozen=True, slots=True)
class LearnedYear:
    """A school year's sessions and their hours."""

    spring: int
    name: str
    hours: str
    lines: tuple[Learned, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A session that somebody signed up for."""

    key: int
    url: str
    title: Words
    when: str
    place: str
    waiting: bool
    cancelled: bool


@dataclass(frozen=True, slots=True)
class ToSay:
    """A session that waits for three taps."""

    url: str
    title: Words
    when: str


@dataclass(frozen=True, slots=True)
class MyLearning:
    """The whole page."""

    answer: str
    years: tuple[LearnedYear, ...]
    ahead: tuple[Ahead, ...]
    to_say: tuple[ToSay, ...]


FILE_HEADS = ("day", "title", "kind", "led_by", "hours", "credit", "school_year")


def my_learning(person: Person, now: dt.datetime, language: Language) -> MyLearning:
    """All that the page shows; three queries."""
    years = learned_years(person, language)
    this = SchoolYear.of(timezone.localtime(now).date())
    hours = next((one.hours for one in years if one.spring == this.spring), "")
    told = {"year": this.label, "hours": hours}
    return MyLearning(
        answer=_("%(hours)s of learning are noted for you in %(year)s.") % told
        if hours
        else _("No hours are noted for you yet in %(year)s.") % told,
        years=tuple(years),
        ahead=tuple(ahead_of(person, now, language)),
        to_say=tuple(
            ToSay(
                reverse("session_feedback", args=[one.pk]),
                words_of(one.offering, "title", language),
                when_words(one, language),
            )
            for one in unsaid_of(person, now)
        ),
    )


def learned_years(person: Person, language: Language) -> list[LearnedYear]:
    """What the person attended, by school year, the latest first."""
    rows = _own(person).filter(attended=True).order_by("-session__begins_at", "-pk")
    by_year: dict[int, list[Learned]] = {}
    for row in rows:
        one = _learned(row, language)
        by_year.setdefault(SchoolYear.of(one.on).spring, []).append(one)
    return [
        LearnedYear(
            spring,
            numbers.school_year(spring),
            hours_words(_sum(lines), language),
            tuple(lines),
        )
        for spring, lines in by_year.items()
    ]


def ahead_of(person: Person, now: dt.datetime, language: Language) -> list[Ahead]:
    """What the person signed up for and is not over."""
    rows = _own(person).filter(session__ends_at__gt=now).order_by("session__begins_at")
    return [
        Ahead(
            key=row.session_id,
            url=offering_url(row.session.offering),
            title=words_of(row.session.offering, "title", language),
            when=when_words(row.session, language),
            place=row.session.place,
            waiting=row.waiting,
            cancelled=row.session.cancelled_at is not None,
        )
        for row in rows
    ]


def file_rows(person: Person, language: Language) -> list[tuple[object, ...]]:
    """The credit record as a file."""
    return [
        (
            one.on.isoformat(),
            one.title.text,
            one.kind,
            one.led_by,
            f"{one.amount}",
            one.credit,
            year.name,
        )
        for year in learned_years(person, language)
        for one in year.lines
    ]


def _own(person: Person) -> QuerySet[SignUp]:
    return SignUp.objects.filter(person=person, withdrawn_at=None).select_related(
        "session__leader", "session__offering"
    )


def _learned(row: SignUp, language: Language) -> Learned:
    session = row.session
    on = timezone.localtime(session.begins_at).date()
    hours = row.hours or Decimal(0)
    return Learned(
        day=numbers.day(on, language),
        on=on,
        url=offering_url(session.offering),
        title=words_of(session.offering, "title", language),
        kind=kind_words(session.offering),
        led_by=session.led_by or (session.leader.name if session.leader else ""),
        hours=hours_number(hours, language),
        amount=hours,
        credit=session.offering.credit,
    )


def _sum(lines: Sequence[Learned]) -> Decimal:
    return sum((one.amount for one in lines), Decimal(0))
