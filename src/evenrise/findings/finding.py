"""A finding: a sentence with its evidence and caveats; and a review of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from evenrise.findings.pictures import Picture
from evenrise.vocabulary.estimates import Estimate
from evenrise.vocabulary.organizations import Organization
from evenrise.vocabulary.text import Text


if TYPE_CHECKING:  # its arrays are heavy; whoever makes a review loads them anyway
    from evenrise.statistics.small_numbers import ProtectedTable


class Kind(StrEnum):
    """What a finding is about."""

    GAP = "gap"
    CHANGE = "change"
    SCHOOL = "school"
    ALIKE_STUDENTS = "alike_students"
    INTERSECTION = "intersection"
    BRIGHT_SPOT = "bright_spot"
    DATA_QUALITY = "data_quality"
    ENVIRONMENT = "environment"
    ACCESS = "access"


class Certainty(StrEnum):
    """How sure the numbers let us be; the only words a finding may use."""

    DIFFERENT = "different"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the table behind a finding; leads to its facts.

    `reference_to` names the fact: indicator, year, level, organization, family, group.
    """

    label: Text
    numerator: float | None
    denominator: float | None
    estimate: Estimate
    school_year: int
    bound: Text | None = None
    reference_to: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a reviewer would say, with everything that lets a reader check it.

    `students` is how many students it concerns (for a gap: how many more would have
    had the good outcome at the reference's rate). `headline` is a short title,
    `sentence` the whole statement, `next_step` what a district could do with it.
    """

    key: str
    kind: Kind
    indicator: str | None
    school_year: int | None
    organization_id: str
    organization_name: str
    group_family: str | None = None
    group: str | None = None
    reference: str | None = None
    estimate: Estimate | None = None
    ratio: Estimate | None = None
    students: int | None = None
    certainty: Certainty = Certainty.UNCLEAR
    adjusted_p: float | None = None
    headline: Text
    sentence: Text
    short: Text | None = None  # one sentence, for a summary or a slide
    next_step: Text | None = None
    caveats: tuple[Text, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class NotRun:
    """A kind of finding that these inputs cannot give, and why, said plainly."""

    kind: Kind
    reason: Text


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the review, answered: an indicator's findings together.

    `answer` is the one-sentence answer that stands under the question; `picture` and
    `evidence` show the latest year for all groups, whether or not a gap was found.
    """

    indicator: str
    title: Text
    question: Text
    answer: Text
    definition: Text
    authority: str
    definition_version: int
    school_year: int
    picture: Picture | None
    evidence: tuple[EvidenceRow, ...]
    findings: tuple[Finding, ...]
    sources: tuple[str, ...] = ()
    context: tuple[EvidenceRow, ...] = ()  # the state, districts like this one
    context_note: Text | None = None  # how those districts were chosen
    caveats: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A file that a review stands on, as a reader would cite it."""

    file: str
    what: Text
    rows: int | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything that is published about one district, in the order it is read.

    `summary` is the answer in three to five sentences. `main` holds at most eight
    findings of several kinds; `findings` holds all of them, ordered by certainty and
    by the students concerned; `questions` are questions about the files, whose facts
    are set aside from every other finding.
    """

    district: Organization
    as_of: dt.date
    years: tuple[int, ...]
    title: Text
    summary: tuple[Text, ...]
    main: tuple[Finding, ...]
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    schools: tuple[Organization, ...]
    facts: ProtectedTable
    sources: tuple[SourceNote, ...] = ()
    snapshot: str | None = None
