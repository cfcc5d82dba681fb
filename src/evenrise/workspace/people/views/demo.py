"""The invented district's door: sign in as one of its people, by one click."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from evenrise.workspace.foundation.door import public
from evenrise.workspace.people.cast import find_cast
from evenrise.workspace.people.sessions import METHOD


_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast; where records are real this is not there."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    person = next((person for part, person in find_cast() if part.key == key), None)
    if person is None:
        raise Http404
    request.session.flush()
    request.session[METHOD] = "demo"
    login(request, person, backend=_BACKEND)
    return redirect(settings.LOGIN_REDIRECT_URL)
