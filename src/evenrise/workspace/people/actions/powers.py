"""An administrator's powers: on for a while, with a reason, in one session."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person, PowersTurn


def switch_powers_on(
    person: Person, *, session: str, reason: str, minutes: int
) -> PowersTurn:
    """Switch powers on.

    Args:
        person: who switches them on; has shown again who they are.
        session: the fingerprint of the session in which they count.
        reason: what they are for.
        minutes: when they end by themselves.
    """
    now = timezone.now()
    with transaction.atomic():
        turn = PowersTurn.objects.create(
            person=person,
            session=session,
            reason=reason,
            since=now,
            until=now + dt.timedelta(minutes=minutes),
        )
        record(
            person,
            "people.switch_powers_on",
            About("powers", str(turn.pk)),
            reason=reason,
            minutes=minutes,
        )
    return turn


def switch_powers_off(person: Person, *, turn: PowersTurn) -> None:
    """Switch powers off before they end by themselves."""
    with transaction.atomic():
        PowersTurn.objects.filter(pk=turn.pk, person=person).update(
            until=timezone.now()
        )
        record(person, "people.switch_powers_off", About("powers", str(turn.pk)))
    person.powers = None
