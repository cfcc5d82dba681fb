"""What one reading of a file knows: what stood before, and what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.exchange.cells import value_of
from evenrise.workspace.plans.exchange.columns import COLUMNS
from evenrise.workspace.plans.exchange.problems import (
    MOST_PROBLEMS,
    Problem,
    Telling,
    Wrong,
    at_row,
    silent,
)
from evenrise.workspace.plans.exchange.words import SHEETS
from evenrise.workspace.plans.exchange.writing import Row


_COMPUTES = Text(
    "holds a formula; write what it shows instead.",
    "contiene una fórmula; escriba en su lugar lo que muestra.",
)


@dataclass(slots=True)
class Reading:
    """One reading: what was found wrong, and which tables the file speaks of.

    `sheeted` tells whether rows are counted sheet by sheet (XLSX); `formulas` are the
    cells (table, row, column) that compute: what they show is not taken.
    """

    before: PlanContent
    spoken: frozenset[str]
    sheeted: bool = False
    formulas: frozenset[tuple[str, int, str]] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    telling: Telling = silent

    def say(
        self, row: Row, said: Text, column: str = "", *, refused: bool = True
    ) -> None:
        """Keep a problem of a row."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        heading = COLUMNS[row.table][column].heading if column else None
        sheet = SHEETS[row.table] if self.sheeted else None
        self.problems.append(Problem(at_row(sheet, row.number, heading), said, refused))

    def values(self, row: Row) -> dict[str, Any] | None:
        """The values of a row's cells; None when one of them cannot be taken."""
        found: dict[str, Any] = {}
        whole = True
        for name, cell in row.cells.items():
            if (row.table, row.number, name) in self.formulas:
                self.say(row, _COMPUTES, name)
                whole = False
                continue
            try:
                found[name] = value_of(COLUMNS[row.table][name], cell)
            except Wrong as problem:
                self.say(row, problem.said, name)
                whole = False
        return found if whole else None
