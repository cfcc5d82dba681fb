"""A plan as tables of text: what CSV and XLSX have in common when they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evenrise.workspace.plans.content import PlanContent, content_bytes, digest_of
from evenrise.workspace.plans.exchange.cells import told
from evenrise.workspace.plans.exchange.columns import TABLES


_MARK = 16  # digits of a digest are enough to see that a plan has changed


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands in the file, and its cells by name."""

    table: str
    number: int
    cells: Mapping[str, str]


def mark_of(content: PlanContent) -> str:
    """By what a file says which state of the plan it was taken from."""
    return digest_of(content_bytes(content))[:_MARK]


def rows_of(content: PlanContent) -> Iterator[Row]:
    """The rows of a plan in reading order; what hangs on a rung follows it."""
    yield _row("plan", content, {"taken_from": mark_of(content)})
    for department in content.departments:
        yield _row("department", department)
    for rung in content.rungs:
        yield _row("rung", rung)
        for measure in rung.measures:
            yield _row("measure", measure, {"rung": rung.key})
            for gap in measure.groups:
                yield _row("gap", gap, {"rung": rung.key, "measure": measure.key})
        for line in rung.budget:
            yield _row("budget", line, {"rung": rung.key})
        for link in rung.links:
            yield _row("link", link, {"rung": rung.key})


def _row(table: str, value: Any, besides: Mapping[str, str] | None = None) -> Row:
    besides = besides or {}
    cells = {
        one.name: besides[one.name]
        if one.name in besides
        else told(getattr(value, one.name), one.sort)
        for one in TABLES[table]
    }
    return Row(table, 0, cells)
