"""Persons with accounts, as administrators see them; never a student."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from evenrise.publishing.numbers import day
from evenrise.workspace.people.models import Person, RoleGrant
from evenrise.workspace.people.notices import scope_words
from evenrise.workspace.people.queries.words import page_language, role_words


PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a row shows them."""

    url: str
    name: str
    email: str
    roles: str
    last: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role of one person: what, how far, when, why, and whether it can be ended."""

    key: int
    role: str
    scope: str
    begins: str
    ends: str
    by: str
    reason: str
    holds: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class PersonsPage:
    """One page of persons, in the order of names."""

    lines: tuple[PersonLine, ...]
    count: int
    page: int
    pages: int


def persons_page(search: str, page: int) -> PersonsPage:
    """Persons whose name or address holds a word; four queries."""
    found = Person.objects.order_by("name", "pk")
    for word in search.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    count = found.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    today = RoleGrant.objects.on(timezone.localdate()).select_related("school")
    rows = found.prefetch_related(Prefetch("grants", today.order_by("id")))
    return PersonsPage(
        tuple(_line(person) for person in rows[(page - 1) * PAGE : page * PAGE]),
        count,
        page,
        pages,
    )


def _line(person: Person) -> PersonLine:
    roles = [f"{role_words(g.role)} ({scope_words(g)})" for g in person.grants.all()]
    return PersonLine(
        reverse("person", args=(person.pk,)),
        person.name,
        person.email,
        "; ".join(roles) or "–",
        _moment(person.last_login),
        person.is_active,
    )


def _moment(at: dt.datetime | None) -> str:
    return "–" if at is None else day(timezone.localtime(at).date(), page_language())


def grants_of(person: Person) -> tuple[GrantLine, ...]:
    """All roles of a person, those that hold first, then the latest."""
    today, language = timezone.localdate(), page_language()
    rows = person.grants.select_related("school", "given_by").order_by(
        "-begins_on", "-id"
    )
    lines = [
        GrantLine(
            key=grant.pk,
            role=role_words(grant.role),
            scope=scope_words(grant),
            begins=day(grant.begins_on, language),
            ends="–" if grant.ends_on is None else day(grant.ends_on, language),
            by="" if grant.given_by is None else grant.given_by.name,
            reason=grant.reason,
            holds=grant.begins_on <= today
            and (grant.ends_on is None or grant.ends_on >= today),
            may_end=grant.origin == "hand"
            and (grant.ends_on is None or grant.ends_on >= today),
        )
        for grant in rows
    ]
    return tuple(sorted(lines, key=lambda line: not line.holds))
