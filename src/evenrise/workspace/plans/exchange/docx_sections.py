"""The rungs of a document as sections: a heading, and what stands below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evenrise.workspace.plans.exchange import docx_layout as layout
from evenrise.workspace.plans.exchange.columns import COLUMNS
from evenrise.workspace.plans.exchange.docx_paragraphs import Paragraph, Table
from evenrise.workspace.plans.exchange.words import both, plain


_HEADINGS = {name.lower(): told[:2] for name, told in layout.HEADINGS.items()}
_BUILT_IN = {
    "heading 1": ("priority", 1),
    "heading 2": ("goal", 1),
    "heading 3": ("strategy", 1),
    "heading 4": ("step", 1),
    "heading 5": ("step", 2),
    "heading 6": ("step", 3),
}
_FIELDS = {style.lower(): name for name, style in layout.FIELDS.items()}
_HEAD = {
    layout.TITLE.lower(): "title",
    "title": "title",
    layout.TITLE_ES.lower(): "title_es",
    layout.TEXT.lower(): "text_en",
    layout.TEXT_ES.lower(): "text_es",
}
_ASIDE = frozenset(one.lower() for one in (layout.LABEL, layout.EVIDENCE))
_DETAIL_NAMES = {
    plain(word): name
    for name in layout.DETAILS
    for heading in (COLUMNS["rung"][name].heading,)
    for word in (heading.en, heading.es, both(heading))
}


@dataclass(slots=True)
class Section:
    """A rung as the document shows it: its heading and what stands below."""

    kind: str = ""
    depth: int = 1
    title: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)  # on the heading
    hints: set[str] = field(default_factory=set)  # on the number above it
    texts: dict[str, list[str]] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """One of its texts."""
        return "\n".join(self.texts.get(name, ()))


def sections_of(
    parts: Sequence[Paragraph | Table],
) -> tuple[dict[str, list[str]], list[Section]]:
    """The plan's own texts by field, and its rungs in the order of the document."""
    head: dict[str, list[str]] = {}
    sections: list[Section] = []
    for one in parts:
        if isinstance(one, Paragraph):
            _take_paragraph(one, head, sections)
        elif sections:
            _take_table(one, sections[-1])
    return head, [one for one in sections if one.kind]


def _take_paragraph(
    one: Paragraph, head: dict[str, list[str]], sections: list[Section]
) -> None:
    kind = _HEADINGS.get(one.style) or _BUILT_IN.get(one.style)
    if one.style == layout.NUMBER.lower():
        sections.append(Section(hints={m[:-1] for m in one.bookmarks}))
    elif kind is not None:
        _take_heading(one, kind, sections)
    elif one.style in _ASIDE or one.style.startswith("toc"):
        return
    elif one.style in _HEAD and (not sections or one.style != "title"):
        head.setdefault(_HEAD[one.style], []).append(one.text)
    elif one.text.strip() or one.style in _FIELDS:
        name = _FIELDS.get(one.style, "text_en")
        texts = sections[-1].texts if sections else head
        texts.setdefault(name, []).append(one.text)


def _take_heading(
    one: Paragraph, kind: tuple[str, int], sections: list[Section]
) -> None:
    if not sections or sections[-1].kind:
        sections.append(Section())
    section = sections[-1]
    section.kind, section.depth = kind
    section.title.append(one.text)
    section.marks |= {mark[:-1] for mark in one.bookmarks}


def _take_table(table: Table, section: Section) -> None:
    named = {
        name: row[1]
        for row in table.rows
        if len(row) == 2 and (name := _DETAIL_NAMES.get(plain(row[0])))
    }
    if named:
        section.details |= named
    else:
        section.tables.append(table.rows)
