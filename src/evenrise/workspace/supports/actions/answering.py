"""Which flags were answered, and when: kept on the flag itself, for whole sets.

A support answers a flag when it names the flag, or when it is for the same thing
(attendance, behavior, courses) and has not ended before the flag opened. A flag is
answered in deed by the first session *delivered* on or after the day it opened, and no
later than it closed unless the support names it: a note, a plan or a session that was
not given answers nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from evenrise.workspace.foundation.batches import in_batches
from evenrise.workspace.supports.models import Flag, Session, Support


_NEVER = dt.date(9999, 12, 31)


def keep_first_days(students: Iterable[str]) -> int:
    """Set `first_support_on` and `first_session_on` of these students' flags.

    Called by every verb that begins, ends or takes back a support or a session; a
    session taken back corrects the day. Some statements for all of them.

    Args:
        students: keys of students.

    Returns:
        How many flags were looked at.
    """
    keys = sorted(set(students))
    return sum(
        _keep(Flag.objects.filter(student__in=some)) for some in in_batches(keys)
    )


def keep_all_first_days() -> int:
    """The same for every flag; one statement."""
    return _keep(Flag.objects.all())


def keep_after_run(as_of: dt.date) -> int:
    """The same for the flags that a run opened, renewed or closed; one statement.

    Only those of students who have or had a support: nothing answers the others.

    Args:
        as_of: the day of the run.
    """
    supported = Support.objects.order_by().values("student")
    return _keep(
        Flag.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=as_of), student__in=supported
        )
    )


def _keep(flags: QuerySet[Flag]) -> int:
    return int(
        flags.order_by().update(
            first_support_on=Subquery(_support_days()),
            first_session_on=Subquery(_session_days()),
        )
    )


def _support_days() -> Any:
    """The first day of a support that answers the flag; never before it opened."""
    opened = OuterRef("opened_on")
    return (
        Support.objects.filter(
            # Of the same student in any case: so the index of students is met.
            Q(because_of=OuterRef("pk")) | Q(kind__area=OuterRef("domain")),
            student=OuterRef("student"),
        )
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=opened))
        .filter(_before_it_closed("begins_on", "because_of"))
        .annotate(
            day=Case(
                When(begins_on__gt=opened, then=F("begins_on")),
                default=opened,
                output_field=DateField(),
            )
        )
        .order_by("day")
        .values("day")[:1]
    )


def _session_days() -> Any:
    return (
        Session.objects.filter(
            Q(support__because_of=OuterRef("pk"))
            | Q(support__kind__area=OuterRef("domain")),
            support__student=OuterRef("student"),
        )
        .filter(
            _before_it_closed("held_on", "support__because_of"),
            delivered=True,
            undone_at__isnull=True,
            held_on__gte=OuterRef("opened_on"),
        )
        .order_by("held_on")
        .values("held_on")[:1]
    )


def _before_it_closed(day: str, named: str) -> Q:
    """Not after the flag closed, unless the support names the flag."""
    closed = Coalesce(OuterRef("closed_on"), Value(_NEVER, output_field=DateField()))
    return Q(**{named: OuterRef("pk")}) | Q(**{f"{day}__lte": closed})
