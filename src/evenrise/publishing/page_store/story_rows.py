"""Findings, sections and notes of a review as rows, with their pictures drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evenrise.findings.as_json import as_json
from evenrise.findings.finding import Certainty, Finding, Kind, Review, Section
from evenrise.findings.pictures import Picture
from evenrise.publishing import numbers
from evenrise.publishing.languages import Words
from evenrise.publishing.lineage import places
from evenrise.publishing.page_store.drawing import svg
from evenrise.publishing.page_store.stories import dumps, finding_json, section_json
from evenrise.publishing.page_store.story_reading import section_owner
from evenrise.publishing.page_store.writing import Pen, pair
from evenrise.publishing.prose import first_things, method_notes, shared_caveats
from evenrise.publishing.story import FindingStory, Pair, SectionStory
from evenrise.publishing.telling import Teller, anchor
from evenrise.vocabulary.progress import Progress
from evenrise.vocabulary.text import LANGUAGES, Language, Text


@dataclass(slots=True)
class Drawing:
    """Pictures by owner, language and width, drawn as they come."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, owner: str, ident: str, pictures: Mapping[Language, Picture]) -> None:
        """Draw a picture in each language, wide and narrow."""
        for language, picture in pictures.items():
            for width in ("wide", "narrow"):
                drawn = svg(
                    picture,
                    language,
                    narrow=width == "narrow",
                    ident=f"{ident}-{width[0]}",
                )
                self.rows.append((owner, language, width, drawn))


def write_stories(pen: Pen, review: Review, progress: Progress) -> None:
    """Tell every finding and section in both languages, and draw their pictures."""
    found = places(review)
    tellers = {
        language: Teller(Words(language), found, numbers.day(review.as_of, language))
        for language in LANGUAGES
    }
    shared = shared_caveats(review)
    drawing = Drawing()
    pen.fill("finding", _findings(review, tellers, shared, drawing, progress), 9)
    pen.fill("section", _sections(review, tellers, shared, drawing), 3)
    pen.fill("picture", drawing.rows, 4)
    pen.meta(**_notes(review, shared))


def _findings(
    review: Review,
    tellers: Mapping[Language, Teller],
    shared: Sequence[Text],
    drawing: Drawing,
    progress: Progress,
) -> Iterator[tuple[Any, ...]]:
    main = {one.key for one in review.main}
    asked = {one.key for one in review.questions}
    seen: set[str] = set()
    for place, one in enumerate(review.findings):
        if one.key in seen:
            continue
        seen.add(one.key)
        if place % 50 == 0:
            progress.step("pages", place, len(review.findings))
        told = {
            language: teller.finding(one, shared)
            for language, teller in tellers.items()
        }
        drawing.add(one.key, anchor(one.key), _pictures(told))
        yield (
            place,
            one.key,
            str(one.kind),
            one.indicator,
            one.organization_id,
            int(one.key in asked),
            dumps(_line(one, in_main=one.key in main)),
            dumps({lang: finding_json(story) for lang, story in told.items()}),
            dumps(as_json([one])[0]),
        )


def _pictures(
    told: Mapping[Language, FindingStory] | Mapping[Language, SectionStory],
) -> dict[Language, Picture]:
    return {
        language: story.picture
        for language, story in told.items()
        if story.picture is not None
    }


def _line(one: Finding, *, in_main: bool) -> dict[str, Any]:
    return {
        "key": one.key,
        "anchor": anchor(one.key),
        "kind": str(one.kind),
        "indicator": one.indicator,
        "school_year": one.school_year,
        "organization_id": one.organization_id,
        "organization_name": one.organization_name,
        "group_family": one.group_family,
        "group": one.group,
        "certainty": str(one.certainty),
        "students": one.students,
        "headline": pair(one.headline),
        "sentence": pair(one.sentence),
        "short": pair(one.short),
        "good_news": bool(one.details.get("good_news")),
        "in_main": in_main,
    }


def _sections(
    review: Review,
    tellers: Mapping[Language, Teller],
    shared: Sequence[Text],
    drawing: Drawing,
) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(review.sections):
        told = {
            language: teller.section(one, (), shared)
            for language, teller in tellers.items()
        }
        owner = section_owner(one.indicator)
        drawing.add(owner, anchor(f"about-{one.indicator}"), _pictures(told))
        parts = {
            "title": pair(one.title),
            "question": pair(one.question),
            "answer": pair(one.answer),
            "definition": pair(one.definition),
            "school_year": one.school_year,
            "findings": [finding.key for finding in one.findings],
            "told": {lang: section_json(story) for lang, story in told.items()},
        }
        yield place, one.indicator, dumps(parts)


def _notes(review: Review, shared: Sequence[Text]) -> dict[str, Any]:
    english, spanish = Words("en"), Words("es")
    return {
        "title": pair(review.title),
        "summary": [pair(text) for text in review.summary],
        "main": [one.key for one in review.main],
        "first": _pairs(
            first_things(review, shared, english), first_things(review, shared, spanish)
        ),
        "method": _pairs(method_notes(review, english), method_notes(review, spanish)),
        "not_said": [[str(one.kind), pair(one.reason)] for one in review.not_run],
        "sources": [
            [one.file, pair(one.what), one.rows, one.sha256] for one in review.sources
        ],
    }


def _pairs(english: Sequence[Pair], spanish: Sequence[Pair]) -> list[Any]:
    return [
        [[one.term, other.term], [one.words, other.words]]
        for one, other in zip(english, spanish, strict=True)
    ]


def largest_gap(section: Section) -> str | None:
    """The clear gap of the district that concerns most students, by its key."""
    for one in section.findings:  # in reading order: certainty, then students
        if (
            one.kind is Kind.GAP
            and one.details.get("level") == "district"
            and one.certainty is Certainty.DIFFERENT
        ):
            return one.key
    return None
