"""The sources Evenrise can read; each introduces itself with a card.

The registry is the tuple `SOURCES`. The order decides only between equals: the first
that is surest wins.
"""

from __future__ import annotations

from evenrise.records.sources.base import Source


SOURCES: tuple[Source, ...] = ()
