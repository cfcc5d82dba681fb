"""What a page store answers: frozen, typed, ready for a page, and safe to show.

Everything was protected before it was stored. A hidden number is not here at all: its
fact has no counts and no value, an estimate with a reason, and at most a bound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evenrise.findings.desk import OTHERS
from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing.story import FindingStory, SectionStory
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.facts import Origin, Status
from evenrise.vocabulary.organizations import Organization
from evenrise.vocabulary.text import Language, Text


CERTAINTIES = tuple(Certainty)  # stored as their places


@dataclass(frozen=True, slots=True)
class Gap:
    """A group beside all other students of the same organization and year.

    `difference` is group minus others, in shares. `students` is how many more (or,
    when `behind` is false, fewer) of the group would have had the good outcome at the
    others' rate. `mirrored`: the same gap seen from "everybody else".
    """

    reference: Text
    other_numerator: float
    other_denominator: float
    difference: Estimate
    behind: bool
    students: int
    certainty: Certainty
    adjusted_p: float | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One fact as a page shows it.

    `estimate` always answers: a value with its interval and n, or the reason why there
    is none; `bound` is what may still be said of a hidden rate ("5% or less").
    `in_question`: a question about the data hangs over it, so it is not told as a
    fact. `fact_id` leads to `PageStore.trace`.
    """

    fact_id: int
    indicator: str
    school_year: int
    organization: Organization
    group_family: str
    group: str
    label: Text
    numerator: float | None
    denominator: float | None
    estimate: Estimate
    bound: Text | None
    status: Status
    hidden_because: str | None
    in_question: bool
    gap_parts: tuple[Any, ...] | None = field(default=None, repr=False)

    @property
    def gap(self) -> Gap | None:
        """The group beside all other students, where both are shown.

        Made when it is asked for: a page of 900 schools shows few of them.
        """
        if self.gap_parts is None:
            return None
        x, n, difference, low, high, concerned, certainty, p, mirrored = self.gap_parts
        own = int(self.denominator or 0)
        return Gap(
            reference=OTHERS,
            other_numerator=x,
            other_denominator=n,
            difference=Estimate(difference, low, high, own),
            behind=concerned > 0,
            students=min(int(abs(concerned) + 0.5), own),
            certainty=CERTAINTIES[certainty],
            adjusted_p=p,
            mirrored=bool(mirrored),
        )


