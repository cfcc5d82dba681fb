"""A story as a PDF that a screen reader can read (PDF/UA-1) and an archive can keep.

Typst sets it from a template; words, numbers and pictures go in as one JSON text, so
nothing has to be escaped. Only the font of the wheel is used: the same document on
every machine.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from evenrise.findings.pictures import Picture
from evenrise.publishing.charts.drawing import draw
from evenrise.publishing.documents.letters import with_boxes
from evenrise.publishing.documents.streams import settle_streams
from evenrise.publishing.languages import Words
from evenrise.publishing.story import FindingStory, Story


TEMPLATE = Path(__file__).parent / "report.typ"
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
_PICTURES = get_args(Picture)
_HEIGHT = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')
PAGE = 640.0  # points of text that a page holds
ROW = 16.5  # points of a table's row
POINTS_A_UNIT = 0.57  # of a picture 720 units wide


def write_document(story: Story, words: Words, day: dt.date, path: Path) -> None:
    """Set the story and write it as a PDF.

    Args:
        story: the review in the words' language.
        words: the interface's words.
        day: the day the review stands for; the document's date.
        path: the file to write.
    """
    import fontpkg_noto_sans  # noqa: PLC0415 - half of the review's start-up
    import typst  # noqa: PLC0415 - the same

    content = {**_plain(story, words), "words": _labels(story, words)}
    content["day"] = [day.year, day.month, day.day]

    def set_document(told: str) -> bytes:
        pdf: bytes = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(fontpkg_noto_sans.ROOT)],
            ignore_system_fonts=True,
            sys_inputs={"story": told},
            pdf_standards=[*STANDARDS],
            timestamp=int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()),
        )
        return pdf

    pdf = with_boxes(set_document, json.dumps(content, ensure_ascii=False))
    path.write_bytes(settle_streams(pdf))


def _plain(thing: Any, words: Words) -> Any:
    """A story as lists and dictionaries; pictures become SVG for paper."""
    if isinstance(thing, _PICTURES):
        return draw(thing, words.language, medium="paper")
    if is_dataclass(thing) and not isinstance(thing, type):
        plain = {
            field.name: _plain(getattr(thing, field.name), words)
            for field in fields(thing)
        }
        picture = getattr(thing, "picture", None)
        if picture is not None:
            plain["picture_words"] = words.pick(picture.alternative)
        if isinstance(thing, FindingStory):
            plain["fits_a_page"] = _height(thing, plain["picture"]) < PAGE
        return plain
    if isinstance(thing, tuple):
        return [_plain(part, words) for part in thing]
    return thing


def _height(one: FindingStory, picture: str | None) -> float:
    """About how tall a finding is in points; only to keep it on one page."""
    tall = 170.0 + 34.0 * len(one.caveats)
    if picture is not None:
        found = _HEIGHT.search(picture)
        tall += 40 + (float(found[1]) * POINTS_A_UNIT if found else 0)
    return tall + (ROW * (1 + len(one.table.rows)) if one.table else 0)


def _labels(story: Story, words: Words) -> dict[str, str]:
    say = words.say
    several = " " in story.years
    return {
        "kind": say("Equity review"),
        "years": (
            say("School years {years}", years=story.years)
            if several
            else say("School year {years}", years=story.years)
        ),
        "made": say("Made with Evenrise, open source, on {day}.", day=story.as_of),
        "contents": say("Contents"),
        "main": say("Main findings"),
        "nothing": say(
            "These records show no difference that is both clear and large enough to"
            " report. That is not a proof that there is none: the pictures below show"
            " every group with its interval."
        ),
        "sections": say("Question by question"),
        "stands_out": say("What these numbers say"),
        "more": say("Further comparisons on the page and in findings.json: {count}."),
        "schools": say("Schools"),
        "schools_note": say(
            "In alphabetical order. Schools are not ranked: they serve different"
            " students, and small schools vary most by chance."
        ),
        "schools_none": say("Nothing stands out in these records."),
        "questions": say("Questions about the data"),
        "questions_note": say(
            "These numbers look wrong or cannot be read safely. They are set aside from"
            " every finding until somebody who knows the records answers."
        ),
        "not_said": say("What could not be said, and why"),
        "method": say("How the numbers were worked out"),
        "sources": say("Sources, and how to follow a number"),
        "source": say("Source: {files}"),
        "rule": say("Rule: {rule}."),
        "gap": say("Gap: {difference}"),
        "next": say("What a district could do next."),
    }
