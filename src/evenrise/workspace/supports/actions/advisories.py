"""Advisories: make one, add and remove students, end it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.access import students_within
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.models import Advisory, AdvisoryPlace


def make_advisory(
    person: Person, *, name: str, school: School, owner: Person
) -> Advisory:
    """Make an empty advisory of one school."""
    with transaction.atomic():
        advisory = Advisory.objects.create(name=name, school=school, owner=owner)
        record(person, "supports.make_advisory", _about(advisory), name=name)
    return advisory


def add_to_advisory(
    person: Person, *, advisory: Advisory, codes: Collection[str]
) -> int:
    """Add students: within reach, of its school, without an advisory; how many.

    Others are passed over as if they were not there.
    """
    with transaction.atomic():
        _end_leftovers()
        placed = AdvisoryPlace.objects.filter(ended_on__isnull=True)
        seen = (
            students_within(reach_today(person))
            .filter(pk__in=codes, school=advisory.school_id, current=True)
            .exclude(pk__in=placed.values("student"))
        )
        new = sorted(seen.values_list("pk", flat=True))
        today = timezone.localdate()
        AdvisoryPlace.objects.bulk_create(
            [
                AdvisoryPlace(advisory=advisory, student_id=code, since=today)
                for code in new
            ],
            ignore_conflicts=True,  # somebody else was quicker
        )
        if new:
            record(
                person, "supports.add_to_advisory", _about(advisory), students=len(new)
            )
    return len(new)


def remove_from_advisory(person: Person, *, advisory: Advisory, code: str) -> int:
    """Remove a student whom the person may see; how many were removed (0 or 1)."""
    with transaction.atomic():
        seen = students_within(reach_today(person)).filter(pk=code)
        removed = AdvisoryPlace.objects.filter(
            advisory=advisory, ended_on__isnull=True, student__in=seen.values("pk")
        ).update(ended_on=timezone.localdate())
        if removed:
            record(person, "supports.remove_from_advisory", _about(advisory))
    return removed


def end_advisory(person: Person, *, advisory: Advisory) -> None:
    """End an advisory; its students are free for another."""
    with transaction.atomic():
        today = timezone.localdate()
        advisory.ended_on = today
        advisory.save(update_fields=["ended_on"])
        ended = advisory.places.filter(ended_on__isnull=True).update(ended_on=today)
        record(person, "supports.end_advisory", _about(advisory), students=ended)


def _end_leftovers() -> None:
    """End the places of students who left, or who now go to another school."""
    today = timezone.localdate()
    AdvisoryPlace.objects.filter(ended_on__isnull=True).filter(
        Q(student__current=False) | ~Q(student__school=F("advisory__school"))
    ).update(ended_on=today)


def _about(advisory: Advisory) -> About:
    return About("advisory", str(advisory.pk))
