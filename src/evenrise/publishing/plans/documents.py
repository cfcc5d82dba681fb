"""A plan as a PDF that a screen reader can read (PDF/UA-1): whole, or on one page."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from evenrise.publishing.charts.frame import Frame
from evenrise.publishing.charts.promise_line import draw_promise_line
from evenrise.publishing.documents.document import STANDARDS
from evenrise.publishing.documents.letters import with_boxes
from evenrise.publishing.documents.streams import settle_streams
from evenrise.publishing.plans.model import MeasureStory, PlanStory, RungStory, Table
from evenrise.publishing.plans.words import cut, words_in


TEMPLATE = Path(__file__).parent / "plan.typ"
_GOALS_ON_A_PAGE = 9
_LETTERS_ON_A_PAGE = 110  # of a goal's title
_SENTENCES_ON_A_PAGE = 6
_NARROWEST, _WIDEST = 11, 45  # letters of a column that shares a page


def report(story: PlanStory) -> bytes:
    """The whole plan: goals, measures with pictures, what was said, state tables."""
    return _set(story, one_page=False)


def summary(story: PlanStory) -> bytes:
    """One page: where the plan stands, and each goal in a line."""
    return _set(story, one_page=True)


def _set(story: PlanStory, *, one_page: bool) -> bytes:
    import fontpkg_noto_sans  # noqa: PLC0415 - half of a command's start-up
    import typst  # noqa: PLC0415 - the same

    moment = dt.datetime.combine(story.day, dt.time(), dt.UTC)

    def set_document(told: str) -> bytes:
        pdf: bytes = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[str(fontpkg_noto_sans.ROOT)],
            ignore_system_fonts=True,
            sys_inputs={"story": told},
            pdf_standards=[*STANDARDS],
            timestamp=int(moment.timestamp()),
        )
        return pdf

    content = json.dumps(_plain(story, one_page=one_page), ensure_ascii=False)
    return settle_streams(with_boxes(set_document, content))


def _plain(story: PlanStory, *, one_page: bool) -> dict[str, Any]:
    """The story as lists and dictionaries; pictures become SVG for paper."""
    values = [one for one in story.rungs if one.kind == "value"]
    ladder = [one for one in story.rungs if one.kind != "value"]
    words = words_in(story.language)
    return {
        **asdict(replace(story, rungs=())),
        "day": [story.day.year, story.day.month, story.day.day],
        "one_page": one_page,
        "words": words,
        "values": [asdict(one) for one in values],
        "rungs": [] if one_page else [_rung(one, story) for one in ladder],
        "goals": _glance(story, words, one_page=one_page),
        "sentences": _sentences(story),
        "tables": [{**asdict(one), "widths": _widths(one)} for one in story.tables],
        "starred": any(one.starred for one in story.rungs),
        "said_line": f"{words['said']}: {len(story.said)}." if story.said else "",
    }


def _glance(
    story: PlanStory, words: dict[str, str], *, one_page: bool
) -> list[list[str]]:
    """Each goal in a line: its name and title, its steps, what its measures say."""
    shown = story.goals[:_GOALS_ON_A_PAGE] if one_page else story.goals
    rows = [
        [
            _short(f"{one.name} {one.title.text}", one_page=one_page),
            one.progress,
            "; ".join(dict.fromkeys(x.label for x in one.measures))
            or words["no_measure"],
        ]
        for one in shown
    ]
    left = len(story.goals) - len(shown)
    if left:
        rows.append([words["more"].format(n=left), "", ""])
    return rows


def _sentences(story: PlanStory) -> list[str]:
    """What a measure of each goal says, one with figures first; as a page holds."""
    said = [
        f"{one.name}. {max(one.measures, key=lambda x: bool(x.pictures)).short}"
        for one in story.goals
        if one.measures
    ]
    return said[:_SENTENCES_ON_A_PAGE]


def _widths(table: Table) -> list[int]:
    """How the columns share a page: by their longest cell, within reason."""
    columns = zip(table.heads, *table.rows, strict=True)
    return [
        min(_WIDEST, max(_NARROWEST, *(len(cell) for cell in cells), 0))
        for cells in columns
    ]


def _short(title: str, *, one_page: bool) -> str:
    return cut(title, _LETTERS_ON_A_PAGE) if one_page else title


def _rung(one: RungStory, story: PlanStory) -> dict[str, Any]:
    plain = asdict(replace(one, measures=()))
    plain["measures"] = [_measure(x, story) for x in one.measures]
    return plain


def _measure(one: MeasureStory, story: PlanStory) -> dict[str, Any]:
    plain = asdict(replace(one, pictures=()))
    frame = Frame(story.language, medium="paper")
    plain["pictures"] = [
        {
            "title": line.title[story.language],
            "words": line.alternative[story.language],
            "svg": draw_promise_line(line, frame),
        }
        for line in one.pictures
    ]
    return plain
