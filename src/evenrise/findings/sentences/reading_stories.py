"""The numbers of sentences on how a figure is to be read, once for both twins."""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.findings.finding import Certainty
from evenrise.findings.sentences.stories import Counted, Measured, Who
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledStory:
    """A change of all students' rate, in two parts that sum to it.

    `students` is the group whose share of all students moved most, `enrolled` its
    students of all, in both years. `against` says that the groups' own rates together
    moved against the whole, `every` that each of them did or stood still.
    """

    what: Measured
    who: Who
    years: tuple[int, int]
    before: Counted
    after: Counted
    family: Text
    students: Text
    enrolled: tuple[Counted, Counted]
    part_enrolled: float
    part_own: float
    against: bool
    every: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AllScoresStory:
    """A gap between two years, over the line and by all scores.

    `v` is the gap by all scores in both years, positive where the group is behind.
    `line` and `scores` say what each of the two did: narrowed, widened or held.
    """

    what: Measured
    who: Who
    years: tuple[int, int]
    students: Text
    group: tuple[Counted, Counted]
    others: tuple[Counted, Counted]
    v: tuple[Estimate, Estimate]
    line: str
    scores: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresNoteStory:
    """The gap by all scores beside a gap at the standard.

    `v` is positive where the group is behind; `first` the first year and its V, where
    it may be told. `said` is same, unclear or other than the gap at the standard.
    """

    students: Text
    year: int
    v: Estimate
    first: tuple[int, Estimate] | None
    said: str
