"""Stops the character NUL at the door: no text has it, and PostgreSQL keeps none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase


_NUL = "\0"
_FORM = "application/x-www-form-urlencoded"


class NoNul:
    """Answers 400 to an address or a plain form with a NUL in it.

    Files and what stands beside them are read by forms, which refuse it themselves.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the address first: nothing has been asked of the database yet."""
        if _NUL in request.path_info or _in_values(request.GET):
            return _refusal()
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, *_: Any, **__: Any
    ) -> HttpResponse | None:
        """Look at a form before its view does."""
        if request.content_type == _FORM and _in_values(request.POST):
            return _refusal()
        return None


def _in_values(told: Any) -> bool:
    return any(_NUL in text for text in chain(told, *(v for _, v in told.lists())))


def _refusal() -> HttpResponse:
    return HttpResponseBadRequest("NUL is not text.\n", content_type="text/plain")
