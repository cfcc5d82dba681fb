"""How a program shows its key: `Authorization: Bearer evenrise_...`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from evenrise.workspace.people.models import ApiToken
from evenrise.workspace.people.tokens import TokenScope, find_token, opens


class Key(HttpBearer):
    """Opens one scope; without it the answer is 401, with too small a key 403."""

    def __init__(self, scope: TokenScope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The key, or None."""
        found = find_token(token, timezone.localdate())
        if found is None:
            return None
        if not opens(found, self.scope):
            raise HttpError(403, "This key does not open that.")
        request.user = found.person
        return found


def key(scope: TokenScope) -> Callable[[HttpRequest], Any]:
    """The check of one scope."""
    return Key(scope)
