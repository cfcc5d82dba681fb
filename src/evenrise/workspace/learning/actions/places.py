"""Places of a session, and the list of those who wait for one."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from evenrise.workspace.learning.actions.letters import Letter, tell
from evenrise.workspace.learning.models import Session, SignUp


def taken(session: Session) -> int:
    """How many people have a place."""
    return SignUp.objects.filter(
        session=session, withdrawn_at=None, waiting=False
    ).count()


def has_place(session: Session) -> bool:
    """Whether somebody more may come."""
    return session.places is None or taken(session) < session.places


def move_up(session: Session) -> list[int]:
    """Whoever waited longest gets what is free, and is told by mail.

    Called inside a transaction that holds the session.

    Returns:
        The keys of the people who moved up.
    """
    waiting = SignUp.objects.filter(session=session, withdrawn_at=None, waiting=True)
    free = None if session.places is None else session.places - taken(session)
    moved = list(waiting.order_by("at", "id")[: None if free is None else max(0, free)])
    if not moved:
        return []
    SignUp.objects.filter(pk__in=[one.pk for one in moved]).update(waiting=False)
    people = [one.person_id for one in moved]
    transaction.on_commit(partial(tell, Letter.PLACED, session.pk, people), robust=True)
    return people
