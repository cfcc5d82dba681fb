"""Partners and volunteers: the hours and people they gave, by school and year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.access import Places, places_with
from evenrise.workspace.learning.models import Partner, PartnerHours
from evenrise.workspace.learning.queries.when import hours_number, hours_words
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


MOST = 200  # entries on one page; the file holds all


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner and what they gave in the year."""

    key: int
    name: str
    kind: str
    hours: str
    people: str
    ended: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """What a school, or the district, was given."""

    name: str
    hours: str
    people: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry, with whether this person may take it back."""

    key: int
    day: str
    partner: str
    place: str
    people: str
    hours: str
    what: str
    mine: bool


@dataclass(frozen=True, slots=True)
class PartnersPage:
    """The whole page."""

    answer: str
    partners: tuple[PartnerLine, ...]
    places: tuple[PlaceLine, ...]
    entries: tuple[EntryLine, ...]
    years: tuple[tuple[int, str], ...]
    year: int
    organizes: bool
    adds: bool  # organizes, and somebody gives hours now


FILE_HEADS = (
    "on",
    "partner",
    "kind",
    "school",
    "people",
    "hours",
    "what",
    "school_year",
)


def partners_page(
    person: Person, spring: int | None, today: dt.date, language: Language
) -> PartnersPage:
    """Who gave what in a school year; three queries."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    organizer = places.district or bool(places.schools)
    rows = _entries()
    years = _years(rows, today)
    year = spring if spring in years else SchoolYear.of(today).spring
    ours = [row for row in rows if SchoolYear.of(row.on).spring == year]
    partners = list(Partner.objects.all())
    return PartnersPage(
        answer=_answer(ours, year, language),
        partners=tuple(_partner(one, ours, language) for one in partners),
        places=tuple(_places(ours, language)),
        entries=tuple(_entry(row, places, language) for row in ours[:MOST]),
        years=tuple((one, numbers.school_year(one)) for one in years),
        year=year,
        organizes=organizer,
        adds=organizer and any(one.ended_at is None for one in partners),
    )


def file_rows() -> list[tuple[object, ...]]:
    """Every entry that counts, as a file."""
    return [
        (
            row.on.isoformat(),
            row.partner.name,
            row.partner.kind,
            row.school_id or "",
            row.people,
            f"{row.hours}",
            row.what,
            numbers.school_year(SchoolYear.of(row.on).spring),
        )
        for row in _entries()
    ]


def partner_named(key: int) -> Partner | None:
    """A partner who gives hours now."""
    found: Partner | None = Partner.objects.filter(pk=key, ended_at=None).first()
    return found


def _entries() -> list[PartnerHours]:
    rows = PartnerHours.objects.filter(taken_back_at=None)
    return list(rows.select_related("partner", "school"))


def _years(rows: list[PartnerHours], today: dt.date) -> list[int]:
    springs = {SchoolYear.of(row.on).spring for row in rows}
    return sorted(springs | {SchoolYear.of(today).spring}, reverse=True)


def _partner(one: Partner, rows: list[PartnerHours], language: Language) -> PartnerLine:
    own = [row for row in rows if row.partner_id == one.pk]
    return PartnerLine(
        key=one.pk,
        name=one.name,
        kind=str(one.get_kind_display()),
        hours=hours_number(_hours(own), language),
        people=numbers.count(sum(row.people for row in own), language),
        ended=one.ended_at is not None,
    )


def _places(rows: list[PartnerHours], language: Language) -> list[PlaceLine]:
    names = sorted({_place(row) for row in rows}, key=str.casefold)
    told = []
    for name in names:
        own = [row for row in rows if _place(row) == name]
        people = numbers.count(sum(row.people for row in own), language)
        told.append(PlaceLine(name, hours_number(_hours(own), language), people))
    return told


def _entry(row: PartnerHours, places: Places, language: Language) -> EntryLine:
    return EntryLine(
        key=row.pk,
        day=numbers.day(row.on, language),
        partner=row.partner.name,
        place=_place(row),
        people=numbers.count(row.people, language),
        hours=hours_number(row.hours, language),
        what=row.what,
        mine=places.hold(row.school_id),
    )


def _place(row: PartnerHours) -> str:
    return row.school.name if row.school else _("The whole district")


def _hours(rows: list[PartnerHours]) -> Decimal:
    return sum((row.hours for row in rows), Decimal(0))


def _answer(rows: list[PartnerHours], year: int, language: Language) -> str:
    label = numbers.school_year(year)
    if not rows:
        return _("No hours of partners are noted for %(year)s yet.") % {"year": label}
    partners = len({row.partner_id for row in rows})
    return ngettext(
        "In %(year)s %(n)s partner gave %(hours)s.",
        "In %(year)s %(n)s partners gave %(hours)s.",
        partners,
    ) % {
        "year": label,
        "n": numbers.count(partners, language),
        "hours": hours_words(_hours(rows), language),
    }
