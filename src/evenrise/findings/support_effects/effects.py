"""Judges every support of a district, from its snapshot and what was given."""

from __future__ import annotations

import datetime as dt

from evenrise.findings.support_effects.assemble import (
    Given,
    assemble,
    days_asked,
    planned_look,
)
from evenrise.findings.support_effects.judge import judge
from evenrise.findings.support_effects.reading import SupportReading
from evenrise.indicators.flags.windows import absence_windows
from evenrise.records.snapshots.snapshot import Snapshot


def read_effects(
    snapshot: Snapshot, given: Given, as_of: dt.date
) -> tuple[SupportReading, ...]:
    """A reading of each support in `given`, in the order of their keys.

    Made of what was known at the latest planned look (31 January or 30 June), so that
    it is the same whenever it is asked in between.

    Raises:
        InputProblem: when a part of the store cannot be read.
    """
    if not len(given):
        return ()
    look = planned_look(as_of, given.begins_on)
    days, pairs = days_asked(given, look)
    windows = absence_windows(snapshot, days, look.on or as_of, pairs=pairs)
    return tuple(judge(study) for study in assemble(given, windows, look))
