"""The values that a reading of a promise is made of and results in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evenrise.findings.finding import Certainty
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


class Label(StrEnum):
    """What became of a promise to raise all and to close a gap, in one word."""

    RISING_AND_CLOSING = "rising_and_closing"
    RISING_NOT_CLOSING = "rising_not_closing"
    CLOSING_BY_FALL = "closing_by_fall"  # the gap closed as the higher group fell
    FALLING = "falling"
    UNCHANGED = "unchanged"  # to the last student
    RISING_ALONE = "rising_alone"  # no gap is named in the measure
    TOO_FEW = "too_few"
    NO_DATA = "no_data"


class Way(StrEnum):
    """Where a figure stands beside the line from its baseline to its target."""

    REACHED = "reached"
    ON = "on"  # at the line or beyond it
    UNCLEAR = "unclear"  # short of the line, which its interval still holds
    BEHIND = "behind"  # short of the line by more than chance
    MISSED = "missed"  # the target's year is over, and it was not reached
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of how many; None where it may not be shown or is not there."""

    x: float
    n: float


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """A group and all other students in one year; both are shown, or there is none."""

    group: Counts
    others: Counts


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The facts of one year.

    `hidden`: there is a fact, which is too small to show. `version`: of the indicator's
    definition; figures of two versions are never compared.
    """

    year: int
    everyone: Counts | None = None
    groups: Mapping[tuple[str, str], GroupCounts] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str]] = frozenset()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class PromisedGap:
    """A gap that is to close: others minus group in the good direction, in shares."""

    family: str
    group: str
    name: Text
    students: Text  # as a sentence calls them
    baseline: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What was promised: all students from a baseline to a target, and the gaps."""

    key: str
    what: Text  # the indicator's title, or what the measure is called
    place: Text
    good: str  # up | down
    baseline_year: int | None
    baseline: float | None
    target_year: int | None
    target: float | None
    gaps: tuple[PromisedGap, ...] = ()
    version: int | None = None  # of the definition on the day of the promise


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupYear:
    """One group in one year beside the baseline year."""

    gap: PromisedGap
    label: Label
    certainty: Certainty
    share: Estimate
    others: Estimate
    difference: Estimate  # the gap in the good direction: positive when behind
    narrowing: Estimate  # since the baseline: positive when the gap became smaller
    share_change: Estimate  # the group's own, positive when better
    others_change: Estimate
    due: float | None  # where the line to the target stands
    way: Way
    reversed: bool = False  # the group now does better than the others


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReading:
    """A year after the baseline, read against it."""

    year: int
    label: Label
    certainty: Certainty
    share: Estimate  # all students
    change: Estimate  # since the baseline, positive when better
    due: float | None
    way: Way
    groups: tuple[GroupYear, ...] = ()
    sentence: Text

    def group(self, family: str, group: str) -> GroupYear | None:
        """One group's part of the year."""
        for one in self.groups:
            if (one.gap.family, one.gap.group) == (family, group):
                return one
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStory:
    """The numbers of a year's sentence.

    `told` is the group that tells the measure; `comparable`: both years are counted by
    one version of the rule.
    """

    promise: Promise
    before: YearFacts
    after: YearFacts
    label: Label
    certainty: Certainty
    way: Way
    due: float | None
    groups: tuple[GroupYear, ...]
    told: GroupYear | None
    comparable: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the target's year may bring if all goes on as it went.

    `gap` is None for all students. `meets`: whether the target lies in the interval or
    on the near side of it; None where the forecast cannot be said. `likely`: whether
    the forecast's own value reaches it.
    """

    gap: PromisedGap | None
    year: int
    estimate: Estimate
    meets: bool | None
    likely: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReading:
    """A measure of a plan, read: what LIFE, the public site and documents show.

    `table` is ready to print: its first row are heads, then the baseline, each year and
    the target; every cell in both languages. `points` are all years known, also those
    before the baseline, for the chart: all students, then each gap.
    """

    promise: Promise
    label: Label
    certainty: Certainty
    sentence: Text
    years: tuple[YearReading, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    red_light: tuple[Text, ...] = ()  # why it is on; empty: it is not
    red_codes: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    table: tuple[tuple[Text, ...], ...] = ()
    axis: tuple[int, ...] = ()
    points: tuple[tuple[Estimate, ...], ...] = ()

    @property
    def key(self) -> str:
        """The measure's key."""
        return self.promise.key

    @property
    def latest(self) -> YearReading | None:
        """The latest year that was read."""
        return self.years[-1] if self.years else None

    @property
    def red(self) -> bool:
        """Whether a written response is due."""
        return bool(self.red_light)

    @property
    def has_data(self) -> bool:
        """Whether there is any year to read."""
        return self.label is not Label.NO_DATA
