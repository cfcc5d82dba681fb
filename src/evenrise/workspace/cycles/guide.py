"""The guide of inquiry for visits (`starting/guide.toml`), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenrise.vocabulary.text import Text


_FILE = Path(__file__).parent / "starting" / "guide.toml"


@dataclass(frozen=True, slots=True)
class Question:
    """What visitors ask themselves, and where to look."""

    key: str
    ask: Text
    look: Text


@cache
def questions() -> tuple[Question, ...]:
    """The guide, in its order."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["questions"]
    return tuple(
        Question(one["key"], Text(**one["ask"]), Text(**one["look"])) for one in told
    )
