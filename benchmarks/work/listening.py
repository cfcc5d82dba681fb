"""A listener that adds up how long each step of the work took."""

from __future__ import annotations

import time


class Stopwatch:
    """Progress that remembers seconds by step; a step lasts until the next one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._now = "before"
        self._since = time.perf_counter()

    def step(self, what: str, done: float, total: float) -> None:  # noqa: ARG002 - the protocol's
        """Close the running step when another one begins."""
        if what == self._now:
            return
        self._close()
        self._now = what

    def _close(self) -> None:
        now = time.perf_counter()
        self.seconds[self._now] = self.seconds.get(self._now, 0.0) + now - self._since
        self._since = now

    def slowest(self, count: int = 12) -> dict[str, float]:
        """The longest steps, rounded, longest first."""
        self._close()
        steps = sorted(self.seconds.items(), key=lambda step: -step[1])
        return {what: round(seconds, 2) for what, seconds in steps[:count]}
