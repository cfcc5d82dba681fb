"""One table says who may open what: every address, every role, the expected answer.

The table is `doors.txt`; its head explains it. An address that is not in the table
fails, and so does a line about an address that is gone. After a change on purpose,
`EVENRISE_REDRAW=1 ./dev run-tests tests/web/test_doors.py` draws it anew from what the
application answers: read the difference line by line before it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from django.utils import timezone

from evenrise.workspace.foundation.checks import addresses
from tests.web.refusals import refusals_spared
from tests.web.things import finish


TABLE = Path(__file__).with_name("doors.txt")
ROLES = (
    "nobody",
    "superintendent",
    "cabinet",
    "principal",
    "other_principal",
    "counselor",
    "teacher",
    "coach",
    "steward",
    "board",
    "reviewer",
    "administrator",
    "with_powers",
)
WORDS = {
    200: "open",
    301: "moved",
    302: "leads",
    304: "same",
    400: "bad",
    401: "key",
    403: "form",
    404: "-",
    405: "verb",
    422: "again",
    429: "wait",
}


@dataclass(frozen=True)
class Line:
    """One line of the table: a call, and the answer for each role."""

    method: str
    name: str
    arguments: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]

    def __str__(self) -> str:
        call = " ".join(
            (self.name, *(f"{name}={value}" for name, value in self.arguments))
        )
        return f"{self.method:<4} {call:<52} " + " ".join(
            f"{answer:<6}" for answer in self.answers
        )


def lines() -> list[Line]:
    """The table."""
    found = []
    for told in TABLE.read_text(encoding="utf-8").splitlines():
        if not told.strip() or told.startswith("#"):
            continue
        words = told.split()
        method, name, rest = words[0], words[1], words[2:]
        arguments = tuple(
            (word.split("=", 1)[0], word.split("=", 1)[1])
            for word in rest
            if "=" in word
        )
        answers = tuple(word for word in rest if "=" not in word)
        found.append(Line(method, name, arguments, answers))
    return found


def names() -> Iterator[tuple[str, URLPattern]]:
    """Every address that has a name, with its namespace."""
    for route, pattern in addresses():
        space = "api:" if route.startswith("api/v1/") else ""
        yield f"{space}{pattern.name or route}", pattern


def test_every_address_is_in_the_table():
    told = {line.name for line in lines()}
    known = {name for name, _ in names()}
    assert known - told == set(), "say in doors.txt who may open these"
    assert told - known == set(), "these lines are about addresses that are gone"


def test_every_line_is_whole():
    for line in lines():
        assert line.method in {"GET", "POST"}, line
        assert len(line.answers) in {0, len(ROLES)}, line
        assert set(line.answers) <= set(WORDS.values()), line


@pytest.fixture
def things(db_district, cast, released, briefing):
    """What the arguments of the table stand for."""
    from tests.web.things import make_things

    return make_things(cast, db_district, released, briefing)


@pytest.fixture
def browsers(as_person, cast):
    """A browser for each role; `with_powers` is the administrator with powers on."""
    from tests.web.things import switch_powers_on

    found = {role: as_person(role) for role in ROLES[1:-1]}
    found["nobody"] = Client()
    found["with_powers"] = as_person("administrator")
    switch_powers_on(found["with_powers"], cast["administrator"])
    return found


def _address(line: Line, things: dict[str, object]) -> str:
    arguments = {
        name: things[value[1:]] if value.startswith("@") else value
        for name, value in line.arguments
    }
    try:
        return reverse(line.name, kwargs=arguments)
    except NoReverseMatch:
        return "/" + line.name


def _answer(client: Client, line: Line, address: str) -> str:
    from django.db import transaction

    # What one role's call changed is undone before the next role calls.
    with transaction.atomic():
        answer = client.get(address) if line.method == "GET" else client.post(address)
        status = answer.status_code
        finish(answer)
        transaction.set_rollback(True)
    return WORDS.get(status, str(status))


@pytest.fixture
def _refusals_spared():
    with refusals_spared():
        yield


@pytest.mark.usefixtures("_refusals_spared")
def test_each_role_meets_the_answer_of_the_table(things, browsers):
    redraw = os.environ.get("EVENRISE_REDRAW") == "1"
    drawn, wrong = [], []
    for line in lines():
        address = _address(line, things)
        answers = tuple(_answer(browsers[role], line, address) for role in ROLES)
        drawn.append(Line(line.method, line.name, line.arguments, answers))
        wrong += [
            f"{line.method} {address}: {role} met {got}, the table says {said}"
            for role, got, said in zip(ROLES, answers, line.answers, strict=False)
            if got != said
        ]
    if redraw:
        _draw(drawn)
    assert timezone.now()
    assert redraw or not wrong, "\n".join(wrong)


def _draw(drawn: list[Line]) -> None:
    told = TABLE.read_text(encoding="utf-8").splitlines()
    fresh = iter(drawn)
    TABLE.write_text(
        "\n".join(
            one if not one.strip() or one.startswith("#") else str(next(fresh)).rstrip()
            for one in told
        )
        + "\n",
        encoding="utf-8",
    )
