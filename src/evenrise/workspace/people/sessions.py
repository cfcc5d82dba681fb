"""What a session holds of people: when it began, and whether powers are on."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest
from django.utils import timezone

from evenrise.workspace.people.models import Person, PowersTurn


BEGAN = "began"  # seconds since 1970
METHOD = "signed_in_by"
POWERS = "powers"  # the key of the turn


def fingerprint(request: HttpRequest) -> str:
    """A session's key, hashed: what is stored opens no session."""
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()


def powers_in(request: HttpRequest, person: Person) -> PowersTurn | None:
    """The turn of powers that is on in this session, or None; one query."""
    return PowersTurn.objects.filter(
        pk=int(request.session.get(POWERS) or 0),
        person=person,
        session=fingerprint(request),
        until__gt=timezone.now(),
    ).first()
