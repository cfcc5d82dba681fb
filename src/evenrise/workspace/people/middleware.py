"""What holds for every click of somebody who signed in.

A session ends for good after twelve hours. Who sees students has a second step, or is
led to its setup. An administrator's powers count while they are on, in the session
that switched them on.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.people.models import Person
from evenrise.workspace.people.sessions import BEGAN, POWERS, powers_in


SESSION_HOURS = 12  # however busy, a session ends then
_OPEN = ("/account/", "/static/")  # also without the second step


class SignedIn:
    """Looks at the session of each click before a page does.

    Where nobody signed in, nothing is read: the public site has no session.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, lead to sign-in, or lead to the setup of the second step."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.answer(request)
        person = request.user
        if not isinstance(person, Person):
            return self.answer(request)
        if _is_over(request):
            logout(request)
            messages.info(request, _("Your session was long. Please sign in again."))
            back = request.get_full_path() if request.method == "GET" else "/"
            return redirect_to_login(back, settings.LOGIN_URL)
        if POWERS in request.session:
            person.powers = powers_in(request, person)
        if _second_step_is_due(request, person):
            return redirect("mfa_activate_totp")
        return self.answer(request)


def _is_over(request: HttpRequest) -> bool:
    """Whether the session began too long ago; one that does not say so is over."""
    began = int(request.session.get(BEGAN, 0))
    return timezone.now().timestamp() - began > SESSION_HOURS * 3600


def _second_step_is_due(request: HttpRequest, person: Person) -> bool:
    """Whether the person sees students, or administers, and has no second step.

    The account's own pages and the language stay open. An invented district (the
    demo) asks for none: its people are invented too.
    """
    if settings.DEMO or request.path.startswith(_OPEN):
        return False
    if request.path in {"/language", "/health"}:
        return False
    return person.second_step_at is None and person.needs_second_step
