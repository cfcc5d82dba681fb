"""Keys for programs: how one is made, kept and asked for.

A key is shown once. What is kept is its SHA-256: the secret has 256 bits of chance, so
a slow hash would add nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from enum import StrEnum

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from evenrise.vocabulary.text import Language, Text
from evenrise.workspace.people.models import ApiToken
from evenrise.workspace.people.roles import Right


PREFIX = "evenrise_"
LONGEST_DAYS = 366


class TokenScope(StrEnum):
    """What a key opens."""

    FACTS = "facts"  # indicators, schools and protected facts
    FINDINGS = "findings"
    STUDENTS = "students"  # those within the person's reach


SCOPE_NAMES: dict[TokenScope, Text] = {
    TokenScope.FACTS: Text(
        "indicators, schools and figures", "indicadores, escuelas y cifras"
    ),
    TokenScope.FINDINGS: Text("findings", "hallazgos"),
    TokenScope.STUDENTS: Text("students you may see", "estudiantes que puede ver"),
}
_RIGHTS: dict[TokenScope, Right] = {
    TokenScope.FACTS: Right.SEE_FINDINGS,
    TokenScope.FINDINGS: Right.SEE_FINDINGS,
    TokenScope.STUDENTS: Right.SEE_STUDENTS,
}


def scope_words(scopes: Iterable[str]) -> str:
    """What a key may read, in the reader's language."""
    language: Language = "es" if get_language() == "es" else "en"
    return ", ".join(SCOPE_NAMES[TokenScope(one)][language] for one in scopes)


def new_secret() -> str:
    """A new secret, to be shown once."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str, on: dt.date) -> ApiToken | None:
    """The key with this secret, if it opens anything on the day.

    A key of somebody who left, or who may not use the interface today, opens nothing.
    """
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    token = (
        ApiToken.objects.select_related("person")
        .filter(digest=digest_of(secret), revoked_at__isnull=True, ends_on__gte=on)
        .first()
    )
    if token is None or not token.person.is_active:
        return None
    if not token.person.may(Right.USE_API):
        return None
    if token.used_on != on:  # a write a day, not a write a call
        token.used_on = on
        token.save(update_fields=["used_on"])
    return token


def opens(token: ApiToken, scope: TokenScope) -> bool:
    """Whether the key, and its person today, reach so far.

    Students are seen only by persons with a second step, also through a program.
    """
    if scope not in token.scopes or not token.person.may(_RIGHTS[scope]):
        return False
    if scope is TokenScope.STUDENTS and not settings.DEMO:
        return bool(is_mfa_enabled(token.person))
    return True


def latest_end() -> dt.date:
    """The last day that a new key may hold."""
    return timezone.localdate() + dt.timedelta(days=LONGEST_DAYS)
