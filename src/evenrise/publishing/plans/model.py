"""What a plan's documents are made of: words of one language, ready to set.

Nothing is chosen, counted or worded below: whoever makes these values has done it from
frozen bytes and protected figures.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from evenrise.publishing.charts.promise_line import PromiseLine
from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Words and their language; `stale`: older than the other language's."""

    text: str
    language: Language
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a caption, heads, rows as long as the heads, and a note below.

    `name` is a short one, as the tab of a sheet; `money` are the columns of dollars.
    """

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    money: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStory:
    """A measure read against its promise."""

    title: str
    place: str
    label: str
    sentence: str
    short: str  # whole, for a slide: from where to where, the reading, how sure
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    pictures: tuple[PromiseLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RungStory:
    """One rung; `level` is 1 for a priority, 2 a goal, 3 a strategy, 4 a step.

    `facts` are short lines: who, when, how far, dollars. `starred`: it stands on a
    recommendation that was taken up. `progress` tells the steps below it, `tried` the
    cycles and initiatives that served it.
    """

    kind: str
    name: str
    title: Words
    level: int
    text: Words | None = None
    theory: Words | None = None
    done_means: Words | None = None
    facts: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    progress: str = ""
    starred: bool = False
    measures: tuple[MeasureStory, ...] = ()
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidStory:
    """What somebody said, in their own language, and what became of it."""

    said: Words
    heard: str
    did: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStory:
    """A plan in one language, as its documents tell it.

    `rungs` are in reading order; `tables` those of the state (LCAP, SPSA).
    """

    language: Language
    title: str
    kind: str
    place: str
    years: str
    edition: str
    day: dt.date
    made: str
    summary: tuple[str, ...]
    text: Words | None = None
    rungs: tuple[RungStory, ...] = ()
    said: tuple[SaidStory, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def goals(self) -> tuple[RungStory, ...]:
        """The goals, in order."""
        return tuple(one for one in self.rungs if one.kind == "goal")

    def below(self, goal: RungStory) -> tuple[RungStory, ...]:
        """The strategies and steps of a goal."""
        at = self.rungs.index(goal) + 1
        found: list[RungStory] = []
        for one in self.rungs[at:]:
            if one.level <= goal.level or one.kind == "value":
                break
            found.append(one)
        return tuple(found)
