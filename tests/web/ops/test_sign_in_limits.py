"""Tries to sign in are counted where every process of the server meets them."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.web.ops.deployed import Browser, Deployed, Server


pytestmark = pytest.mark.slow
ALLOWED, SECONDS = 20, 60  # by address of a network; of a name 5 in five minutes


def _try(server: Server, browser: Browser, number: int) -> int:
    """A wrong password for another name each time, claiming to come from elsewhere."""
    token = next(one.value for one in browser.cookies if one.name == "csrftoken")
    told = {"login": f"person{number}@example.org", "password": "not this one"}
    data = urllib.parse.urlencode({**told, "csrfmiddlewaretoken": str(token)}).encode()
    request = urllib.request.Request(  # noqa: S310 - our own server
        f"{server.base}/account/login/", data, {"X-Forwarded-For": f"10.0.0.{number}"}
    )
    try:
        with browser.opener.open(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


def test_neither_a_claimed_address_nor_another_process_forgets(
    deployed: Deployed,
) -> None:
    server = Server(deployed)
    try:
        server.wait()
        browser = Browser(server)
        browser.get("/account/login/")
        begun = time.monotonic()
        told = [_try(server, browser, number) for number in range(ALLOWED + 3)]
        if time.monotonic() - begun > SECONDS:
            pytest.skip("the machine is too busy for so many tries in a minute")
        assert told[:ALLOWED] == [200] * ALLOWED
        assert told[-1] == 429
        server.stop()
        server.begin()  # other processes, which have seen nothing
        server.wait()
        if time.monotonic() - begun < SECONDS - 5:
            assert _try(server, browser, 99) == 429
    finally:
        server.stop()
