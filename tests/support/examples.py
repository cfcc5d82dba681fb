"""How many examples a property invents: a handful by day, many by night."""

from __future__ import annotations

import os


NIGHT = bool(os.environ.get("EVENRISE_NIGHT"))
FACTOR = 40


def examples(by_day: int) -> int:
    """The number of examples: `by_day`, or forty times as many by night."""
    return by_day * FACTOR if NIGHT else by_day
