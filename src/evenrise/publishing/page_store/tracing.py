"""From a number on a page back to its rule, its snapshot, its file and its row."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from typing import Any

from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.model import FactLine, SourceLine, Trace
from evenrise.publishing.page_store.words import Words
from evenrise.vocabulary.facts import Origin
from evenrise.vocabulary.groups import ALL_FAMILY
from evenrise.vocabulary.text import Language


_SECTION = re.compile(r"^### ", re.MULTILINE)
# Words of the tables themselves; all else in them is columns, codes and days.
_IN_TABLES = (
    (re.compile(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)"), r"\1 a \2"),
    (re.compile(r"(?<=\| )where(?= \|)"), "dónde"),
    (re.compile(r"(?<=\| )district(?= \|)"), "distrito"),
    (re.compile(r"`: none$", re.MULTILINE), "`: ninguno"),
)


def trace(reader: Reader, words: Words, meta: dict[str, Any], fact: FactLine) -> Trace:
    """Where a fact comes from.

    Raises:
        KeyError: when the fact is not of this store.
    """
    row = reader.one("SELECT door, file, row FROM fact WHERE id = ?", (fact.fact_id,))
    if row is None:
        raise KeyError(fact.fact_id)
    door, file, number = words.doors[row[0]], row[1], row[2]
    told = words.indicators[words.indicator_ids[fact.indicator]]
    computed = door.origin is Origin.COMPUTED
    tables = told.tables if fact.group_family == ALL_FAMILY else told.tables_by_group
    return Trace(
        fact=fact,
        info=told.info,
        authority=door.authority,
        definition_version=door.version,
        origin=door.origin,
        snapshot=meta["snapshot"],
        software=meta["software"],
        as_of=dt.date.fromisoformat(meta["as_of"]),
        tables=tables if computed else (),
        file=None if file is None else words.files[file],
        row=number,
        files=files_of(meta, tables) if computed else (),
        rules=f"{fact.indicator}/rules.md",
        rules_text=rules_of(fact.indicator),
    )


def files_of(meta: dict[str, Any], tables: tuple[str, ...]) -> tuple[SourceLine, ...]:
    """The snapshot's files that brought rows to one of the tables."""
    wanted = set(tables)
    return tuple(
        SourceLine(one["name"], None, one["rows"], one["sha256"])
        for one in meta["files"]
        if wanted & set(one["tables"])
    )


@cache
def rules_of(indicator: str, language: Language = "en") -> str:
    """The page that says the rules with worked tables; blank where there is none.

    The tables are records and stand once, in the English file; the Spanish file has
    the words, section by section.
    """
    home = files("evenrise.indicators.catalog") / indicator
    page = home / "rules.md"
    if not page.is_file():
        return ""
    english = page.read_text(encoding="utf-8")
    if language == "en":
        return english
    spanish = (home / f"rules.{language}.md").read_text(encoding="utf-8")
    before, *sections = _SECTION.split(spanish)
    tables = (_tables(one) for one in _SECTION.split(english)[1:])
    told = (
        f"### {words.strip()}\n\n{rows}"
        for words, rows in zip(sections, tables, strict=True)
    )
    return before.strip() + "\n\n" + "\n\n".join(told)


def _tables(section: str) -> str:
    """The tables of a section, from the first one's name on."""
    lines = section.splitlines()
    first = next((n for n, line in enumerate(lines) if line.startswith("`")), None)
    rows = "" if first is None else "\n".join(lines[first:])
    for english, spanish in _IN_TABLES:
        rows = english.sub(spanish, rows)
    return rows
