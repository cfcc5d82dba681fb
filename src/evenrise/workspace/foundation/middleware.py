"""What happens around every page: the door is checked, the person's language is set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from evenrise.workspace.foundation.checks import is_foreign
from evenrise.workspace.foundation.door import door_of


Answer = Callable[[HttpRequest], HttpResponseBase]
_RENEW_AFTER = 60  # seconds: a session's end moves at most once a minute


class Door:
    """Refuses a view without a door, also one that was added while running."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what a signed-in person sees is kept by no cache on the way."""
        response = self.answer(request)
        if "Authorization" in request.headers:  # a program's key, also a wrong one
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response
        # Without a session nobody is asked: a public page may be kept by everybody.
        if (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
        ):
            response.headers.setdefault("Cache-Control", "private, no-store")
            _renew(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> None:
        """Stop before a view that nobody put a door on."""
        del request
        if door_of(view) is None and not is_foreign(view):
            raise Http404


def _renew(request: HttpRequest) -> None:
    """Let the session end so long after the last click, without a write a click."""
    now = int(timezone.now().timestamp())
    if now - int(request.session.get("seen", 0)) >= _RENEW_AFTER:
        request.session["seen"] = now


class PersonsLanguage:
    """The language of a page: its address, the person's choice, or the browser's."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language."""
        language = self._chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
            rendered = getattr(response, "render", None)
            if rendered is not None and not getattr(response, "is_rendered", True):
                response = rendered()
        response.headers.setdefault("Content-Language", language)
        if not self._told(request):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    @staticmethod
    def _told(request: HttpRequest) -> str:
        """The language that the address says; the public site's always does."""
        first = request.path_info.split("/", 2)[1]
        return first if first in {code for code, _ in settings.LANGUAGES} else ""

    @classmethod
    def _chosen(cls, request: HttpRequest) -> str:
        offered = {code for code, _ in settings.LANGUAGES}
        if told := cls._told(request):
            return told
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if kept in offered:
            return str(kept)
        if request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            own = getattr(request.user, "language", None)
            if own in offered:
                return str(own)
        found = translation.get_language_from_request(request)
        return found if found in offered else settings.LANGUAGE_CODE
