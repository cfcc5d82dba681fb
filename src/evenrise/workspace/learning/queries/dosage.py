"""Whom an initiative is for, who had their hours, and where their practice stands.

Counted in sets; what leaves this file are counts of adults, never names.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean

import numpy as np
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenrise.findings.chain.model import Dosage, Placed
from evenrise.statistics.paired_change import Pairs
from evenrise.statistics.small_numbers.two_way import settle
from evenrise.workspace.learning.access import FEWEST
from evenrise.workspace.learning.models import (
    Initiative,
    PlacedBy,
    Placement,
    SignUp,
)
from evenrise.workspace.learning.terms import Term
from evenrise.workspace.people.models import Person, RoleGrant, StaffAssignment


def meant_for(one: Initiative, on: dt.date) -> QuerySet[Person]:
    """The people whom the learning is for: its roles, at its schools, on a day.

    A teacher's role names no school: their posts do. Nobody where no role is named.
    """
    grants = RoleGrant.objects.on(on).filter(role__in=one.roles)
    schools = [school.pk for school in one.schools.all()]
    if not schools:
        return Person.objects.filter(is_active=True, pk__in=grants.values("person"))
    posts = StaffAssignment.objects.filter(school__in=schools).values("staff")
    return Person.objects.filter(
        Q(pk__in=grants.filter(school__in=schools).values("person"))
        | Q(
            pk__in=grants.filter(school=None).values("person"),
            staff_id__in=posts,
        ),
        is_active=True,
    )


def dosage_of(one: Initiative, on: dt.date) -> Dosage:
    """How many adults the learning is for, came, and had the wanted hours."""
    meant = meant_for(one, on)
    came = SignUp.objects.filter(
        session__offering__initiative=one,
        session__cancelled_at__isnull=True,
        withdrawn_at__isnull=True,
        attended=True,
        person__in=meant,
    )
    hours = came.values("person").annotate(
        had=Sum(Coalesce(F("hours"), F("session__hours")))
    )
    enough = Q(had__gte=one.hours) if one.hours is not None else Q(pk__isnull=True)
    counts = hours.aggregate(
        some=Count("person", distinct=True),
        enough=Count("person", distinct=True, filter=enough),
    )
    return Dosage(
        meant=meant.count(),
        some=counts["some"],
        enough=counts["enough"],
        wanted=None if one.hours is None else float(one.hours),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """One placement: whose, of which component, when, at which level."""

    person: int
    component: int
    on: dt.date
    level: int
    by_observer: bool


def placed_of(one: Initiative, on: dt.date) -> Placed | None:
    """Practice on the initiative's map; None where it names no map.

    As it stood when the last term ended (`learning/terms.py`): a count that followed
    each placement would tell, by two looks, where a single colleague stands. Whoever
    was placed at its schools counts, in whatever role: an organizer who chose roles,
    schools and days freely could have any colleague be the difference of two readings.
    For the same reason schools of few are left out (`_within`), and an initiative's
    beginning is that of its term.
    """
    if one.map_id is None:
        return None
    begins = dt.datetime.combine(Term.of(on).begins, dt.time())
    stands = timezone.make_aware(begins)
    rows = Placement.objects.filter(
        Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=stands),
        component__map=one.map_id,
        component__removed_at__isnull=True,
        at__lt=stands,
        on__lte=on,
    ).order_by("on", "id")
    seen: list[Seen] = []
    where: dict[int, str] = {}
    for person, component, day, level, kind, school in rows.values_list(
        "person", "component", "on", "level", "kind", "school"
    ):
        observed = kind == PlacedBy.OBSERVER
        seen.append(Seen(person, component, day, level, observed))
        where[person] = school or ""
    began = Term.of(one.begins_on).begins
    again = {person: where[person] for person in _placed_again(seen, began)}
    schools = {str(school.pk) for school in one.schools.all()}
    counted = _within(where, schools)
    there = sum(1 for school in where.values() if not schools or school in schools)
    found = placed_by_level(
        (row for row in seen if row.person in counted),
        one.level,
        began,
        again=_within(again, schools),
    )
    return replace(found, left_out=len(counted) < there)


def _within(where: Mapping[int, str], schools: Collection[str]) -> set[int]:
    """The people at some schools (none: all), without schools that would tell of few.

    Which schools are counted depends on all of them and not on those that were chosen.
    """
    if not schools:
        return set(where)
    sizes = Counter(where.values())
    places = sorted(sizes)
    if not places:
        return set()
    told = settle(np.array([[sizes[place]] for place in places]), FEWEST).rows
    counted = {place for place, may in zip(places, told, strict=True) if may} & set(
        schools
    )
    return {person for person, school in where.items() if school in counted}


def placed_by_level(
    seen: Iterable[Seen],
    wanted: int,
    begins: dt.date,
    *,
    again: Collection[int] | None = None,
) -> Placed:
    """Where people stood as the initiative began, and where they stand now.

    Where somebody stood is their last level of a component before it began, or else
    the first one since. Only who was placed again since it began says whether practice
    changed: what had changed before is none of its doing.

    An observer's placements tell where an observer placed somebody on two days or
    more; otherwise the person's own. The two are never mixed: people judge themselves
    by another measure than others judge them.

    Args:
        seen: placements in order of their days.
        wanted: the level that counts as there; 1 is the ideal.
        begins: the initiative's first day.
        again: of whom the change is counted; None: everybody who was placed again.
    """
    by_person = _by_person(seen)
    there, both, gained, lost, neither = 0, 0, 0, 0, 0
    for person, rows in by_person.items():
        first, latest = _means(rows, begins)
        there += latest <= wanted
        if not _is_again(rows, begins) or (again is not None and person not in again):
            continue
        was, now = first <= wanted, latest <= wanted
        both += was and now
        gained += now and not was
        lost += was and not now
        neither += not was and not now
    return Placed(len(by_person), there, Pairs(both, gained, lost, neither))


def _placed_again(seen: Iterable[Seen], begins: dt.date) -> list[int]:
    """Whoever was placed on two days, the last of them since it began."""
    return [
        person for person, rows in _by_person(seen).items() if _is_again(rows, begins)
    ]


def _by_person(seen: Iterable[Seen]) -> dict[int, list[Seen]]:
    """Each person's placements in the view that counts for them."""
    found: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        found[one.person].append(one)
    return {person: _one_view(rows) for person, rows in found.items()}


def _is_again(rows: list[Seen], begins: dt.date) -> bool:
    return rows[0].on != rows[-1].on and rows[-1].on >= begins


def _one_view(rows: list[Seen]) -> list[Seen]:
    """The observer's, where there are two days of them; else the person's own."""
    observed = [one for one in rows if one.by_observer]
    if any(a.on != b.on for a, b in pairwise(observed)):
        return observed
    return [one for one in rows if not one.by_observer] or observed


def _means(rows: list[Seen], begins: dt.date) -> tuple[float, float]:
    """The mean over components of the levels as it began, and of the latest."""
    first: dict[int, int] = {}
    latest: dict[int, int] = {}
    for one in rows:
        if one.on < begins:
            first[one.component] = one.level
        first.setdefault(one.component, one.level)
        latest[one.component] = one.level
    return fmean(first.values()), fmean(latest.values())
