"""Statements to begin a survey of beliefs with (`starting/beliefs.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


_FILE = Path(__file__).parent / "starting" / "beliefs.toml"


@cache
def statements() -> tuple[dict[str, str], ...]:
    """Each with its key, and its words in English and Spanish."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["statements"]
    return tuple({name: one[name] for name in ("key", "en", "es")} for one in told)
