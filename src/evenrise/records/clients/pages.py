"""Page after page of one resource, until all of it has come.

Both standards page by `limit` and `offset`, and both may change under the reader's
eyes: a row that is added or removed moves the others across a page's edge, so that one
comes twice or not at all. Twice is mended when the rows are settled. Not at all shows
in the counts: a resource whose totals and rows do not agree is read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from evenrise.records.clients.asking import Answer, Question
from evenrise.records.clients.tokens import Desk
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import Text


READINGS = 3  # how often a resource is read before small disagreements are borne
_MOST_PAGES = 1_000_000
_NEXT = re.compile(r'<([^>]*)>\s*;[^,<]*?\brel\s*=\s*"?next"?', re.IGNORECASE)
Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What is asked for, page by page.

    `total` is the header that counts the rows, `inside` the name of the list in the
    answer (empty: the answer is the list). `counting` are the words that ask for the
    count, where it must be asked for: counting is dear, so it is done for the first
    page and after the last.
    """

    url: str
    total: str
    inside: str
    page: int
    question: Question = field(default_factory=dict)
    counting: Question = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Totals:
    """What the server said of a resource's size: first and last."""

    first: int | None = None
    last: int | None = None

    def hear(self, number: int | None) -> None:
        """Take down what a page said, if it did."""
        if number is not None:
            self.first = number if self.first is None else self.first
            self.last = number

    def agree(self, came: int) -> bool:
        """Whether nothing can have been passed over."""
        return self.first is None or (self.first == self.last == came)

    def bearable(self, came: int) -> bool:
        """Whether what came is no less than what was there, first or last."""
        return self.first is None or came >= min(self.first, self.last or 0)


def pages(desk: Desk, resource: Resource, totals: Totals) -> Iterator[list[Record]]:
    """Every page of a resource.

    Raises:
        Denied: when the server will not answer.
        InputProblem: when an answer is not what the standard says, or never ends.
    """
    offset = 0
    url = resource.url
    question: Question = {**_numbered(resource, 0), **resource.counting}
    for _ in range(_MOST_PAGES):
        answer = desk.get(url, question, dict(resource.headers))
        rows = _rows(desk, resource, answer)
        totals.hear(answer.number(resource.total))
        yield rows
        offset += len(rows)
        following = _next(desk, url, answer)
        if following and rows:
            url, question = following, {}
        elif _is_last(answer, rows, offset, totals):
            if resource.counting and offset > resource.page:
                totals.hear(_counted(desk, resource))
            return
        else:
            url, question = resource.url, _numbered(resource, offset)
    raise InputProblem(
        Text(
            f"The connection {desk.server.say(resource.url)} never comes to an end. "
            "Nothing was imported.",
            f"La conexión {desk.server.say(resource.url)} no termina nunca. No se "
            "importó nada.",
        )
    )


def _counted(desk: Desk, resource: Resource) -> int | None:
    """The count once more, after the last page."""
    question = {**resource.question, **resource.counting, "limit": 1, "offset": 0}
    answer = desk.get(resource.url, question, dict(resource.headers))
    return answer.number(resource.total)


def _numbered(resource: Resource, offset: int) -> Question:
    return {**resource.question, "limit": resource.page, "offset": offset}


def _is_last(answer: Answer, rows: list[Record], offset: int, totals: Totals) -> bool:
    """A server may give fewer rows than asked: a short page alone is no end."""
    if not rows:
        return True
    if totals.last is not None:
        return offset >= totals.last
    return bool(answer.headers.get("Link"))  # it links pages, and there is no next


def _rows(desk: Desk, resource: Resource, answer: Answer) -> list[Record]:
    content = answer.content
    if resource.inside:
        content = content.get(resource.inside) if isinstance(content, dict) else None
    if not isinstance(content, list) or not all(isinstance(r, dict) for r in content):
        raise InputProblem(
            Text(
                f"The connection {desk.server.say(resource.url)} gave no list of "
                f"{resource.inside or 'records'}. Nothing was imported; look at the "
                "address in the settings.",
                f"La conexión {desk.server.say(resource.url)} no dio ninguna lista de "
                f"{resource.inside or 'registros'}. No se importó nada; revise la "
                "dirección en los ajustes.",
            )
        )
    return content


def _next(desk: Desk, url: str, answer: Answer) -> str | None:
    """The address of the next page, when the server links it (RFC 8288)."""
    told = ", ".join(answer.headers.get_all("Link", []))
    found = _NEXT.search(told)
    if not found:
        return None
    following = urljoin(url, str(found.group(1)))
    here, there = urlsplit(url), urlsplit(following)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        raise InputProblem(
            Text(
                f"The connection {desk.server.say(url)} links its next page at another "
                f"place ({there.hostname}), which is not followed. Nothing was "
                "imported.",
                f"La conexión {desk.server.say(url)} enlaza su página siguiente en "
                f"otro lugar ({there.hostname}), que no se sigue. No se importó nada.",
            )
        )
    return following


def read_all(
    desk: Desk,
    resource: Resource,
    progress: tuple[Progress, str],
    begin: Callable[[], None],
    add: Callable[[list[Record]], None],
    came: Callable[[], int],
) -> None:
    """Read a resource until counts and rows agree.

    Args:
        desk: who asks.
        resource: what.
        progress: who hears of it, and what the step is called.
        begin: forgets what came before.
        add: takes a page.
        came: how many different records have come.

    Raises:
        InputProblem: when the resource kept losing rows while it was read.
    """
    listener, step = progress
    for reading in range(READINGS):
        begin()
        totals, done = Totals(), 0
        for page in pages(desk, resource, totals):
            add(page)
            done += len(page)
            listener.step(step, done, max(totals.last or done, done, 1))
        listener.step(step, 1, 1)
        number = came()
        last = reading + 1 == READINGS
        if totals.agree(number) or (last and totals.bearable(number)):
            return
    raise InputProblem(
        Text(
            f"The connection {desk.server.say(resource.url)} says it has "
            f"{totals.last:,} records and gave {number:,}, in {READINGS} readings. "
            "Nothing was imported; try again at a quieter hour.",
            f"La conexión {desk.server.say(resource.url)} dice tener {totals.last:,} "
            f"registros y dio {number:,}, en {READINGS} lecturas. No se importó nada; "
            "pruebe de nuevo a una hora más tranquila.",
        )
    )
