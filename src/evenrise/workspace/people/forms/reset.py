"""Asking for a new password: the answer takes as long whoever's address it is."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest


# Looking an address up and writing the letter takes a tenth of it; sending the letter
# goes on beside the answer (`adapters.py`), since a mail server may take seconds.
ENOUGH = 0.25  # seconds


class EvenReset(ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """The form of allauth, which answers strangers sooner than people."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send a letter to an address that is known; take the same time for others."""
        until = time.monotonic() + ENOUGH
        try:
            return str(super().save(request, **kwargs))
        finally:
            time.sleep(max(0.0, until - time.monotonic()))
