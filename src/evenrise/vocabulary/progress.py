"""How long work tells where it stands, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Somebody who wants to know how far the work is.

    The command line draws a bar, the workspace stores a row, tests listen.
    """

    def step(self, what: str, done: float, total: float) -> None:
        """Say that `done` of `total` of the step `what` is finished."""


class Silent:
    """Nobody listens."""

    def step(self, what: str, done: float, total: float) -> None:
        """Say nothing."""
