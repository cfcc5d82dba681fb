"""From a fixture's input to the product's call: one registry for all of them.

A call gets the data of a case and answers with the parts that the reference has. It
never sees the fixture's name or the case's: other inputs must do as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Around:
    """What lies around an input: the folder, and the fixture's other inputs."""

    folder: Path
    siblings: tuple[Any, ...]


Answer = Callable[[Any, Around], Any]


@dataclass(frozen=True)
class Call:
    """A product call for one fixture, and which parts of the reference it leaves out.

    `leaves_out` maps the end of a part's path to the reason: another tool's
    cross-check that our number is compared with already, or something that cannot be
    known from the input.
    """

    answer: Answer
    leaves_out: dict[str, str] = field(default_factory=dict)


CALLS: dict[str, Call] = {}


def call(name: str, **leaves_out: str) -> Callable[[Answer], Answer]:
    """Register the product's call for the fixture `name`."""

    def register(answer: Answer) -> Answer:
        if name in CALLS:
            raise ValueError(f"{name} has a call already")
        CALLS[name] = Call(answer, leaves_out)
        return answer

    return register


def listed(value: Any) -> list[Any]:
    """A list, also where R wrote a vector of one as a scalar."""
    return list(value) if isinstance(value, list) else [value]
