"""Page stores of drawn facts: a district, its schools, hidden and published numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from evenrise.findings.review import Reviewed, review_facts
from evenrise.indicators.registry import INDICATORS
from evenrise.publishing.page_store.prepare import write_pages
from evenrise.publishing.page_store.reading import PageStore
from evenrise.statistics.small_numbers import protect
from evenrise.vocabulary.progress import Silent
from tests.support.facts import DISTRICT, at_school, fact, facts


AS_OF = dt.date(2026, 11, 22)
YEARS = (2024, 2025, 2026)
# School number to kind, students, and shares of low income, learners, disability.
SCHOOLS: dict[str, tuple[str, int, tuple[float, float, float]]] = {
    "1": ("Alder Elementary", 400, (0.50, 0.20, 0.12)),
    "2": ("Birch Elementary", 420, (0.52, 0.22, 0.13)),
    "3": ("Cedar Elementary", 900, (0.10, 0.03, 0.08)),
    "4": ("Dogwood Elementary", 380, (0.90, 0.65, 0.20)),
    "5": ("Elm Middle", 700, (0.50, 0.20, 0.12)),
    "6": ("Fir Middle", 650, (0.30, 0.10, 0.11)),
    "7": ("Grove High", 1500, (0.40, 0.12, 0.12)),
}
FAMILIES = ("low_income", "english_learner", "disability")
# The chance of the outcome, and how many times as large for each group.
RATE = {"chronic_absence": 0.20, "suspension": 0.06}
TIMES = (1.5, 1.2, 1.8)


@dataclass(frozen=True)
class NamedSnapshot:
    """A snapshot whose name, files and tables a test says."""

    id: str = "drawn"
    brought: Sequence[Mapping[str, Any]] = ()
    tables: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)

    @property
    def manifest(self) -> Mapping[str, Any]:
        return {"files": list(self.brought), "tables": dict(self.tables)}

    def has(self, table: str) -> bool:
        return table in self.tables

    def parts(self, table: str) -> tuple[Path, ...]:
        return self.tables.get(table, ())

    def files(self, table: str) -> Sequence[Mapping[str, Any]]:
        return self.brought if table in self.tables else ()

    def all_files(self) -> Sequence[Mapping[str, Any]]:
        return self.brought


def district_rows(**parts: Any) -> list[dict[str, Any]]:
    """Two indicators of every school and of the district, all counted, three years.

    The rate falls from year to year, and the gap with it.
    """
    rows = []
    for key, rate in RATE.items():
        for back, year in enumerate(reversed(YEARS)):
            sums: dict[tuple[str, str], tuple[float, float]] = {}
            for number, (name, size, shares) in SCHOOLS.items():
                place = at_school(number, name, indicator=key, **parts)
                cells = _cells(size, shares, rate * (1 + 0.25 * back))
                for group, (x, n) in cells.items():
                    rows.append(fact(year, *group, x, n, **place))
                    before = sums.get(group, (0.0, 0.0))
                    sums[group] = (before[0] + x, before[1] + n)
            rows += [
                fact(year, *group, *counts, indicator=key, **parts)
                for group, counts in sums.items()
            ]
    return rows


def _cells(
    size: int, shares: tuple[float, float, float], rate: float
) -> dict[tuple[str, str], tuple[float, float]]:
    everyone = float(round(size * rate))
    cells = {("all", "all"): (everyone, float(size))}
    for family, share, times in zip(FAMILIES, shares, TIMES, strict=True):
        n = float(round(size * share))
        x = min(float(round(n * rate * times)), everyone, n)
        cells[family, family] = (x, n)
        cells[family, f"not_{family}"] = (everyone - x, size - n)
    return cells


def review(table: pa.Table, **told: Any) -> Reviewed:
    """The review of a table of facts."""
    parts = {"district_id": DISTRICT, "as_of": AS_OF, "indicators": INDICATORS}
    return review_facts(protect(table), **(parts | told))


def store_of(made: Reviewed, target: Path, snapshot: Any = None) -> PageStore:
    """The page store of a review."""
    write_pages(made, snapshot or NamedSnapshot(), target, Silent())
    return PageStore(target)


def drawn_store(target: Path, **parts: Any) -> PageStore:
    """The page store of the drawn district."""
    return store_of(review(facts(*district_rows(**parts))), target)
