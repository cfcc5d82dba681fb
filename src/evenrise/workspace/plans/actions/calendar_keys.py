"""Verbs of the secret address of a person's calendar; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import CalendarKey


def make_calendar_key(person: Person) -> str:
    """A new secret; the one before opens nothing from now on.

    Returns:
        The secret, which is shown once and not kept.
    """
    if not person.may(Right.SEE_FINDINGS):
        raise NotYours
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarKey.objects.update_or_create(
            person=person,
            defaults={"digest": digest_of_secret(secret), "made_at": timezone.now()},
        )
        record(person, "plans.make_calendar_key")
    return secret


def drop_calendar_key(person: Person) -> None:
    """The address opens nothing any more."""
    with transaction.atomic():
        CalendarKey.objects.filter(person=person).delete()
        record(person, "plans.drop_calendar_key")


def digest_of_secret(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person_of_secret(secret: str) -> Person | None:
    """Whose calendar it is; nobody's who left, or sees no plans any more."""
    found = (
        CalendarKey.objects.filter(digest=digest_of_secret(secret))
        .select_related("person")
        .first()
    )
    if found is None or not found.person.is_active:
        return None
    return found.person if found.person.may(Right.SEE_FINDINGS) else None
