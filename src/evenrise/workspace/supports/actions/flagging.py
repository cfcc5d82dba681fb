"""All students are looked at, with what was known on a day: states and flags renewed.

`flag_all` does it for one snapshot and day; `flag_current` for what is current, unless
it was done. Nothing here loops over students: tables come from `indicators/flags`, and
statements over sets place them (see `flag_placing.py`).
"""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction

from evenrise.indicators.flags.compute import Flagged, flag_students
from evenrise.records.snapshots.last_day import last_school_day
from evenrise.records.snapshots.locking import locked
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.data.models import Standing
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.supports.actions.answering import keep_after_run
from evenrise.workspace.supports.actions.flag_placing import place_run
from evenrise.workspace.supports.models import Domain, FlagRun, State
from evenrise.workspace.supports.queries.flag_rules import rule_set_on


DOMAINS = tuple(domain.value for domain in Domain)


@dataclass(frozen=True, slots=True)
class Staged:
    """What a run found, as `place_run` takes it."""

    watch: pa.Table
    flags: pa.Table


def flag_all(
    snapshot_name: str, as_of: dt.date, *, rule_of: dt.date | None = None
) -> FlagRun:
    """Look at all students enrolled on a day, by the rule that holds on it.

    Done again for the same snapshot and day it changes nothing but the run itself; for
    an earlier day it takes back what later days had said.

    Args:
        snapshot_name: the records.
        as_of: the day; only what was known on it counts.
        rule_of: the day whose rule is followed; `as_of` where it is left out. Between
            school years it is later than the last day of the year that is over.

    Raises:
        InputProblem: when a part of the snapshot is missing or damaged.
        ArgumentProblem: when `district.toml` cannot be read.
    """
    rules = rule_set_on(rule_of or as_of)
    flagged = flag_students(
        snapshot_store().get(snapshot_name), as_of, (rules,), district_settings()
    )
    staged = shaped(flagged, rules.key)
    with transaction.atomic():
        run = FlagRun.objects.create(
            snapshot=snapshot_name,
            as_of=as_of,
            rule_set=rules.key,
            students=staged.watch.num_rows,
            flagged=_some(staged.watch["flags"]),
            no_data=_some(staged.watch["unknown"]),
        )
        place_run(run, staged.watch, staged.flags)
        keep_after_run(as_of)  # a support may run already when a flag opens
        record(
            None,
            "supports.flag_all",
            About("flag_run", str(run.pk)),
            students=run.students,
            flagged=run.flagged,
            rule_set=rules.key,
        )
    return run


def flag_current() -> FlagRun | None:
    """Renew the flags for what is current, where that was not done.

    Two processes never do it at once: who meets another at work leaves it to them; they
    look again when they are done.

    Returns:
        The latest run made; None when there was nothing to do.
    """
    made = None
    with ExitStack() as held:
        try:
            held.enter_context(locked(settings.HOME.workspace / "flagging.lock"))
        except InputProblem:
            return None  # somebody else is at it, and looks again when done
        while (now := due()) is not None:
            made = flag_all(now.snapshot, day_of(now), rule_of=now.as_of)
    return made


def due() -> Standing | None:
    """What is current, when the latest run is not about it; None otherwise."""
    now = standing()
    if now is None:
        return None
    last = FlagRun.objects.first()
    done = (
        last is not None
        and last.snapshot == now.snapshot
        and last.as_of == day_of(now)
        and last.rule_set == rule_set_on(now.as_of).key
    )
    return None if done else now


def day_of(now: Standing) -> dt.date:
    """The day to look at: between school years, the last day of the one that is over.

    Nobody is enrolled in July, nor until the new year's records come; what was known at
    the end of the year stands until then, as it does in the directory.
    """
    return last_school_day(snapshot_store().get(now.snapshot), now.as_of)


def _some(counts: pa.ChunkedArray) -> int:
    """How many students have at least one."""
    return int(pc.sum(pc.cast(pc.greater(counts, 0), pa.int64())).as_py() or 0)


def shaped(flagged: Flagged, rule_set: str) -> Staged:
    """One row a student with their three states, and one row a flag with reasons.

    Args:
        flagged: as `flag_students` gives it.
        rule_set: whose states and reasons are wanted.
    """
    students = flagged.students["student_id"].combine_chunks().cast(pa.string())
    states = _of(flagged.states, rule_set)
    place = pc.index_in(states["student_id"], value_set=students)
    table = np.full((len(students), len(DOMAINS)), State.NO_DATA, np.int8)
    column = pc.index_in(states["domain"], value_set=pa.array(DOMAINS))
    table[place.to_numpy(), column.to_numpy()] = states["state"].to_numpy()
    known = pa.table(
        {
            "student_id": students,
            **{
                domain: pa.array(table[:, number])
                for number, domain in enumerate(DOMAINS)
            },
            "flags": pa.array((table > 0).sum(axis=1).astype(np.int8)),
            "unknown": pa.array((table < 0).sum(axis=1).astype(np.int8)),
        }
    )
    beyond = pc.greater(states["state"], 0)
    found = states.filter(beyond)
    schools = flagged.students["school_id"].cast(pa.string())
    return Staged(
        known,
        pa.table(
            {
                "student_id": found["student_id"],
                "domain": found["domain"],
                "school_id": pc.take(schools, place.filter(beyond)),
                "level": found["state"],
                "reasons": _reasons(found, _of(flagged.reasons, rule_set)),
            }
        ),
    )


def _of(table: pa.Table, rule_set: str) -> pa.Table:
    """The rows of one rule set, with plain texts instead of dictionaries."""
    rows = table.filter(pc.equal(table["rule_set"].cast(pa.string()), rule_set))
    return pa.table(
        {
            name: column.cast(column.type.value_type)
            if pa.types.is_dictionary(column.type)
            else column
            for name, column in zip(rows.column_names, rows.columns, strict=True)
        }
    )


def _reasons(found: pa.Table, reasons: pa.Table) -> pa.ChunkedArray:
    """The reasons of each flag as one JSON list, in the order in which they came."""
    lists = (
        reasons.select(["student_id", "domain", "reason"])
        .group_by(["student_id", "domain"], use_threads=False)
        .aggregate([("reason", "list")])
    )
    joined = pc.binary_join(lists["reason_list"], ",")
    place = pc.index_in(_key(found), value_set=_key(lists))
    told = pc.fill_null(pc.take(joined, place), "")
    return pc.binary_join_element_wise("[", told, "]", "")


def _key(table: pa.Table) -> pa.Array:
    key = pc.binary_join_element_wise(table["student_id"], table["domain"], "\n")
    return key.combine_chunks()
