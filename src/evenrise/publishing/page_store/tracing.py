"""From a number on a page back to its rule, its snapshot, its file and its row."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any

from evenrise.publishing.page_store.connection import Reader
from evenrise.publishing.page_store.model import FactLine, SourceLine, Trace
from evenrise.publishing.page_store.words import Words
from evenrise.vocabulary.facts import Origin
from evenrise.vocabulary.groups import ALL_FAMILY


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
def rules_of(indicator: str) -> str:
    """The page that says the rules with worked tables; blank where there is none."""
    page = files("evenrise.indicators.catalog") / indicator / "rules.md"
    return page.read_text(encoding="utf-8") if page.is_file() else ""
