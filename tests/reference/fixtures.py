"""Read the reference numbers: every JSON of the folder is a fixture with cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.paths import REFERENCE


@dataclass(frozen=True)
class Case:
    """One case: its data, what a reference tool answered, and how exactly."""

    fixture: str
    case: str
    given: Any
    expected: Any
    tolerance: dict[str, Any]
    siblings: tuple[Any, ...]  # the inputs of all cases of the fixture
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.fixture}[{self.case}]"


@cache
def fixture(path: Path) -> dict[str, Any] | None:
    """The content of a fixture; None for a JSON that is none (an index)."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict) and {"fixture", "cases"} <= content.keys():
        return content
    return None


def cases(folder: Path = REFERENCE) -> Iterator[Case]:
    """Every case of every fixture, in the order of file names."""
    for path in sorted(folder.glob("*.json")):
        content = fixture(path)
        if content is None:
            continue
        siblings = tuple(case["input"] for case in content["cases"])
        for number, case in enumerate(content["cases"], 1):
            yield Case(
                content["fixture"],
                str(case.get("id", number)),
                case["input"],
                case["output"],
                content.get("tolerance") or {},
                siblings,
                folder,
            )
