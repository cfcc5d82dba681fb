"""The counts that a chain is read from, and what each of its links says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenrise.findings.promises.model import MeasureReading
from evenrise.statistics.paired_change import Pairs
from evenrise.vocabulary.text import Text


class Link(StrEnum):
    """A link of the chain, in its order."""

    REACHED = "reached"
    PRACTICE = "practice"
    STUDENTS = "students"


class Holds(StrEnum):
    """Whether a link holds."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNCLEAR = "unclear"  # the interval holds both
    TOO_FEW = "too_few"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Dosage:
    """How many adults the learning is for, and how many had their hours.

    `wanted` is None where nobody said how many hours somebody needs.
    """

    meant: int
    some: int  # came at least once
    enough: int  # had the wanted hours
    wanted: float | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Practice on the map: people placed at least once, and those placed twice.

    One pair a person: their first placement and their latest, over all components; it
    counts as there when the mean of a person's components is at the wanted level or
    better (1 is the ideal). `left_out` says that a school's people are not counted,
    since they are few or would tell of few.
    """

    people: int
    there: int  # by their latest placement
    pairs: Pairs
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReading:
    """One link: does it hold, on how many, and what it can and cannot show."""

    link: Link
    holds: Holds
    title: Text
    sentence: Text
    n: int | None  # None where it may not be shown
    can: Text
    cannot: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The three links, where the chain breaks first, and what there is to mend."""

    links: tuple[LinkReading, ...]
    breaks_at: Link | None
    sentence: Text
    mend: Text
    students: tuple[MeasureReading, ...] = ()

    def link(self, which: Link) -> LinkReading:
        """One of the three."""
        return next(one for one in self.links if one.link is which)
