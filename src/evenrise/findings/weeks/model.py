"""The values that a reading of weeks is made of and results in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from evenrise.statistics.process_control import Chart
from evenrise.vocabulary.text import Text


class Nature(StrEnum):
    """What a week's count is."""

    SHARE = "share"  # so many of so many
    EVENTS = "events"  # how often it happened, by exposure where it is told
    VALUE = "value"  # one measured value


@dataclass(frozen=True, slots=True)
class Week:
    """One week: `count` of `size`; its Monday; why it is left out, if it is."""

    on: dt.date
    count: float | None
    size: float | None = None
    left_out: Text | None = None

    @property
    def value(self) -> float | None:
        """The share, the rate or the value; None where nothing can be divided."""
        if self.count is None or self.size == 0:
            return None
        return self.count if self.size is None else self.count / self.size


@dataclass(frozen=True, slots=True)
class Series:
    """The weeks of all students (`group` blank), or of one group."""

    group: str
    name: Text  # as a table calls it
    students: Text  # as a sentence calls them
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Anew:
    """Limits made anew from a week on, by a person and with a reason."""

    on: dt.date
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What is watched, and what was promised of it.

    `good` is 1 when up is good, -1 when down is, 0 when neither. `chart` was chosen by
    a person; None lets the numbers decide. `predicted` and `target` are shares for a
    share, and else in the measure's own unit.
    """

    what: Text
    nature: Nature
    good: int = 1
    unit: Text | None = None
    chart: Chart | None = None
    change_on: dt.date | None = None
    phases: tuple[Anew, ...] = ()
    predicted: float | None = None
    target: float | None = None


class Why(StrEnum):
    """Which rule makes weeks unusual."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    CROSSINGS = "crossings"


class Verdict(StrEnum):
    """The usual ups and downs, or a signal; and since when."""

    NOTHING = "nothing"
    TOO_EARLY = "too_early"
    USUAL = "usual"
    BEFORE = "before"  # unusual weeks before the change only
    BETTER = "better"
    WORSE = "worse"
    SIGNAL = "signal"  # neither way is good
    BOTH_WAYS = "both_ways"


@dataclass(frozen=True, slots=True)
class Point:
    """One week as a chart shows it.

    `up` tells on which side or which way an unusual week lies. `part` counts phases
    from 0; `since` is true from the week of the change on.
    """

    week: Week
    value: float | None
    center: float | None = None
    lower: float | None = None
    upper: float | None = None
    part: int = 0
    since: bool = False
    why: Why | None = None
    up: bool = False


@dataclass(frozen=True, slots=True)
class Average:
    """What several weeks come to together: counts pooled, or values' mean."""

    count: float
    size: float | None
    weeks: int

    @property
    def value(self) -> float:
        """The share, the rate or the mean."""
        return self.count / self.weeks if self.size is None else self.count / self.size


@dataclass(frozen=True, slots=True)
class Told:
    """The unusual weeks that a sentence is about.

    `weeks` of them, `since` of these from the week of the change on.
    """

    why: Why
    up: bool
    weeks: int
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesReading:
    """The weeks of all students or of one group, read."""

    series: Series
    chart: Chart
    points: tuple[Point, ...]
    verdict: Verdict
    told: Told | None
    sentence: Text
    counted: int  # weeks that are judged
    since: int  # of these, since the change
    frozen: bool  # the middle stands on the weeks before the change
    before_change: Average | None = None
    since_change: Average | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksReading:
    """A measure's weeks: each series, all together, and what was predicted."""

    measured: Measured
    series: tuple[SeriesReading, ...]
    together: Text | None = None
    beside_prediction: Text | None = None
    assurance: Text | None = None
    notes: tuple[Text, ...] = field(default=())

    @property
    def everyone(self) -> SeriesReading | None:
        """All students' series, or the first where none is."""
        for one in self.series:
            if not one.series.group:
                return one
        return self.series[0] if self.series else None
