"""Which sessions wait for what a person says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from evenrise.workspace.learning.models import FeedbackGiven, Session, SignUp
from evenrise.workspace.learning.queries.feedback import OPEN_FOR
from evenrise.workspace.people.models import Person


def may_say_now(
    person: Person, sessions: Iterable[Session], now: dt.datetime
) -> frozenset[int]:
    """Which of these sessions the person may still say something of."""
    keys = [one.pk for one in sessions if one.begins_at <= now < one.ends_at + OPEN_FOR]
    if not keys:
        return frozenset()
    return frozenset(
        _unsaid(person, now).filter(session__in=keys).values_list("session", flat=True)
    )


def unsaid_of(person: Person, now: dt.datetime) -> list[Session]:
    """The sessions that wait for what the person says of them, the oldest first."""
    rows = _unsaid(person, now).select_related("session__offering")
    return [one.session for one in rows.order_by("session__ends_at")]


def _unsaid(person: Person, now: dt.datetime) -> QuerySet[SignUp]:
    given = FeedbackGiven.objects.filter(person=person)
    return (
        SignUp.objects.filter(
            person=person,
            withdrawn_at=None,
            waiting=False,
            session__cancelled_at=None,
            session__begins_at__lte=now,
            session__ends_at__gt=now - OPEN_FOR,
        )
        .exclude(attended=False)
        .exclude(session__in=given.values("session"))
    )
