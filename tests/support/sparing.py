"""Reviews and passwords as always, without what only costs time.

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

from evenrise.publishing.reviewing import work
from evenrise.statistics.small_numbers import protect


class OneRound(PBKDF2PasswordHasher):
    """The hasher of Django, with one round instead of a million."""

    iterations = 1


@contextmanager
def gate_spared() -> Iterator[None]:
    """Reviews of this process protect without the last attack."""
    with mock.patch.object(work, "protect", partial(protect, effort=0.0)):
        yield
