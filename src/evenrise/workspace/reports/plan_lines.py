"""The lines of public plans, ready for a template: words, rungs, readings, editions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.models import RungKind, StepState
from evenrise.workspace.reports.plan_public import is_stale, words_of
from evenrise.workspace.reports.public_queries import Picture


@dataclass(frozen=True, slots=True)
class Words:
    """Words for a reader; `language` is blank where it is the reader's own.

    `stale`: the reader's language has words, but older ones than the other.
    """

    text: str
    language: str = ""
    stale: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


def told(one: Any, what: str, language: Language, *, dated: bool = True) -> Words:
    """The words of a value, marked where they are older or in the other language."""
    text, written = words_of(one, what, language)
    return Words(
        text,
        "" if written == language else written,
        dated and written == language and is_stale(one, language),
    )


@dataclass(frozen=True, slots=True)
class LinkLine:
    """What a rung stands on; `url` is blank where nobody can look further."""

    kind: str
    kind_words: str
    words: Words
    url: str = ""
    verdict_words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A measure of a rung, read from the public figures of today, in one language."""

    title: str
    place: str
    label: str
    label_words: str
    sure: str
    sentence: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]  # each cell with its head
    ahead: tuple[str, ...]
    notes: tuple[str, ...]
    red: tuple[str, ...]
    answers: tuple[tuple[str, Words], ...]  # the year, and what will be done
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedLine:
    """What was tried for a rung: a cycle with its decision, an initiative's chain."""

    kind_words: str
    title: Words
    day: str
    decision_words: str
    text: Words
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RungPage:
    """One rung as a page shows it, with what stands below."""

    key: str
    kind: str
    kind_words: str
    number: str
    title: Words
    text: Words
    theory: Words
    done_means: Words
    department: str
    dates: str
    state: str
    state_words: str
    since: str
    recommended: bool
    lcff: tuple[int, ...]
    money: Decimal
    links: tuple[LinkLine, ...]
    serves: str
    waits_for: tuple[str, ...]
    readings: tuple[ReadingView, ...]
    tried: tuple[TriedLine, ...]
    below: tuple[RungPage, ...] = field(default=())

    @property
    def steps(self) -> tuple[RungPage, ...]:
        """The steps below, at any depth."""
        return tuple(one for one in self.everything if one.kind == RungKind.STEP)

    @property
    def everything(self) -> Iterable[RungPage]:
        """What stands below, at any depth, in reading order."""
        for one in self.below:
            yield one
            yield from one.everything

    @property
    def grounds_below(self) -> list[tuple[RungPage, LinkLine]]:
        """On what the rungs below it stand, where it names nothing itself."""
        if self.links:
            return []
        return [(one, link) for one in self.everything for link in one.links]

    @property
    def dollars(self) -> str:
        """The money planned for it, as people write it."""
        return f"${self.money:,.0f}"

    @property
    def done(self) -> int:
        """How many of the steps below are done."""
        return sum(one.state == StepState.DONE for one in self.steps)


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in words: its number, its days, how the board voted."""

    number: int
    adopted: str
    hearing: str
    hearing_until: str
    hearing_place: Words
    votes: str
    why: Words
    digest: str
