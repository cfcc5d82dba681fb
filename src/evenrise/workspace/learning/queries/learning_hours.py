"""Hours of learning by school, role and offering; of ten people and more, never a name.

Rows stand in the order of their names, not of their hours. An organizer of one school
reads that school's people alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing import numbers
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.access import Places, places_with
from evenrise.workspace.learning.models import Offering, SignUp
from evenrise.workspace.learning.queries.few import shown_rows
from evenrise.workspace.learning.queries.when import (
    hours_number,
    hours_words,
    in_year,
)
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import ROLES, Right, Role


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A row: people who learned, their hours together, and hours a person."""

    name: str
    people: str
    hours: str
    each: str
    shown: bool


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Hours by one thing."""

    key: str
    title: str
    heading: str
    rows: tuple[HoursRow, ...]


@dataclass(frozen=True, slots=True)
class HoursPage:
    """The whole page."""

    answer: str
    tables: tuple[HoursTable, ...]
    years: tuple[tuple[int, str], ...]
    year: int


FILE_HEADS = ("by", "name", "school_year", "people", "hours", "status")

_Counted = tuple[str, int, Decimal]


def hours_page(
    person: Person, spring: int | None, today: dt.date, language: Language
) -> HoursPage:
    """Hours of a school year; None: this one. Six queries."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    years = _years(places, today)
    year = spring if spring in years else SchoolYear.of(today).spring
    tables, whole = _counted(places, year, language)
    return HoursPage(
        answer=_answer(whole, year, language),
        tables=tuple(
            HoursTable(key, title, heading, tuple(_rows(rows, language)))
            for key, title, heading, rows in tables
            if rows
        ),
        years=tuple((one, numbers.school_year(one)) for one in years),
        year=year,
    )


def file_rows(
    person: Person, spring: int | None, today: dt.date, language: Language
) -> list[tuple[object, ...]]:
    """The same rows as a file; a hidden one has no number in it."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    years = _years(places, today)
    year = spring if spring in years else SchoolYear.of(today).spring
    tables, _whole = _counted(places, year, language)
    label = numbers.school_year(year)
    return [
        (key, name, label, people, f"{hours}", "reported")
        if shown
        else (key, name, label, "", "", "suppressed")
        for key, _title, _heading, rows in tables
        for (name, people, hours), shown in zip(rows, _shown(rows), strict=True)
    ]


def attended(places: Places) -> QuerySet[SignUp]:
    """Who came to what, of the places that somebody organizes."""
    rows = SignUp.objects.filter(attended=True, withdrawn_at=None)
    return rows if places.district else rows.filter(school__in=sorted(places.schools))


_Tables = list[tuple[str, str, str, list[_Counted]]]


def _counted(
    places: Places, year: int, language: Language
) -> tuple[_Tables, tuple[int, Decimal] | None]:
    """The tables with their true counts, and the whole where it may be told."""
    rows = attended(places).filter(in_year(year, "session__begins_at"))
    schools = dict(School.objects.values_list("pk", "name"))
    offerings = {
        one.pk: one.said("title", language)[0] for one in Offering.objects.all()
    }

    def school(key: str | None) -> str:
        return schools.get(key or "", "") or _("The district's office")

    def role(key: str) -> str:
        known = key in set(Role)
        return ROLES[Role(key)].name[language] if known else _("Other roles")

    tables: _Tables = [
        ("school", _("By school"), _("School"), _by(rows, "school", school)),
        ("role", _("By role"), _("Role"), _by(rows, "role", role)),
        (
            "offering",
            _("By what was offered"),
            _("What was offered"),
            _by(rows, "session__offering", lambda key: offerings.get(key, "")),
        ),
    ]
    told = all(
        shown_rows([people for _name, people, _hours in each]).total
        for _key, _title, _heading, each in tables
    )
    found = rows.aggregate(people=Count("person", distinct=True), hours=Sum("hours"))
    people = int(found["people"] or 0)
    if not people or (told and people):
        return tables, (people, found["hours"] or Decimal(0))
    return tables, None


def _by(rows: QuerySet[SignUp], path: str, name: Callable[..., str]) -> list[_Counted]:
    found = (
        rows.order_by()
        .values_list(path)
        .annotate(Count("person", distinct=True), Sum("hours"))
    )
    told = [(name(key), people, hours or Decimal(0)) for key, people, hours in found]
    return sorted(told, key=lambda row: row[0].casefold())


def _shown(rows: Iterable[_Counted]) -> tuple[bool, ...]:
    return shown_rows([people for _name, people, _hours in rows]).rows


def _rows(rows: list[_Counted], language: Language) -> Iterable[HoursRow]:
    for (name, people, hours), shown in zip(rows, _shown(rows), strict=True):
        if not shown:
            yield HoursRow(name, "", "", "", shown=False)
            continue
        yield HoursRow(
            name,
            numbers.count(people, language),
            hours_number(hours, language),
            numbers.number(float(hours) / people, 1, language),
            shown=True,
        )


def _years(places: Places, today: dt.date) -> list[int]:
    """School years of which anything is noted, and this one; the latest first."""
    ends = attended(places).aggregate(
        first=Min("session__begins_at"), last=Max("session__begins_at")
    )
    now = SchoolYear.of(today).spring
    if ends["first"] is None:
        return [now]
    first, last = (
        SchoolYear.of(timezone.localtime(ends[name]).date()).spring
        for name in ("first", "last")
    )
    return list(range(max(now, last), min(now, first) - 1, -1))


def _answer(whole: tuple[int, Decimal] | None, year: int, language: Language) -> str:
    told = {"year": numbers.school_year(year)}
    if whole is None:
        return (
            _("In %(year)s too few people learned here for their hours to be shown.")
            % told
        )
    people, hours = whole
    if not people:
        return _("No hours are noted for %(year)s yet.") % told
    return _("In %(year)s %(people)s people learned %(hours)s in all.") % (
        told
        | {
            "people": numbers.count(people, language),
            "hours": hours_words(hours, language),
        }
    )
