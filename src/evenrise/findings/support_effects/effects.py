"""Judges every support of a district, from its snapshot and what was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from evenrise.findings.support_effects.assemble import (
    Given,
    Pool,
    days_asked,
    planned_look,
    study_of,
)
from evenrise.findings.support_effects.by_rule import RuleReading, by_rule, first_day
from evenrise.findings.support_effects.followed import followed_in
from evenrise.findings.support_effects.judge import judge
from evenrise.findings.support_effects.reading import SupportReading
from evenrise.findings.support_effects.study import Look, SupportStudy
from evenrise.indicators.flags.counting import FlagSettings
from evenrise.indicators.flags.lines import Line
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.scores import line_scores
from evenrise.indicators.flags.windows import absence_windows
from evenrise.records.snapshots.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Assigned:
    """A support that was given to whoever was past a line on a day."""

    support: str
    line: Line
    day: dt.date


@dataclass(frozen=True, slots=True)
class NoSettings:
    """A district that sets nothing for itself."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    incident_kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Menu:
    """What the district says of its supports: what each is for, and who gets it.

    A support that `domains` does not name is judged by days missed.
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    assigned: tuple[Assigned, ...] = ()
    settings: FlagSettings = field(default_factory=NoSettings)


def read_effects(
    snapshot: Snapshot, given: Given, as_of: dt.date, menu: Menu | None = None
) -> tuple[SupportReading, ...]:
    """A reading of each support in `given`, in the order of their keys.

    Made of what was known at the latest planned look (31 January or 30 June), so that
    it is the same whenever it is asked in between.

    Raises:
        InputProblem: when a part of the store cannot be read.
    """
    if not len(given):
        return ()
    menu = menu or Menu()
    look = planned_look(as_of, given.begins_on)
    lines = _at_lines(snapshot, given, look, menu)
    days, pairs = days_asked(given, look)
    windows = absence_windows(snapshot, days, look.on or as_of, pairs=pairs)
    found: dict[str, SupportReading] = {}
    for domain, keys in _by_domain(given, menu).items():
        pool = Pool.of(windows, followed_in(domain, snapshot, windows, menu.settings))
        for key in keys:
            found[key] = judge(study_of(key, given, pool, look), lines.get(key))
    return tuple(found[key] for key in given.keys)


def _by_domain(given: Given, menu: Menu) -> dict[Domain, list[str]]:
    found: dict[Domain, list[str]] = {}
    for key in given.keys:
        domain = menu.domains.get(key, Domain.ATTENDANCE)
        found.setdefault(domain, []).append(key)
    return found


def _at_lines(
    snapshot: Snapshot, given: Given, look: Look, menu: Menu
) -> dict[str, SupportStudy]:
    """Studies of the supports that a rule assigns, by key."""
    keys = set(given.keys)
    known = [
        one
        for one in menu.assigned
        if one.support in keys and look.on is not None and one.day <= look.on
    ]
    if not known or look.on is None:
        return {}
    days = np.array(sorted({first_day(one.day) for one in known}), "datetime64[D]")
    windows = absence_windows(snapshot, days, look.on)
    readings = [
        RuleReading(
            one.support, line_scores(snapshot, one.day, one.line, menu.settings)
        )
        for one in known
    ]
    found = {}
    for domain, among in _by_domain(given, menu).items():
        own = [key for key in among if any(one.support == key for one in known)]
        if not own:
            continue
        pool = Pool.of(windows, followed_in(domain, snapshot, windows, menu.settings))
        for key in own:
            study = by_rule(key, given, readings, pool, look)
            if study is not None:
                found[key] = study
    return found
