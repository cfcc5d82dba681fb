"""The supports that a person reaches: those of the students within reach, no others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import QuerySet

from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.models import Support


def supports_within(reach: Reach) -> QuerySet[Support]:
    """The supports of the students within a reach, also those that ended."""
    if reach.district:
        return Support.objects.all()
    return Support.objects.filter(student__in=students_within(reach).values("pk"))


def supports_of(person: Person, reach: Reach | None = None) -> QuerySet[Support]:
    """The supports that the person may plan, log and review; none without the right."""
    if not may_support(person):
        return Support.objects.none()
    return supports_within(reach_today(person) if reach is None else reach)


def sessions_between(a_week: Decimal | float, first: dt.date, last: dt.date) -> int:
    """How many sessions a dosage makes between two days; at least one."""
    weeks = max((last - first).days, 0) / 7
    return max(1, round(float(a_week) * weeks))


def planned_by(support: Support, day: dt.date) -> int:
    """How many of the planned sessions should have been given by a day.

    They are spread evenly from the first day to the planned end; breaks of the school
    year are not known here.
    """
    last = support.ended_on or day
    span = (support.planned_end_on - support.begins_on).days + 1
    gone = (min(last, day) - support.begins_on).days + 1
    share = min(max(gone / span, 0.0), 1.0)
    return round(support.sessions_planned * share)
