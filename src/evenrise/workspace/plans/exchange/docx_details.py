"""A rung's own table in a document: who, when, state, what it waits for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from evenrise.vocabulary.text import Text
from evenrise.workspace.plans.content import PlanContent, RungContent
from evenrise.workspace.plans.exchange import docx_layout as layout
from evenrise.workspace.plans.exchange.cells import value_of
from evenrise.workspace.plans.exchange.columns import COLUMNS
from evenrise.workspace.plans.exchange.problems import Problem, Wrong
from evenrise.workspace.plans.exchange.words import plain


class Details:
    """Reads the tables of one document.

    Args:
        base: what the document was made from.
        numbers: how its rungs are counted, by key; the document names rungs so.
        problems: what cannot be taken is added here.
    """

    def __init__(
        self,
        base: PlanContent,
        numbers: Mapping[str, str],
        problems: list[Problem],
    ) -> None:
        self.base, self.numbers, self.problems = base, numbers, problems
        self.counted = {number: key for key, number in numbers.items()}
        self.departments = {
            plain(word): one.key
            for one in base.departments
            for word in (
                one.key,
                one.name_en,
                one.name_es,
                f"{one.name_en} · {one.name_es}",
            )
            if plain(word)
        }

    def changes(
        self,
        told: Mapping[str, str],
        old: RungContent | None,
        kind: str,
        where: Text,
    ) -> dict[str, Any]:
        """The fields whose cells read otherwise than they were written."""
        found: dict[str, Any] = {}
        for name, cell in told.items():
            was = layout.detail(old, name, self.base, self.numbers) if old else ""
            if layout.loose(cell) == layout.loose(was):
                continue
            if name == "state" and kind != "step":
                continue
            try:
                found[name] = self._value(name, layout.loose(cell))
            except Wrong as problem:
                heading = COLUMNS["rung"][name].heading
                at = Text(f"{where.en}, {heading.en}", f"{where.es}, {heading.es}")
                self.problems.append(Problem(at, problem.said))
        return found

    def _value(self, name: str, cell: str) -> Any:
        if name == "department" and cell:
            key = self.departments.get(plain(cell))
            if key is None:
                raise Wrong(_NO_DEPARTMENT)
            return key
        if name == "depends":
            return tuple(dict.fromkeys(self._key(one) for one in _split(cell)))
        return value_of(COLUMNS["rung"][name], cell)

    def _key(self, number: str) -> str:
        key = self.counted.get(number)
        if key is None:
            raise Wrong(
                Text(
                    f"names {number[:40]}, which no rung is counted as; write numbers "
                    "such as 2.3.1; 2.3.2.",
                    f"nombra {number[:40]}, número que ningún peldaño tiene; escriba "
                    "números como 2.3.1; 2.3.2.",
                )
            )
        return key


def _split(cell: str) -> list[str]:
    return [one for one in re.split(r"[;,\s]+", cell) if one]


_NO_DEPARTMENT = Text(
    "names no department of this plan; write its name as in the plan, or add it on the "
    "page of departments first.",
    "no nombra ningún departamento de este plan; escriba el nombre como en el plan, o "
    "añádalo antes en la página de departamentos.",
)
