"""Whoever tries to get in: limits that hold, and nothing told on the way."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from evenrise.workspace.people.forms.reset import ENOUGH


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counts_are_shared():
    """The counts lie where every process of the server meets them."""
    call_command("createcachetable")
    cache.clear()


def _try(client: Client, email: str) -> int:
    answer = client.post("/account/login/", {"login": email, "password": "wrong " * 3})
    return int(answer.status_code)


def test_many_other_addresses_do_not_wash_a_count_away(cast):
    """A cache that holds few entries throws away counts of failed sign-ins."""
    email = cast["steward"].email
    tries = [_try(Client(REMOTE_ADDR=f"10.0.0.{n}"), email) for n in range(7)]
    assert tries[0] == 200
    before = _said(Client(REMOTE_ADDR="10.0.0.99"), email)
    for n in range(700):
        cache.set(f"allauth:rl:somebody:{n}", [1.0], 300)
    assert _said(Client(REMOTE_ADDR="10.0.0.100"), email) == before
    assert "Too many failed" in before


def _said(client: Client, email: str) -> str:
    answer = client.post("/account/login/", {"login": email, "password": "wrong " * 3})
    text = answer.content.decode()
    return "Too many failed" if "Too many failed" in text else text


@contextmanager
def _silent_mail_server() -> Iterator[int]:
    """A mail server that takes every call and says nothing; its port."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield int(server.getsockname()[1])


def _asked(email: str) -> tuple[float, int, str]:
    """Seconds until the answer for a new password, its status, where it leads."""
    cache.clear()
    client = Client(REMOTE_ADDR="10.1.0.1")
    begun = time.perf_counter()
    answer = client.post("/account/password/reset/", {"email": email})
    return time.perf_counter() - begun, answer.status_code, answer["Location"]


def test_a_mail_server_does_not_tell_who_is_known(cast, settings):
    """Neither by the time it takes, nor by being down."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 3
    known, stranger = cast["teacher"].email, "stranger@example.org"
    with _silent_mail_server() as port:
        settings.EMAIL_PORT = port
        slow = [_asked(email) for email in (known, stranger)]
    down = [_asked(email) for email in (known, stranger)]  # nobody listens there now
    for told, other in (slow, down):
        assert told[1:] == other[1:]
        assert told[0] < 3
        assert told[0] >= ENOUGH
        assert other[0] >= ENOUGH
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join(10)
