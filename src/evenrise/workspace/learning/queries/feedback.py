"""What people said of sessions: shown of ten and more, so that nobody is found out.

Answers are taken from the beginning of a session until `OPEN_FOR` after its end, and
read only afterwards. The sessions of an offering are then put together in the order in
which they ended until a bundle holds ten answers; only whole bundles are shown, and
only all together. So two looks at the page, at any two times, differ by no answer or by
ten and more: neither one session nor one late answer can be worked out (METHODS card
10, and the differencing attack of its small-number rules). Where nearly all or hardly
any agree no count is told: "all of twelve" would tell what each single one said (card
6: 0 and 100 in a hundred, at any n).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from evenrise.publishing import numbers
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.access import FEWEST
from evenrise.workspace.learning.models import (
    Offering,
    Session,
    SessionFeedback,
    SignUp,
)
from evenrise.workspace.learning.queries.asked import ASKED
from evenrise.workspace.learning.spread import tenths_at_an_end
from evenrise.workspace.learning.spread_words import share_words
from evenrise.workspace.people.models import Person


OPEN_FOR = dt.timedelta(days=7)
_AGREES = 3  # of 1 to 4: 3 and 4 say yes


@dataclass(frozen=True, slots=True)
class Agreed:
    """One statement: how many agree, the share with its 95 % interval, n answers.

    `agree` is blank where nearly all or hardly any do; then the share is in tenths.
    """

    words: str
    agree: str
    share: str
    interval: str
    n: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said of an offering: numbers and words of whole bundles alone."""

    answers: int  # of whole bundles
    lines: tuple[Agreed, ...]
    words: tuple[str, ...]
    waiting: bool  # something was said that is not shown yet


def waits_for(session: Session, now: dt.datetime) -> bool:
    """Whether answers about a session are taken now."""
    return (
        session.cancelled_at is None
        and session.begins_at <= now < session.ends_at + OPEN_FOR
    )


def may_say(person: Person, session: Session) -> bool:
    """Whether the person had a place, and nobody noted that they did not come."""
    return (
        SignUp.objects.filter(
            session=session, person=person, withdrawn_at=None, waiting=False
        )
        .exclude(attended=False)
        .exists()
    )


def bundles(counts: Sequence[tuple[int, int]], fewest: int = FEWEST) -> list[list[int]]:
    """Whole bundles of sessions.

    Args:
        counts: (session's key, answers) in the order in which sessions ended.
        fewest: answers of the smallest bundle.

    Returns:
        The keys of each whole bundle; what is left over is in none.
    """
    whole: list[list[int]] = []
    open_: list[int] = []
    answers = 0
    for key, count in counts:
        open_.append(key)
        answers += count
        if answers >= fewest:
            whole.append(open_)
            open_, answers = [], 0
    return whole


def heard_of(offering: Offering, now: dt.datetime, language: Language) -> Heard:
    """What was said of an offering, as far as it may be shown; two queries."""
    rows = list(
        offering.sessions.filter(cancelled_at=None)
        .annotate(answers=Count("feedback"))
        .order_by("ends_at", "pk")
        .values_list("pk", "answers", "ends_at")
    )
    closed = [(key, n) for key, n, ends in rows if ends + OPEN_FOR <= now]
    keys = [key for one in bundles(closed) for key in one]
    said = list(
        SessionFeedback.objects.filter(session__in=keys)
        .order_by("pk")  # a random key: no order of time
        .values_list("useful", "fits", "time", "words")
        if keys
        else ()
    )
    return Heard(
        answers=len(said),
        lines=tuple(_lines(said, language)) if said else (),
        words=tuple(sorted(row[3] for row in said if row[3])),
        waiting=sum(n for _key, n, _ends in rows) > len(said),
    )


def _lines(
    said: Sequence[tuple[int, int, int, str]], language: Language
) -> Iterable[Agreed]:
    for place, words in enumerate(ASKED.values()):
        agree = sum(1 for row in said if int(row[place]) >= _AGREES)
        found = wilson(agree, len(said))
        ends = tenths_at_an_end(agree, len(said))
        if ends is not None:
            n = numbers.count(len(said), language)
            yield Agreed(str(words), "", share_words(ends), "–", n)
            continue
        yield Agreed(
            words=str(words),
            agree=numbers.count(agree, language),
            share=numbers.estimate(found, "share", language),
            interval=numbers.interval(found, "share", language),
            n=numbers.count(len(said), language),
        )
