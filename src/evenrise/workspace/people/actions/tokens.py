"""Keys for programs: made by their person, ended by their person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import ApiToken, Person
from evenrise.workspace.people.tokens import digest_of, latest_end, new_secret


@transaction.atomic
def make_token(
    person: Person, *, name: str, scopes: Sequence[str], ends_on: dt.date
) -> tuple[ApiToken, str]:
    """Make a key; the secret is returned here and nowhere else.

    Args:
        person: whose key it is.
        name: what it is for.
        scopes: of `TokenScope`.
        ends_on: its last day, cut to the longest that is allowed.
    """
    secret = new_secret()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        ends_on=min(ends_on, latest_end()),
    )
    record(
        person, "people.make_token", About("token", str(token.pk)), scopes=token.scopes
    )
    return token, secret


@transaction.atomic
def revoke_token(person: Person, *, token: ApiToken) -> None:
    """End a key at once."""
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    record(person, "people.revoke_token", About("token", str(token.pk)))
