"""Look-ups of findings, sections, questions and notes."""

from __future__ import annotations

import json
from typing import Any

from evenrise.findings.finding import Certainty, Kind
from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.model import (
    Drawn,
    FindingLine,
    FindingPage,
    Note,
    NotSaid,
    SectionPage,
    SourceLine,
)
from evenrise.publishing.page_store.stories import finding_story, section_story
from evenrise.publishing.page_store.words import text, text_or_none
from evenrise.vocabulary.text import LANGUAGES


def findings(
    reader: Reader,
    clause: str = "",
    values: tuple[Any, ...] = (),
    part: tuple[int | None, int] = (None, 0),
) -> tuple[FindingLine, ...]:
    """Findings in reading order, or a part of them.

    Args:
        reader: of the store.
        clause: begins with WHERE.
        values: of its marks.
        part: at most so many (None: all), after the first so many.
    """
    most, after = part
    rows = reader.rows(
        f"SELECT place, line FROM finding {clause}"  # noqa: S608 - our own words
        " ORDER BY place LIMIT ? OFFSET ?",
        (*values, -1 if most is None else most, after),
    )
    return tuple(_line(place, told) for place, told in rows)


def _line(place: int, told: str) -> FindingLine:
    parts = json.loads(told)
    parts["kind"] = Kind(parts["kind"])
    parts["certainty"] = Certainty(parts["certainty"])
    parts["headline"] = text(parts["headline"])
    parts["sentence"] = text(parts["sentence"])
    parts["short"] = text_or_none(parts["short"])
    return FindingLine(place=place, **parts)


def finding(reader: Reader, key: str) -> FindingPage | None:
    """All of a finding."""
    row = reader.one(
        "SELECT place, line, told, plain FROM finding WHERE key = ?", (key,)
    )
    if row is None:
        return None
    place, told_line, told, plain = row
    stories = json.loads(told)
    return FindingPage(
        line=_line(place, told_line),
        told={language: finding_story(stories[language]) for language in LANGUAGES},
        plain=json.loads(plain),
        picture=drawn(reader, key),
    )


def drawn(reader: Reader, owner: str) -> Drawn | None:
    """The picture of a finding or a section."""
    rows = reader.rows(
        "SELECT language, width, svg FROM picture WHERE owner = ?", (owner,)
    )
    return Drawn({(lang, width): svg for lang, width, svg in rows}) if rows else None


def section_owner(indicator: str) -> str:
    """The owner of a section's picture."""
    return f"about:{indicator}"


def sections(reader: Reader, indicator: str | None = None) -> tuple[SectionPage, ...]:
    """The sections in reading order, or the one of an indicator."""
    clause = "" if indicator is None else "WHERE indicator = ?"
    rows = reader.rows(
        f"SELECT indicator, told FROM section {clause} ORDER BY place",  # noqa: S608
        () if indicator is None else (indicator,),
    )
    return tuple(_section(reader, key, json.loads(told)) for key, told in rows)


def _section(reader: Reader, key: str, parts: dict[str, Any]) -> SectionPage:
    told = parts["told"]
    return SectionPage(
        indicator=key,
        title=text(parts["title"]),
        question=text(parts["question"]),
        answer=text(parts["answer"]),
        definition=text(parts["definition"]),
        school_year=parts["school_year"],
        told={language: section_story(told[language]) for language in LANGUAGES},
        findings=tuple(parts["findings"]),
        picture=drawn(reader, section_owner(key)),
    )


def sources(meta: dict[str, Any]) -> tuple[SourceLine, ...]:
    """The files that the pages stand on."""
    return tuple(
        SourceLine(file, text_or_none(what), rows, sha256)
        for file, what, rows, sha256 in meta["sources"]
    )


def not_said(meta: dict[str, Any]) -> tuple[NotSaid, ...]:
    """The kinds of findings that could not be made, and why."""
    return tuple(NotSaid(Kind(kind), text(why)) for kind, why in meta["not_said"])


def notes(meta: dict[str, Any], name: str) -> tuple[Note, ...]:
    """What to know first, or the method."""
    return tuple(Note(text(term), text(said)) for term, said in meta[name])
