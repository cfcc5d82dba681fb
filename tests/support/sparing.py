"""Reviews, passwords and refusals as always, without what only costs time.

The attack that a release has to withstand takes more than half of a review. Where a
test is about something else, the numbers are protected as always and that last attack
is left out: `tests/property/test_small_numbers_attack.py` and the tests of the commands
`demo` and `review` go through it, and so does the release of the web tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest import mock

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.http import HttpRequest, HttpResponse

from evenrise.publishing.reviewing import work
from evenrise.statistics.small_numbers import protect
from evenrise.workspace.foundation import faults


class OneRound(PBKDF2PasswordHasher):
    """The hasher of Django, with one round instead of a million."""

    iterations = 1


@contextmanager
def gate_spared() -> Iterator[None]:
    """Reviews of this process protect without the last attack."""
    with mock.patch.object(work, "protect", partial(protect, effort=0.0)):
        yield


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
