"""Verbs of the secret address of one's learning; only its hash is kept."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.models import LearningCalendarKey
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.calendar_keys import digest_of_secret


def make_learning_key(person: Person) -> str:
    """A new secret; the one before opens nothing from now on.

    Returns:
        The secret, which is shown once and not kept.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        LearningCalendarKey.objects.update_or_create(
            person=person,
            defaults={"digest": digest_of_secret(secret), "made_at": timezone.now()},
        )
        record(person, "learning.make_calendar_key")
    return secret


def drop_learning_key(person: Person) -> None:
    """The address opens nothing any more."""
    with transaction.atomic():
        LearningCalendarKey.objects.filter(person=person).delete()
        record(person, "learning.drop_calendar_key")


def learner_of_secret(secret: str) -> Person | None:
    """Whose calendar it is; nobody's who left, or is no staff any more."""
    found = (
        LearningCalendarKey.objects.filter(digest=digest_of_secret(secret))
        .select_related("person")
        .first()
    )
    if found is None or not found.person.is_active:
        return None
    return found.person if found.person.may(Right.INQUIRE) else None
