"""Verbs of the secret address of a person's calendar; only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.models import CalendarKey


@dataclass(frozen=True, slots=True)
class SecretAddress:
    """One kind of calendar: where its hashes are kept, and who may have one.

    `kept` holds rows with `person`, `digest` and `made_at`; `room` names the deeds.
    """

    kept: models.Manager[Any]
    right: Right
    room: str

    def make(self, person: Person) -> str:
        """A new secret; the one before opens nothing from now on.

        Returns:
            The secret, which is shown once and not kept.

        Raises:
            NotYours: without the right.
        """
        if not person.may(self.right):
            raise NotYours
        secret = secrets.token_urlsafe(32)
        with transaction.atomic():
            self.kept.update_or_create(
                person=person,
                defaults={"digest": _digest_of(secret), "made_at": timezone.now()},
            )
            record(person, f"{self.room}.make_calendar_key")
        return secret

    def drop(self, person: Person) -> None:
        """The address opens nothing any more."""
        with transaction.atomic():
            self.kept.filter(person=person).delete()
            record(person, f"{self.room}.drop_calendar_key")

    def person_of(self, secret: str) -> Person | None:
        """Whose calendar it is; nobody's who left, or has the right no more."""
        keys = self.kept.filter(digest=_digest_of(secret))
        whose = keys.values("person")
        found = Person.objects.filter(pk__in=whose, is_active=True).first()
        return found if found is not None and found.may(self.right) else None


def _digest_of(secret: str) -> str:
    """What is kept of a secret: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


STEPS = SecretAddress(CalendarKey.objects, Right.SEE_FINDINGS, "plans")
