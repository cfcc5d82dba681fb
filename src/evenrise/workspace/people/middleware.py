"""Who sees students signs in with a second step; without it, only its setup is open."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from evenrise.workspace.people.models import Person


_KEPT = "second_step"  # in the session: this person has set it up


class SecondStep:
    """Leads a person who sees students to the setup of the second step.

    The public site, the account's own pages and the language stay open. An invented
    district (the demo) asks for no second step: its people are invented too.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to the setup."""
        if self._is_due(request):
            return redirect("mfa_activate_totp")
        return self.answer(request)

    @staticmethod
    def _is_due(request: HttpRequest) -> bool:
        if settings.DEMO or request.path.startswith(("/account/", "/static/")):
            return False
        if request.path in {"/language", "/health"} or "sessionid" not in (
            request.COOKIES
        ):
            return False
        person = request.user
        if not isinstance(person, Person) or request.session.get(_KEPT):
            return False
        if not person.sees_students:
            return False
        if is_mfa_enabled(person):
            request.session[_KEPT] = True
            return False
        return True
