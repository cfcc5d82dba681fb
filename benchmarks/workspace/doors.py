"""The pages that are measured, and the browsers that open them.

Every GET line of tests/web/doors.txt, as each role that may open it; and the further
ways in which a list is asked for (a search, a school, the next page), which cost more
than the bare list does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from tests.web.test_doors import ROLES, Line, lines
from tests.web.things import switch_powers_on

from evenrise.workspace.people.actions.tokens import make_token
from evenrise.workspace.people.cast import place_cast
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.tokens import TokenScope


_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Files that a person downloads, not pages: measured and told, not held to 100 ms.
FILES = frozenset(
    {
        "students_file",
        "indicator_csv",
        "findings_csv",
        "import_refused",
        "feed_facts_json",
        "feed_dictionary",
        "feed_document",
        "flags_file",
        "plan_file_get",
    }
)
# name: what is asked besides the address, and the roles that ask it.
FURTHER: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("students", "q=garcia", ("superintendent", "principal", "counselor", "teacher")),
    ("students", "q=ma+lo", ("superintendent", "principal")),
    ("students", "q=zzz", ("superintendent", "principal")),
    ("students", "q={code}", ("superintendent", "principal")),
    ("students", "school={school}", ("superintendent", "principal")),
    ("students", "school={school}&grade=09", ("superintendent", "principal")),
    ("students", "grade=03", ("superintendent",)),
    ("students", "left=yes", ("superintendent",)),
    ("students", "after={middle}", ("superintendent",)),
    ("students", "before={middle}", ("superintendent",)),
    ("schools", "q=el", ("superintendent",)),
    ("findings", "page=5", ("superintendent",)),
    ("findings", "q=absen", ("superintendent",)),
    ("findings", "school={school}", ("superintendent", "principal")),
    ("indicator", "place={school}", ("superintendent", "principal")),
    ("indicator", "family=race_ethnicity", ("superintendent",)),
    ("persons", "q=garcia", ("with_powers",)),
)
API = (
    ("api:indicators", ""),
    ("api:schools", ""),
    ("api:facts", "indicator={indicator}"),
    ("api:findings", ""),
    ("api:finding", ""),
    ("api:students", ""),
    ("api:students", "limit=500"),
    ("api:student", ""),
)


@dataclass(frozen=True, slots=True)
class Call:
    """One address as one role asks for it."""

    name: str
    address: str
    role: str
    status: int = 200
    key: bool = False

    @property
    def is_file(self) -> bool:
        """Whether it is a file to download."""
        return self.name in FILES


def calls(things: dict[str, Any]) -> list[Call]:
    """Every call that opens."""
    words = dict(things)
    place = Student.objects.filter(current__in=(True,)).order_by("sort_name")
    words["middle"] = place[place.count() // 2].pk
    words["code"] = things["served"]
    found = [*_of_table(words), *_further(words)]
    return list(dict.fromkeys(found))


def _of_table(words: dict[str, Any]) -> Iterator[Call]:
    for line in lines():
        if line.method != "GET":
            continue
        for role, answer in zip(ROLES, line.answers, strict=True):
            if answer == "open":
                yield Call(line.name, address(line, words), role)


def _further(words: dict[str, Any]) -> Iterator[Call]:
    known = {line.name: line for line in reversed(lines()) if line.method == "GET"}
    for name, asked, roles in FURTHER:
        for role in roles:
            path = f"{address(known[name], words)}?{asked.format(**words)}"
            yield Call(name, path, role)
    for name, asked in API:
        for role in ("superintendent", "counselor"):
            path = f"{address(known[name], words)}?{asked.format(**words)}"
            yield Call(name, path, role, key=True)


def address(line: Line, words: dict[str, Any]) -> str:
    """The address of a line of the table."""
    arguments = {
        name: words[value[1:]] if value.startswith("@") else value
        for name, value in line.arguments
    }
    try:
        return reverse(line.name, kwargs=arguments)
    except NoReverseMatch:
        return "/" + line.name


def browsers(as_of: dt.date) -> dict[str, Client]:
    """A signed-in browser for each role."""
    cast = place_cast(as_of)
    found = {"nobody": Client(SERVER_NAME="127.0.0.1")}
    for role in ROLES[1:]:
        browser = Client(SERVER_NAME="127.0.0.1")
        person = cast["administrator" if role == "with_powers" else role]
        browser.force_login(person, backend=_BACKEND)
        if role == "with_powers":
            switch_powers_on(browser, person)
        found[role] = browser
    return found


def keys(as_of: dt.date) -> dict[str, str]:
    """A program's key for each role that asks by one."""
    cast = place_cast(as_of)
    ends_on = timezone.localdate() + dt.timedelta(days=2)
    scopes = [scope.value for scope in TokenScope]
    return {
        role: make_token(cast[role], name="measured", scopes=scopes, ends_on=ends_on)[1]
        for role in ("superintendent", "counselor")
    }


def headers(call: Call, language: str, secrets: dict[str, str]) -> dict[str, str]:
    """What a browser, or a program, says with the call."""
    told = {"accept-language": language}
    if call.key:
        told["authorization"] = f"Bearer {secrets[call.role]}"
    return told
