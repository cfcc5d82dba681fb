"""The numbers of a sentence, once, for both languages to tell.

A story holds no words but names; the twins `en.py` and `es.py` find the words. So the
numbers of the two sentences are the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.findings.finding import Certainty
from evenrise.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Who:
    """The district or school that a sentence is about; a district speaks as one."""

    name: str
    is_district: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of so many students: x of n."""

    x: float
    n: float

    @property
    def share(self) -> float:
        """The rate, from 0 to 1."""
        return self.x / self.n


@dataclass(frozen=True, slots=True)
class Measured:
    """How an indicator is spoken of when the deeds do not know its key."""

    key: str
    good: str  # up | down
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class GapStory:
    """A group beside all other students, in one organization and year.

    `concerned` is how many more would have had the good outcome at the others' rate;
    `years_same` of the `years_known` years show the gap in the same direction.
    """

    what: Measured
    who: Who
    year: int
    students: Text
    group: Counted
    others: Counted
    concerned: int
    certainty: Certainty
    years_same: int = 1
    years_known: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStory:
    """How a group and all other students moved between two years.

    `narrowing` is in shares, positive when the gap became smaller. `better` says
    which of the two the district served better at the start: `group` or `others`.
    """

    what: Measured
    who: Who
    years: tuple[int, int]
    students: Text
    group: tuple[Counted, Counted]
    others: tuple[Counted, Counted]
    label: str
    narrowing: float
    better: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendStory:
    """How all students' rate moved between two years."""

    what: Measured
    who: Who
    years: tuple[int, int]
    before: Counted
    after: Counted
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolStory:
    """A school that stands out from the schools it is compared with.

    `center` is their rate together, `schools` their number; `good` whether it stands
    out to its students' advantage.
    """

    what: Measured
    who: Who
    year: int
    school: Counted
    center: float
    center_n: float
    schools: int
    kind: str  # elementary | middle | high | all
    good: bool
    students: Text | None = None  # a group, or everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysStory:
    """A school's mean of days beside the other schools'.

    `held` whether the year before said the same; `good` whether it is to the
    students' advantage.
    """

    what: Measured
    who: Who
    year: int
    days: float
    students: float
    others: float
    other_students: float
    schools: int
    good: bool
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStory:
    """Students of two groups at once beside all other students."""

    what: Measured
    who: Who
    year: int
    students: Text
    pair: Counted
    others: Counted
    concerned: int
    beyond: str  # sum | more | less: than the two groups' own rates add up to
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStory:
    """The district beside districts like it, and the state.

    `districts` is 0 where `state` is the state's own figure, or the number of the
    districts in the file whose sum it is.
    """

    what: Measured
    who: Who
    year: int
    district: Counted
    peers: Counted | None
    peers_number: int
    state: Counted | None
    districts: int = 0
