"""Verbs on placements: place one's own practice, a colleague's, take one back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import own_schools
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.access import coached_now, placements_read_by
from evenrise.workspace.learning.models import (
    Coaching,
    ICMap,
    MapState,
    PlacedBy,
    Placement,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True)
class Placed:
    """A level of a component, with what was seen."""

    component: int
    level: int
    evidence: str = ""


def place_myself(
    person: Person,
    *,
    slug: str,
    placed: Sequence[Placed],
    on: dt.date,
    school_id: str | None,
) -> int:
    """Place one's own practice on a map in use; how many components were placed.

    Args:
        person: whose practice it is.
        slug: the map's.
        placed: components with their levels.
        on: the day that is meant.
        school_id: where they work; one of their schools, or None.

    Raises:
        NotYours: when the map is not in use, or the school is not theirs.
        InputProblem: when nothing was placed, or the day is yet to come.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    if school_id is not None and school_id not in own_schools(person):
        raise NotYours
    template = Placement(
        person=person, school_id=school_id, kind=PlacedBy.SELF, by=person, on=on
    )
    with transaction.atomic():
        one = _used(slug)
        made = _keep(one, template, placed)
        record(person, "learning.place_myself", About("ic_map", one.slug))
    return made


def place_colleague(
    person: Person, *, coaching: int, slug: str, placed: Sequence[Placed], on: dt.date
) -> int:
    """A coach places what they saw, while the colleague's agreed coaching lasts.

    The colleague reads it; nobody else does. The record names neither of them but the
    writer, and not the coaching.

    Raises:
        NotYours: when there is no such coaching now, or the map is not in use.
        InputProblem: when nothing was placed, or the day is yet to come.
    """
    found = coaching_now(person, coaching)
    if found is None:
        raise NotYours
    schools = sorted(own_schools(found.colleague))
    template = Placement(
        person=found.colleague,
        school_id=schools[0] if len(schools) == 1 else None,
        kind=PlacedBy.OBSERVER,
        by=person,
        on=on,
    )
    with transaction.atomic():
        one = _used(slug)
        made = _keep(one, template, placed)
        record(person, "learning.place_colleague", About("ic_map", one.slug))
    return made


def coaching_now(person: Person, coaching: int) -> Coaching | None:
    """A coaching in which the person is the coach today, and both agreed."""
    return (
        coached_now(person, timezone.localdate())
        .select_related("colleague", "component")
        .filter(pk=coaching)
        .first()
    )


def take_back(person: Person, *, placement: int, again: bool = False) -> Placement:
    """Take a placement back, or (`again`) undo that.

    The one whose practice it is takes back any of theirs; a coach, what they wrote,
    while the coaching lasts. Only who took it back brings it back. A term that has
    ended keeps its count.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    with transaction.atomic():
        read = placements_read_by(person, timezone.localdate())
        if again:
            read = Placement.objects.filter(
                taken_back_by=person, taken_back_at__isnull=False
            )
        found = (
            read.select_for_update(of=("self",))
            .select_related("component__map")
            .filter(pk=placement)
            .first()
        )
        if found is None:
            raise NotYours
        found.taken_back_at = None if again else timezone.now()
        found.taken_back_by = None if again else person
        found.save(update_fields=["taken_back_at", "taken_back_by"])
        verb = "learning.placement_again" if again else "learning.placement_back"
        record(person, verb, About("ic_map", found.component.map.slug))
    return found


def _used(slug: str) -> ICMap:
    found = ICMap.objects.filter(
        slug=slug, state=MapState.USED, removed_at__isnull=True
    ).first()
    if found is None:
        raise NotYours
    return found


def _keep(one: ICMap, template: Placement, placed: Sequence[Placed]) -> int:
    if not placed:
        raise InputProblem(_("Choose a level for at least one component."))
    if template.on > timezone.localdate():
        raise InputProblem(_("Choose a day that has come."))
    there = set(one.components.filter(removed_at=None).values_list("pk", flat=True))
    if any(p.component not in there or not 1 <= p.level <= one.levels for p in placed):
        raise NotYours
    now = timezone.now()
    Placement.objects.bulk_create(
        Placement(
            component_id=each.component,
            level=each.level,
            evidence=each.evidence.strip(),
            person=template.person,
            school_id=template.school_id,
            kind=template.kind,
            by=template.by,
            on=template.on,
            at=now,
        )
        for each in placed
    )
    return len(placed)
