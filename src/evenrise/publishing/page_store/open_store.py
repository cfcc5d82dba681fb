"""An open page store and what it says of itself; the shelves stand on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evenrise.publishing.page_store import story_reading
from evenrise.publishing.page_store.connection import Reader, opened
from evenrise.publishing.page_store.model import Note, NotSaid, SourceLine
from evenrise.publishing.page_store.words import Words, read_words, text
from evenrise.vocabulary.organizations import Level, Organization
from evenrise.vocabulary.text import Text


LATELY = 24  # lists of all schools: of 900, about 15 MB


@dataclass(frozen=True, slots=True)
class OpenStore:
    """The file, its words, and the notes that stand on every page.

    Raises:
        InputProblem: when the file is missing, damaged, or of a newer Evenrise.
    """

    path: Path
    _reader: Reader = field(init=False, repr=False, compare=False)
    _meta: dict[str, Any] = field(init=False, repr=False, compare=False)
    _words: Words = field(init=False, repr=False, compare=False)
    _told: dict[str, Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _recent: dict[str, Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        reader, meta = opened(self.path)
        object.__setattr__(self, "_reader", reader)
        object.__setattr__(self, "_meta", meta)
        object.__setattr__(self, "_words", read_words(reader))

    def close(self) -> None:
        """Close the connections of all threads."""
        self._reader.close()

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        """What never changes, made when it is first asked for."""
        if name not in self._told:  # two threads may both make it: it is the same
            self._told[name] = make()
        return self._told[name]

    def _lately(self, name: str, make: Callable[[], Any]) -> Any:
        """A long answer, kept while it is among the last that were asked for."""
        found = self._recent.get(name)
        if found is None:
            found = make()
            with suppress(StopIteration, RuntimeError):  # another thread was faster
                if len(self._recent) >= LATELY:
                    self._recent.pop(next(iter(self._recent)), None)
            self._recent[name] = found
        return found

    @property
    def district(self) -> Organization:
        """The district that the pages are about."""
        return Organization(Level.DISTRICT, *self._meta["district"])

    @property
    def as_of(self) -> dt.date:
        """The day that the pages speak of."""
        return dt.date.fromisoformat(self._meta["as_of"])

    @property
    def snapshot(self) -> str:
        """The snapshot's name."""
        return str(self._meta["snapshot"])

    @property
    def software(self) -> str:
        """What wrote the store."""
        return str(self._meta["software"])

    @property
    def years(self) -> tuple[int, ...]:
        """Every school year that the district has facts of, by its spring."""
        return tuple(self._meta["years"])

    @property
    def title(self) -> Text:
        """What the review is called."""
        return text(self._meta["title"])

    @property
    def summary(self) -> tuple[Text, ...]:
        """The answer in three to five sentences."""
        return tuple(text(one) for one in self._meta["summary"])

    @property
    def smallest_shown(self) -> int:
        """The smallest count of students that is shown."""
        return int(self._meta["smallest_shown"])

    @property
    def facts_count(self) -> int:
        """How many facts the store holds."""
        return int(self._meta["facts"])

    def first_things(self) -> tuple[Note, ...]:
        """What a reader should know before the first number."""
        return story_reading.notes(self._meta, "first")

    def method(self) -> tuple[Note, ...]:
        """How the numbers were worked out, in plain words."""
        return story_reading.notes(self._meta, "method")

    def sources(self) -> tuple[SourceLine, ...]:
        """The files that the pages stand on."""
        return story_reading.sources(self._meta)

    def not_said(self) -> tuple[NotSaid, ...]:
        """The kinds of findings that these records cannot give, and why."""
        return story_reading.not_said(self._meta)
