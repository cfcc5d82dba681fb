"""`[connections.NAME]` in district.toml: what is read, and what is refused and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evenrise.records.connections import Connection
from evenrise.records.settings import DistrictSettings
from evenrise.vocabulary.errors import ArgumentProblem


WHOLE = {
    "kind": '"oneroster"',
    "url": '"https://sis.example.org/ims/oneroster/"',
    "token_url": '"https://sis.example.org/token"',
    "client_id": '"evenrise"',
    "secret_env": '"SIS_SECRET"',
}


def read(tmp_path: Path, /, name: Any = "sis", **words: Any) -> Connection:
    told = {key: word for key, word in {**WHOLE, **words}.items() if word is not None}
    lines = [f"[connections.{name}]", *(f"{k} = {w}" for k, w in told.items())]
    path = tmp_path / "district.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    (found,) = DistrictSettings.read(path).connections.values()
    return found


def test_a_connection_and_what_is_left_unsaid(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert found == Connection(
        name="sis",
        kind="oneroster",
        url="https://sis.example.org/ims/oneroster",
        token_url="https://sis.example.org/token",  # noqa: S106 - an address
        client_id="evenrise",
        secret_env="SIS_SECRET",  # noqa: S106 - a name
    )
    assert found.services == ("rostering", "demographics")
    assert found.whole_every_days == 7


def test_the_secret_is_read_when_needed_and_shown_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIS_SECRET", "of the environment")
    found = read(tmp_path)
    assert found.secret() == "of the environment"
    (tmp_path / "secret.txt").write_text("of the file\n", encoding="utf-8")
    where = {"secret_env": None, "secret_file": '"secret.txt"'}
    filed = read(tmp_path, **where)
    assert filed.secret() == "of the file"
    assert "of the" not in repr(found) + repr(filed)
    (tmp_path / "secret.txt").unlink()
    with pytest.raises(ArgumentProblem, match="cannot be read from"):
        filed.secret()


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"kind": '"csv"'}, "needs a kind"),
        ({"url": None}, "needs a url"),
        ({"url": '"sis.example.org"'}, "is no address"),
        ({"url": '"http://sis.example.org"'}, "must begin with https"),
        ({"url": '"https://me:word@sis.example.org"'}, "a plain address"),
        ({"url": '"https://sis.example.org/?key=1"'}, "a plain address"),
        ({"url": '"ftp://localhost/"'}, "is no address"),
        ({"token_url": None}, "needs a token_url"),
        ({"token_url": '"http://10.0.0.1/token"'}, "token_url must begin with https"),
        ({"client_id": None}, "a client_id"),
        ({"secret_env": None}, "one of secret_env and secret_file"),
        ({"secret_file": '"here"'}, "one of secret_env and secret_file"),
        ({"client_secret": '"x"'}, "does not belong in this file"),
        ({"password": '"x"'}, "does not belong in this file"),
        ({"sekret": '"x"'}, "there is no setting sekret"),
        ({"services": '["gradebook"]'}, "with rostering"),
        ({"services": '"rostering"'}, "must be a list"),
        ({"page": "0"}, "a number from 1 to 10,000"),
        ({"page": "true"}, "a number from 1 to 10,000"),
        ({"changes": '"yes"'}, "must be true or false"),
    ],
)
def test_what_cannot_be_used_is_said(
    tmp_path: Path, words: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ArgumentProblem, match=problem):
        read(tmp_path, **words)


def test_a_name_is_safe_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ArgumentProblem, match="a connection's name"):
        read(tmp_path, name='"../sis"')


def test_this_machine_may_be_asked_without_https(tmp_path: Path) -> None:
    assert (
        read(tmp_path, url='"http://127.0.0.1:8080/x"').url == "http://127.0.0.1:8080/x"
    )
