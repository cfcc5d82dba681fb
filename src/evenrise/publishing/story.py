"""A review told in one language: plain words and formatted numbers, ready to set.

Page, document and slides all set the same story, so a number can never be written in
two ways. Nothing is decided here about looks.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenrise.findings.pictures import Picture
from evenrise.vocabulary.text import Language


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, whether it is a number or hidden, how wide it is."""

    words: str
    kind: str = "words"  # words | number | hidden
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture; the first cell of a row is its heading."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingStory:
    """A finding as a reader meets it."""

    anchor: str
    key: str
    kind: str
    headline: str
    sentence: str
    certainty: str
    certainty_words: str
    students: str | None
    students_words: str
    students_short: str
    difference: str | None
    picture: Picture | None
    picture_title: str
    reading: str
    table: Table | None
    caveats: tuple[str, ...]
    next_step: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStory:
    """One question of the review and its answer."""

    anchor: str
    title: str
    question: str
    answer: str
    definition: str
    rule: str
    year: str
    picture: Picture | None
    picture_title: str
    table: Table | None
    context: Table | None
    context_note: str
    findings: tuple[FindingStory, ...]  # clear ones, the first few
    further: tuple[FindingStory, ...]  # all others: one click away
    in_main: tuple[FindingStory, ...]
    caveats: tuple[str, ...]
    sources: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A term and what is said of it."""

    term: str
    words: str


@dataclass(frozen=True, slots=True)
class SchoolStory:
    """A school and the findings that name it."""

    name: str
    code: str
    findings: tuple[Pair, ...]  # headline and anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole review in one language."""

    language: Language
    title: str
    district: str
    years: str
    as_of: str
    summary: tuple[str, ...]
    first: tuple[Pair, ...]
    main: tuple[FindingStory, ...]
    sections: tuple[SectionStory, ...]
    schools: tuple[SchoolStory, ...]
    questions: tuple[FindingStory, ...]
    asked_above: tuple[Pair, ...]  # questions among the findings: headline, anchor
    not_said: tuple[Pair, ...]
    method: tuple[Pair, ...]
    sources: tuple[Pair, ...]
    follow: tuple[str, ...]
    snapshot: str | None
