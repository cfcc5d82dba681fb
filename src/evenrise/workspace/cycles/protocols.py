"""Protocols of meetings (`starting/protocols/*.toml`), read once: our own writing.

Rooms above may begin an agenda with one:

    from evenrise.workspace.cycles.protocols import protocols
    protocols()["data-dialogue"].steps[0].name["es"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evenrise.vocabulary.text import Text


_FOLDER = Path(__file__).parent / "starting" / "protocols"


@dataclass(frozen=True, slots=True)
class ProtocolRole:
    """What one person looks after in a meeting."""

    key: str
    name: Text
    does: Text


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """One step: how long, what happens, words to begin with."""

    name: Text
    minutes: int
    what: Text
    say: Text


@dataclass(frozen=True, slots=True)
class Protocol:
    """An order for a meeting, so that every voice comes in."""

    key: str
    name: Text
    purpose: Text
    needs: Text
    norms: tuple[Text, ...]
    roles: tuple[ProtocolRole, ...]
    steps: tuple[ProtocolStep, ...]

    @property
    def minutes(self) -> int:
        """How long all steps take together."""
        return sum(step.minutes for step in self.steps)


@cache
def protocols() -> Mapping[str, Protocol]:
    """Every protocol by its key, in the order of their files."""
    found = [_read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    return {one.key: one for one in found}


def _read(path: Path) -> Protocol:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Protocol(
        key=path.stem.partition("_")[2],
        name=_text(told["name"]),
        purpose=_text(told["purpose"]),
        needs=_text(told["needs"]),
        norms=tuple(_text(one) for one in told["norms"]),
        roles=tuple(
            ProtocolRole(one["key"], _text(one["name"]), _text(one["does"]))
            for one in told["roles"]
        ),
        steps=tuple(
            ProtocolStep(
                _text(one["name"]),
                int(one["minutes"]),
                _text(one["what"]),
                _text(one["say"]),
            )
            for one in told["steps"]
        ),
    )


def _text(told: Mapping[str, Any]) -> Text:
    return Text(told["en"], told["es"])