@dataclass(frozen=True, slots=True)
class GroupShare:
    """How many of an organization's students belong to a group, and which share."""

    group_family: str
    group: str
    label: Text
    students: int | None
    share: float | None  # None where the count is hidden or not known

    @property
    def hidden(self) -> bool:
        """Whether there is no number to show."""
        return self.share is None


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school (or the district) and who its students are.

    `kind` is elementary | middle | high | k8 | k12 | other; None where nothing tells.
    `counted_in` names the indicator and school year whose facts count the students.
    """

    organization: Organization
    kind: str | None
    students: int | None
    shares: tuple[GroupShare, ...]
    counted_in: tuple[str, int] | None

    def share(self, family: str, group: str) -> GroupShare | None:
        """The share of one group, if the store tells of it."""
        for one in self.shares:
            if (one.group_family, one.group) == (family, group):
                return one
        return None


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """An indicator as its definition declares it."""

    key: str
    title: Text
    question: Text
    definition: Text
    authority: str
    source: str
    version: int
    unit: str  # share | days | ratio | count
    good: str  # up | down
    counts_students: bool
    computed: bool  # whether student records can give it


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in a list: the district's latest figure and its largest gap.

    `district` is None when the district has no fact of all students; `largest_gap` is
    the key of the clear district gap that concerns most students.
    """

    info: IndicatorInfo
    latest: int
    years: tuple[int, ...]
    district: FactLine | None
    largest_gap: str | None
    answer: Text | None = None

    @property
    def key(self) -> str:
        """The indicator's key."""
        return self.info.key

    @property
    def title(self) -> Text:
        """What it is called."""
        return self.info.title

    @property
    def question(self) -> Text:
        """The question that it answers."""
        return self.info.question


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One year of a line."""

    school_year: int
    fact: FactLine | None  # None: there is no fact of that year
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One group over all the years of the axis; missing years keep their place."""

    organization: Organization
    group_family: str
    group: str
    label: Text
    kind: str  # all | focus | reference | other
    points: tuple[SeriesPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReading:
    """Did both rise? A group and all other students between two years.

    `label` is one of `statistics.gap_change.GapLabel`; `reading` says it in one line,
    `sentence` with the rates; `narrowing` is positive when the gap became smaller.
    `adjusted`: the certainty took account of how many such readings were made (the
    district's); otherwise it rests on this reading's own intervals alone.
    """

    indicator: str
    organization: Organization
    group_family: str
    group: str
    years: tuple[int, int]
    label: str
    levelling_down: bool
    narrowing: Estimate
    gap_before: Estimate
    gap_after: Estimate
    certainty: Certainty
    adjusted: bool
    reading: Text
    sentence: Text
    whole_span: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in a list."""

    key: str
    anchor: str
    kind: Kind
    indicator: str | None
    school_year: int | None
    organization_id: str
    organization_name: str
    group_family: str | None
    group: str | None
    certainty: Certainty
    students: int | None
    headline: Text
    sentence: Text
    short: Text | None
    good_news: bool
    in_main: bool
    place: int  # in the reading order of the review: certainty, then students

    @property
    def clear(self) -> bool:
        """Whether it may be called a clear difference."""
        return self.certainty is Certainty.DIFFERENT


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of both widths in both languages, as SVG."""

    svg: Mapping[tuple[Language, str], str]  # (language, wide | narrow)

    def wide(self, language: Language) -> str:
        """For a screen or a page."""
        return self.svg[language, "wide"]

    def narrow(self, language: Language) -> str:
        """For a telephone."""
        return self.svg[language, "narrow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage:
    """All of a finding: the line, the story in each language, the pictures.

    `told` is what the review's own page prints (sentence, certainty in words, table
    with its source line, caveats, next step); `plain` is the finding in the shape of
    `findings.json`.
    """

    line: FindingLine
    told: Mapping[Language, FindingStory]
    plain: Mapping[str, Any]
    picture: Drawn | None

    @property
    def key(self) -> str:
        """The finding's key."""
        return self.line.key


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One question of the review, its answer and its definition, in each language."""

    indicator: str
    title: Text
    question: Text
    answer: Text
    definition: Text
    school_year: int
    told: Mapping[Language, SectionStory]  # without its findings and pictures
    findings: tuple[str, ...]  # keys, in reading order
    picture: Drawn | None


@dataclass(frozen=True, slots=True)
class NotSaid:
    """A kind of finding that these records cannot give, and why."""

    kind: Kind
    reason: Text


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A file that the pages stand on."""

    file: str
    what: Text | None
    rows: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A term and what is said of it: what to know first, the method."""

    term: Text
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Where a number comes from: its rule, its snapshot, its file and row.

    A published fact names `file` and `row`; a fact computed from student records names
    `files`, those whose tables its indicator reads. `rules` is the path of the rules
    page inside the catalog; `rules_text` is that page (Markdown, English).
    """

    fact: FactLine
    info: IndicatorInfo
    authority: str
    definition_version: int
    origin: Origin
    snapshot: str
    software: str
    as_of: dt.date
    tables: tuple[str, ...]
    file: str | None
    row: int | None
    files: tuple[SourceLine, ...]
    rules: str
    rules_text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LikeSchool:
    """A school whose students are like those of another; never by outcomes.

    `distance` is in standard deviations of schools of the same kind. `in_common` says
    what they share, `differs` what sets them most apart, in words.
    """

    school: SchoolLine
    distance: float
    closeness: Text  # very much like, like, somewhat like
    in_common: tuple[Text, ...]
    differs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LikeRule:
    """How schools like a school were found, to be told beside every list of them."""

    words: Text
    counted_in: tuple[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """Everything about one indicator in one organization and year.

    `groups` are all single groups of the year in the vocabulary's order; `families`
    are the families told of; `everyone` is None when there is no such fact. `changes`
    are the district's readings of the whole span; those of a school take a few
    milliseconds and are asked of `PageStore.changes`.
    """

    info: IndicatorInfo
    organization: Organization
    school_year: int
    years: tuple[int, ...]
    everyone: FactLine | None
    groups: tuple[FactLine, ...]
    families: tuple[str, ...]
    changes: tuple[ChangeReading, ...]
    findings: tuple[FindingLine, ...]
    section: SectionPage | None  # the district's latest year alone
