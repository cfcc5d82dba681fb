"""What a plan looks like as a document: paragraphs and tables, each by its style.

The same layout is written into a DOCX and laid beside what comes back from a word
processor: where a part still reads as it was written, nothing was changed in it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.exchange.cells import told
from evenrise.workspace.plans.exchange.columns import COLUMNS, TABLES
from evenrise.workspace.plans.exchange.words import CODES, SHEETS, both, word_of


TITLE, TITLE_ES, TEXT, TEXT_ES = (
    "Plan Title",
    "Plan Title Spanish",
    "Plan Introduction",
    "Plan Introduction Spanish",
)
NUMBER, LABEL, EVIDENCE = "Plan Number", "Plan Label", "Plan Evidence"
# The styles of a rung's texts, by the field they hold.
FIELDS = {
    "title_es": "Rung Title Spanish",
    "text_en": "Rung Text",
    "text_es": "Rung Text Spanish",
    "theory_en": "Rung Theory",
    "theory_es": "Rung Theory Spanish",
    "done_en": "Rung Done",
    "done_es": "Rung Done Spanish",
}
DETAILS = (
    *("department", "person", "begins_on", "ends_on", "state", "depends"),
    *("serves", "lcff", "contributing", "service"),
)
_DEEPEST = 5  # steps below steps that have a heading of their own
# Heading styles by kind and depth, with the level of outline.
HEADINGS: dict[str, tuple[str, int, int]] = {
    "Heading Value": ("value", 1, 2),
    "Heading Priority": ("priority", 1, 1),
    "Heading Goal": ("goal", 1, 2),
    "Heading Strategy": ("strategy", 1, 3),
    "Heading Step": ("step", 1, 4),
    **{
        f"Heading Step {depth}": ("step", depth, 3 + depth)
        for depth in range(2, _DEEPEST + 1)
    },
}
_RANK = {"priority": 1, "goal": 2, "strategy": 3, "step": 4}
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `key` is a rung's, where the rung begins here."""

    style: str
    text: str
    language: Language = "en"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first row or first column are headings."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    headed: bool = True


Block = Para | Grid


def blocks_of(content: PlanContent) -> Iterator[Block]:
    """The plan from its title to its last rung."""
    yield Para(TITLE, content.title_en or content.title_es)
    if content.title_en and content.title_es:
        yield Para(TITLE_ES, content.title_es, "es")
    yield from _paragraphs(TEXT, content.text_en, "en")
    yield from _paragraphs(TEXT_ES, content.text_es, "es")
    numbers = content.numbers()
    depths = depths_of(content.rungs)
    for rung in content.rungs:
        yield from _rung_blocks(rung, content, numbers, depths[rung.key])


def _rung_blocks(
    rung: RungContent,
    content: PlanContent,
    numbers: Mapping[str, str],
    depth: int,
) -> Iterator[Block]:
    kind = CODES["kind"][rung.kind]
    number = numbers.get(rung.key, "")
    yield Para(NUMBER, f"{both(kind)} {number}".strip(), key=rung.key)
    language: Language = "en" if rung.title_en else "es"
    yield Para(heading_style(rung.kind, depth), heading_of(rung), language, rung.key)
    shown = shown_texts(rung)
    for name, style in FIELDS.items():
        if name in {"theory_en", "done_en"} and (
            shown[name] or shown[name.replace("_en", "_es")]
        ):
            yield Para(LABEL, both(COLUMNS["rung"][name].heading).split(" (")[0])
        yield from _paragraphs(style, shown[name], "es" if name[-1] == "s" else "en")
    details = details_of(rung, content, numbers)
    if details:
        yield Grid("details", tuple(details.items()), headed=False)
    if rung.measures:
        yield Grid("measure", measures_table(rung))
    if rung.budget:
        yield Grid("budget", budget_table(rung))
    if rung.links:
        yield Para(LABEL, both(SHEETS["link"]))
        for link in rung.links:
            headline = link.headline_en or link.headline_es or link.key
            yield Para(EVIDENCE, f"{word_of('link_kind', link.kind)}: {headline}")


def _paragraphs(style: str, text: str, language: Language) -> Iterator[Para]:
    if text:
        for line in re.split(r"\r\n|\r|\n", text):
            yield Para(style, line, language)


def heading_style(kind: str, depth: int) -> str:
    """The style of a rung's heading."""
    if kind == "step" and depth > 1:
        return f"Heading Step {min(depth, _DEEPEST)}"
    return f"Heading {kind.capitalize()}"


