"""Pages of the public site that were made lately, kept in this process.

They hold nothing but what everybody may read and are the same for everybody, so that
many readers at once cost what one costs. A page is kept for a minute at most, under a
name that changes with every release and withdrawal.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock


_SECONDS = 60
_BYTES = 32_000_000  # of all pages together


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was sent, and until when it may be sent again."""

    content: bytes
    until: float


class KeptPages:
    """The pages asked for lately, the longest unasked goes first."""

    def __init__(self, seconds: float = _SECONDS, most: int = _BYTES) -> None:
        self._seconds, self._most = seconds, most
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._held = 0
        self._door = Lock()

    def find(self, name: str) -> bytes | None:
        """The page of this name, unless its time is over."""
        with self._door:
            kept = self._pages.get(name)
            if kept is None:
                return None
            if kept.until < time.monotonic():
                self._drop(name)
                return None
            self._pages.move_to_end(name)
            return kept.content

    def keep(self, name: str, content: bytes) -> None:
        """Keep a page; others go until all fit."""
        if len(content) > self._most:
            return
        with self._door:
            self._drop(name)
            self._pages[name] = Kept(content, time.monotonic() + self._seconds)
            self._held += len(content)
            while self._held > self._most:
                self._drop(next(iter(self._pages)))

    def _drop(self, name: str) -> None:
        gone = self._pages.pop(name, None)
        if gone is not None:
            self._held -= len(gone.content)
