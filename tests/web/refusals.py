"""Refusals as always, without drawing the same page thousands of times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.http import HttpRequest, HttpResponse

from evenrise.workspace.foundation import faults


@contextmanager
def refusals_spared() -> Iterator[None]:
    """Whoever is refused is told so; the page that says it is drawn where it is new.

    Drawn once at each address and once for each person, with powers on and off. Where
    thousands of calls are refused, the same page would be half of the work.
    """
    draw, drawn = faults.render, set[object]()

    def where_new(request: HttpRequest, page: str, *, status: int) -> HttpResponse:
        match, person = request.resolver_match, request.user
        address = match.route if match else request.path
        here = {address, (person.pk, getattr(person, "powers", None) is not None)}
        if here <= drawn:
            return HttpResponse(status=status)
        drawn.update(here)
        return draw(request, page, status=status)

    with mock.patch.object(faults, "render", where_new):
        yield
