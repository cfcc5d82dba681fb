"""What is yours to do, and what changed: rooms above this one add their own lines.

    from evenrise.workspace.insights.due import offer_due, Due
    offer_due(lambda person: [Due(_("Approve the winter briefing"), "/briefings/3")])

Called in `apps.py: ready()`. Each answers with few lines, the most urgent first, and
says how many more there are. They are asked one after the other, and no further than
whoever shows the lines reads: a room after the last line shown costs nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True)
class Due:
    """One line of a start page: words, where it leads, and since when."""

    words: str
    url: str
    since: dt.datetime | None = None


Due_of = Callable[[Person], Iterable[Due]]
News_of = Callable[[Person, dt.datetime], Iterable[Due]]
_due: list[Due_of] = []
_news: list[News_of] = []


def offer_due(how: Due_of, *, first: bool = False) -> None:
    """Add what is a person's to do.

    Args:
        how: tells the lines of a person.
        first: others wait for these lines; a start page shows few, so they go before.
    """
    if how not in _due:
        _due.insert(0 if first else len(_due), how)


def offer_news(how: News_of) -> None:
    """Add what changed since a moment, as far as it concerns a person."""
    if how not in _news:
        _news.append(how)


def further_due(person: Person) -> Iterator[Due]:
    """What other rooms say is the person's to do; a room is asked when it is read."""
    return (line for how in _due for line in how(person))


def further_news(person: Person, since: dt.datetime) -> Iterator[Due]:
    """What other rooms say changed since; a room is asked when it is read."""
    return (line for how in _news for line in how(person, since))
