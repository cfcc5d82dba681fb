"""What California publishes about every school: families of files, one source each."""

from __future__ import annotations

from evenrise.records.sources.base import Source
from evenrise.records.sources.california.dashboard import DASHBOARD
from evenrise.records.sources.california.dropouts import DROPOUTS
from evenrise.records.sources.california.families import (
    CHRONIC_ABSENCE,
    ENROLLMENT,
    GRADUATION,
    SUSPENSION,
    SUSPENSION_BY_GROUP,
)
from evenrise.records.sources.california.profile import PROFILE
from evenrise.records.sources.california.testing import LOOKUPS, RESEARCH
from evenrise.records.sources.california.told import TOLD


CALIFORNIA: tuple[Source, ...] = (
    GRADUATION,
    SUSPENSION,
    SUSPENSION_BY_GROUP,
    CHRONIC_ABSENCE,
    DROPOUTS,
    ENROLLMENT,
    RESEARCH,
    LOOKUPS,
    DASHBOARD,
    PROFILE,
    *TOLD,
)
