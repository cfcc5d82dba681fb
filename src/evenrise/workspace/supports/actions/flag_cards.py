"""What the district's own past says: the cards, the conditions, what each set finds.

Kept as one `CardSet` for each snapshot. `content` has five parts: `cards` (what
`findings/early_warning` wrote), `conditions` (a list), `bell_schedules` (whether the
calendar tells them), `rules` (counts by rule set on the snapshot's day) and `failed`
(the names of parts that could not be made: pages then show the part of the latest set
that has it, with its date).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from evenrise.findings.early_warning.cards import make_cards
from evenrise.findings.early_warning.conditions import conditions_of
from evenrise.indicators.flags.cohort_rules import by_rule
from evenrise.indicators.flags.cohorts import cohorts_of, numbered_cohorts
from evenrise.indicators.flags.compute import Flagged, flag_students
from evenrise.indicators.flags.conditions import tells_bell_schedules
from evenrise.indicators.flags.rules import RULE_SETS, RuleSet
from evenrise.records.settings import DistrictSettings
from evenrise.records.snapshots import Snapshot
from evenrise.records.snapshots.last_day import last_school_day
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.supports.models import CardSet, RuleChoice
from evenrise.workspace.supports.queries.flag_rules import (
    DEFAULT,
    rule_set_of,
    rule_set_on,
)


_log = logging.getLogger(__name__)
Parts = dict[str, Callable[[], Any]]


def look_back_current() -> CardSet | None:
    """Make the cards of what is current; None where they are made or nothing stands.

    Where only a rule set was chosen since, only the sets are counted again, and the
    cards made anew once it holds.
    """
    now = standing()
    if now is None:
        return None
    last = CardSet.objects.filter(snapshot=now.snapshot, as_of=now.as_of).first()
    if last is None or last.content.get("failed"):
        return look_back(now.snapshot, now.as_of)
    counted = {one.key for one in sets_to_count(now.as_of)} <= set(
        last.content["rules"]
    )
    held = rule_set_on(now.as_of).key
    judged = last.content.get("cards_rule", DEFAULT) == held
    if counted and judged:
        return None
    snapshot, own = snapshot_store().get(now.snapshot), district_settings()
    if not counted:
        last.content["rules"] = counts_by_set(snapshot, now.as_of, own)
    if not judged:
        last.content["cards"] = cards_by(snapshot, now.as_of, own)
        last.content["cards_rule"] = held
    last.save(update_fields=["content"])
    return last


def look_back_due() -> bool:
    """Whether something stands that was not looked back on, or not wholly."""
    now = standing()
    if now is None:
        return False
    last = CardSet.objects.filter(snapshot=now.snapshot, as_of=now.as_of).first()
    return last is None or bool(last.content.get("failed"))


def look_back(snapshot_name: str, as_of: dt.date) -> CardSet:
    """Make the cards of one snapshot and keep them.

    A part that cannot be made is left out and named; the others are kept.

    Raises:
        InputProblem: when there is no such snapshot.
        ArgumentProblem: when `district.toml` cannot be read.
    """
    snapshot, own = snapshot_store().get(snapshot_name), district_settings()
    parts: Parts = {
        "rules": lambda: counts_by_set(snapshot, as_of, own),
        "conditions": lambda: _conditions(snapshot, as_of, own),
        "bell_schedules": lambda: tells_bell_schedules(
            snapshot, last_school_day(snapshot, as_of)
        ),
        "cards": lambda: cards_by(snapshot, as_of, own),
    }
    content = _made(parts) | {"cards_rule": rule_set_on(as_of).key}
    with transaction.atomic():
        kept, _ = CardSet.objects.update_or_create(
            snapshot=snapshot_name, defaults={"as_of": as_of, "content": content}
        )
        record(
            None,
            "supports.look_back",
            About("card_set", str(kept.pk)),
            failed=content["failed"],
        )
    return kept


def cards_by(
    snapshot: Snapshot, as_of: dt.date, own: DistrictSettings
) -> dict[str, Any]:
    """The cards of the rule that holds on a day, and of what is beside it.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    rules = rule_set_on(as_of)
    if rules.key == DEFAULT:
        return make_cards(cohorts_of(snapshot, as_of, own)).as_json()
    numbered = numbered_cohorts(snapshot, as_of, own)
    cohorts = by_rule(numbered, snapshot, rules, own)
    return make_cards(cohorts, rule=rules.name).as_json()


def _conditions(
    snapshot: Snapshot, as_of: dt.date, own: DistrictSettings
) -> list[dict[str, Any]]:
    day = last_school_day(snapshot, as_of)
    return [one.as_json() for one in conditions_of(snapshot, day, own)]


def _made(parts: Parts) -> dict[str, Any]:
    content: dict[str, Any] = {"failed": []}
    for name, make in parts.items():
        try:
            content[name] = make()
        except Exception as problem:  # noqa: BLE001 - one part never takes the others
            _log.error("The %s were not made: %s.", name, type(problem).__name__)
            content["failed"].append(name)
    return content


def counts_by_set(
    snapshot: Snapshot, as_of: dt.date, own: DistrictSettings
) -> dict[str, dict[str, int]]:
    """How many students each rule set flags on a day; no student is named.

    Returns:
        By key of the set: students enrolled, with a flag, and with a domain not known.
    """
    return counts_of(snapshot, as_of, own, sets_to_count(as_of))


def counts_of(
    snapshot: Snapshot,
    as_of: dt.date,
    own: DistrictSettings,
    sets: tuple[RuleSet, ...],
) -> dict[str, dict[str, int]]:
    """The same for some rule sets.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    flagged = flag_students(snapshot, last_school_day(snapshot, as_of), sets, own)
    beyond = _students(flagged, pc.greater(flagged.states["state"], 0))
    unknown = _students(flagged, pc.less(flagged.states["state"], 0))
    return {
        one.key: {
            "students": flagged.students.num_rows,
            "flagged": beyond.get(one.key, 0),
            "no_data": unknown.get(one.key, 0),
        }
        for one in sets
    }


def sets_to_count(as_of: dt.date) -> tuple[RuleSet, ...]:
    """The published sets, the one that holds, and those chosen for a later day."""
    later = RuleChoice.objects.filter(begins_on__gt=as_of)
    chosen = [rule_set_on(as_of), *map(rule_set_of, later)]
    return tuple({one.key: one for one in (*RULE_SETS.values(), *chosen)}.values())


def _students(flagged: Flagged, which: pa.ChunkedArray) -> dict[str, int]:
    """How many students there are among some of the states, by rule set."""
    rows = flagged.states.select(["student_id", "rule_set"]).filter(which)
    if not rows.num_rows:
        return {}
    students, sets = (column.combine_chunks() for column in rows.columns)
    whole = len(students.dictionary)
    pairs = np.unique(
        sets.indices.to_numpy().astype(np.int64) * whole + students.indices.to_numpy()
    )
    counts = np.bincount(pairs // whole, minlength=len(sets.dictionary))
    names = sets.dictionary.to_pylist()
    return {name: int(one) for name, one in zip(names, counts, strict=True)}