def heading_of(rung: RungContent) -> str:
    """A rung's title, in Spanish where there is no English one."""
    return rung.title_en or rung.title_es


def shown_texts(rung: RungContent) -> dict[str, str]:
    """The texts below a rung's heading, by field."""
    shown = {name: str(getattr(rung, name)) for name in FIELDS}
    if not rung.title_en:
        shown["title_es"] = ""  # it is the heading
    return shown


def details_of(
    rung: RungContent, content: PlanContent, numbers: Mapping[str, str]
) -> dict[str, str]:
    """What a rung's own table says, by heading; only what there is to say.

    A step always says who and when, so that it can be filled in.
    """
    always = {"department", "person", "begins_on", "ends_on", "state"}
    found: dict[str, str] = {}
    for name in DETAILS:
        value = detail(rung, name, content, numbers)
        if value or (rung.kind == "step" and name in always):
            found[both(COLUMNS["rung"][name].heading)] = value
    return found


def detail(
    rung: RungContent, name: str, content: PlanContent, numbers: Mapping[str, str]
) -> str:
    """One cell of a rung's table."""
    value: Any = getattr(rung, name)
    if name == "department" and value:
        named = next((one for one in content.departments if one.key == value), None)
        return f"{named.name_en} · {named.name_es}" if named else str(value)
    if name == "depends":
        return "; ".join(numbers.get(key, key) for key in value)
    return told(value, COLUMNS["rung"][name].sort)


def measures_table(rung: RungContent) -> tuple[tuple[str, ...], ...]:
    """Measures with their gaps below them; for reading."""
    names = (
        "title_en",
        "title_es",
        "baseline_year",
        "baseline",
        "target_year",
        "target",
    )
    known = COLUMNS["measure"]
    rows = [tuple(both(known[name].heading) for name in names)]
    for one in rung.measures:
        cells = {name: told(getattr(one, name), known[name].sort) for name in names}
        cells |= {n: _percent(getattr(one, n)) for n in ("baseline", "target")}
        cells["title_en"] = cells["title_en"] or one.indicator
        rows.append(tuple(cells[name] for name in names))
        rows += [
            (
                f"{group.family}: {group.group}", "", "",
                _percent(group.baseline_gap), "", _percent(group.target_gap),
            )
            for group in one.groups
        ]  # fmt: skip
    return tuple(rows)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}%"


def budget_table(rung: RungContent) -> tuple[tuple[str, ...], ...]:
    """Dollars planned, for reading."""
    columns = [one for one in TABLES["budget"] if one.name not in {"rung", "key"}]
    return (
        tuple(both(one.heading) for one in columns),
        *(
            tuple(told(getattr(line, one.name), one.sort) for one in columns)
            for line in rung.budget
        ),
    )


def bookmark(key: str) -> str:
    """The name of a rung's bookmark; Word takes letters, digits and 40 of them."""
    return f"ev{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def depths_of(rungs: Iterable[RungContent]) -> dict[str, int]:
    """How deep each step stands below its strategy; 1 for everything else."""
    found: dict[str, int] = {}
    steps: set[str] = set()
    for one in rungs:
        nested = one.kind == "step" and one.parent in steps
        found[one.key] = found[one.parent] + 1 if nested else 1
        if one.kind == "step":
            steps.add(one.key)
    return found


def parents_by_place(rungs: Sequence[tuple[str, str, int]]) -> dict[str, str]:
    """Below what each rung stands as a reader of the document sees it.

    Args:
        rungs: key, kind and depth, in the order of the document.
    """
    open_: list[tuple[int, str]] = []
    found: dict[str, str] = {}
    for key, kind, depth in rungs:
        rank = _RANK.get(kind, 0)
        rank = rank and rank + min(depth, _DEEPEST) - 1
        if not rank:
            found[key] = ""
            continue
        while open_ and open_[-1][0] >= rank:
            open_.pop()
        found[key] = open_[-1][1] if open_ else ""
        open_.append((rank, key))
    return found


def loose(text: str) -> str:
    """How texts are compared: no sort of space, and no letter that nobody sees."""
    seen = "".join(
        one
        for one in text
        if one in "\t\n\r" or unicodedata.category(one) not in _UNSEEN
    )
    return _SPACE.sub(" ", seen).strip()
