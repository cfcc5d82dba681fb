"""Whom an initiative is for, who had their hours, and where their practice stands.

Counted in sets; what leaves this file are counts of adults, never names.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from evenrise.findings.chain.model import Dosage, Placed
from evenrise.statistics.paired_change import Pairs
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
    each placement would tell, by two looks, where a single colleague stands.
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
        person__in=meant_for(one, on),
    ).order_by("on", "id")
    seen = (
        Seen(person, component, day, level, kind == PlacedBy.OBSERVER)
        for person, component, day, level, kind in rows.values_list(
            "person", "component", "on", "level", "kind"
        )
    )
    return placed_by_level(seen, one.level, one.begins_on)


def placed_by_level(seen: Iterable[Seen], wanted: int, begins: dt.date) -> Placed:
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
    """
    by_person: dict[int, list[Seen]] = defaultdict(list)
    for one in seen:
        by_person[one.person].append(one)
    there, both, gained, lost, neither = 0, 0, 0, 0, 0
    for all_of in by_person.values():
        rows = _one_view(all_of)
        first, latest = _means(rows, begins)
        there += latest <= wanted
        if rows[0].on == rows[-1].on or rows[-1].on < begins:
            continue
        was, now = first <= wanted, latest <= wanted
        both += was and now
        gained += now and not was
        lost += was and not now
        neither += not was and not now
    return Placed(len(by_person), there, Pairs(both, gained, lost, neither))


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
