"""The sources Evenrise can read; each introduces itself with a card.

The registry is the tuple `SOURCES`. The order decides only between equals: the first
that is surest wins.
"""

from __future__ import annotations

from evenrise.records.sources.base import Source
from evenrise.records.sources.california import CALIFORNIA
from evenrise.records.sources.district_csv import DistrictCsv
from evenrise.records.sources.edfi import EDFI
from evenrise.records.sources.oneroster import ONEROSTER
from evenrise.records.sources.published.mapped import MAPPED_FILES
from evenrise.records.sources.published.own import PUBLISHED_FACTS


SOURCES: tuple[Source, ...] = (
    DistrictCsv(),
    ONEROSTER,
    EDFI,
    PUBLISHED_FACTS,
    *CALIFORNIA,
    MAPPED_FILES,
)
