"""A real district begins: a first person by a command, and in by their own password."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.served import begun
from tests.web.ops.deployed import Browser, Deployed


pytestmark = pytest.mark.slow
EMAIL, PASSWORD = "joan.whitfield@first.example", "a harbor before sunrise"


def test_the_first_person_chooses_a_password_once(tmp_path: Path, vendor: str) -> None:
    if vendor != "sqlite":
        pytest.skip("the same on both")
    one = Deployed(tmp_path / "store")
    words = ("manage", "--store", one.store, "first_person", "--link")
    code, told = one.run(*words, "--email", EMAIL, "--name", "Joan Whitfield")
    assert code == 0, told
    found = re.search(r"http://localhost:8600(/\S+)", told)
    assert found

    code, told = one.run(*words, "--email", "other@first.example", "--name", "Other")
    assert (code, "has an administrator already" in told) == (3, True), told

    with one.served() as server:
        browser = Browser(server)
        browser.get("/account/login/")
        assert browser.status(found[1]) == 302
        form = urlsplit(browser.went_to).path
        assert browser.post(form, password1=PASSWORD, password2=PASSWORD) == 302
        assert "password1" not in Browser(server).get(found[1])  # once
        other = Browser(server)
        other.get("/account/login/")
        assert other.post("/account/login/", login=EMAIL, password="wrong") == 200  # noqa: S106
        assert other.post("/account/login/", login=EMAIL, password=PASSWORD) == 302


def test_an_address_that_is_none_changes_nothing(
    tmp_path: Path, vendor: str, tmp_path_factory
) -> None:
    if vendor != "sqlite":
        pytest.skip("the same on both")
    one = Deployed(begun(tmp_path_factory, tmp_path / "store"))
    words = ("manage", "--store", one.store, "first_person", "--name", "Joan")
    code, told = one.run(*words, "--email", "joan", "--link")
    assert (code, "'joan' is not an email address" in told) == (3, True), told


def test_a_real_deployment_has_nothing_to_silence(filled: Deployed, monkeypatch):
    monkeypatch.setenv("EVENRISE_HTTPS", "yes")
    monkeypatch.setenv("EVENRISE_HOSTS", "evenrise.district.example")
    # Tests with a browser in this process need it; a deployment has no such thing.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    code, told = filled.run("manage", "--store", filled.store, "check", "--deploy")
    assert (code, "no issues (0 silenced)" in told) == (0, True), told
