"""Whoever tries to get in: limits that hold, and nothing told on the way."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client


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
