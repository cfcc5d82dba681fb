"""The numbers of sentences that need single students' records, once for both twins."""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences.stories import Counted, Measured, Who
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeStory:
    """Alike students at the two schools furthest apart.

    `model` and `matched` are in the favour of students at `first`, in standard
    deviations of students (`scores`) or in shares. `coverage` is the share of each
    school's students who have students just like them at the other. `prior` says
    whether earlier results are among what is alike.
    """

    what: Measured
    year: int
    first: str
    second: str
    scores: bool
    prior: bool
    model: Estimate
    matched: Estimate
    coverage: tuple[float, float]
    schools: int
    too_few: int
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class BrightStory:
    """A school that does well by a group and by everybody else, to visit.

    `years` of the `known` years show it. The effects are of the year `told`, the latest
    of these that may be shown, in the favour of its students, in standard deviations
    (`scores`) or in shares: of all students, and of the group and the others; None
    where they may not be told.
    """

    what: Measured
    who: Who
    years: tuple[int, ...]
    known: int
    scores: bool
    prior: bool
    students: Text
    told: int
    whole: Estimate | None
    kinds: tuple[Estimate, Estimate] | None
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumStory:
    """Students of three groups at once, beside what the three gaps add up to.

    `rate` and `sum_rate` are the model's, from 0 to 1; `about` is the number of
    students, rounded to ten.
    """

    what: Measured
    who: Who
    year: int
    students: Text
    about: int
    rate: float
    sum_rate: float
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStory:
    """Students of two groups at once, beside what the two gaps add up to."""

    what: Measured
    who: Who
    year: int
    students: Text
    pair: Counted
    sum_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsStory:
    """A gap in three parts that sum to it, all in the direction of the gap."""

    what: Measured
    who: Who
    year: int
    students: Text
    gap: float
    inside: float
    between: float
    either: float
    n: float
