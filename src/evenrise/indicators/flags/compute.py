"""Who crossed which line of which rule set, with reasons, as known on a day.

Point in time: absences and incidents by their date, marks by the day they were posted,
enrollments by their first day; what is dated later is not read, so a list of an earlier
day never changes when later records arrive. This school year only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evenrise.indicators.engines.base import Tables
from evenrise.indicators.flags.counting import (
    LOW_MARK,
    MEMORY,
    FlagSettings,
    count,
    counting,
)
from evenrise.indicators.flags.judging import Crossed, Flags, States, judge, tiers_of
from evenrise.indicators.flags.lines import RuleSet
from evenrise.indicators.flags.measures import Domain
from evenrise.indicators.flags.numbers import MINIMUM_DAYS, Numbers
from evenrise.indicators.flags.reasons import Reasons, dictionary


DOMAINS = tuple(Domain)


@dataclass(frozen=True, slots=True)
class Flagged:
    """What is known of every student enrolled on a day.

    `students`: student_id, school_id, grade; in the order of student_id.
    `states`: student_id, rule_set, domain, state (int8: -1 no data, 0 clear, 1 flag,
    2 severe); one row for each student, rule set and domain.
    `reasons`: student_id, rule_set, domain, reason (JSON); one row for each measure
    whose line was crossed, the farthest line of it.
    `tiers`: student_id, rule_set, points, tier (int8; -1 not known), of the sets whose
    points add up (AcumenEd); without rows for others.
    Columns of few words are dictionaries of strings; `.to_pylist()` gives plain ones.
    """

    as_of: dt.date
    students: pa.Table
    states: pa.Table
    reasons: pa.Table
    tiers: pa.Table


def flag_students(
    snapshot: Tables,
    as_of: dt.date,
    rule_sets: Mapping[str, RuleSet] | Iterable[RuleSet],
    settings: FlagSettings,
    *,
    memory: str = MEMORY,
) -> Flagged:
    """Judge everybody enrolled on a day by each rule set.

    A line that needs what the district does not record is no data. Attendance is no
    data below a minimum of days enrolled (`early_warning.minimum_days` of the
    settings' thresholds, otherwise 10). A transfer inside the district resets nothing.

    Args:
        snapshot: a snapshot's tables.
        as_of: the day of the list.
        rule_sets: the sets, or a mapping of them by key such as `RULE_SETS`.
        settings: the district's.
        memory: for the engine.

    Raises:
        InputProblem: a part of the store cannot be read.
    """
    given = rule_sets.values() if isinstance(rule_sets, Mapping) else rule_sets
    sets = tuple(given)
    low = [x.at for one in sets for x in one.lines if x.measure == "lowest_mark"]
    with counting(
        snapshot, as_of, settings, low=max([LOW_MARK, *low]), memory=memory
    ) as one:
        counted = count(one)
    minimum = settings.thresholds.get("early_warning.minimum_days", MINIMUM_DAYS)
    return _flagged(Numbers(counted, snapshot, minimum), sets, as_of)


def _flagged(numbers: Numbers, sets: tuple[RuleSet, ...], as_of: dt.date) -> Flagged:
    students = numbers.counted.table.select(["student_id", "school_id", "grade"])
    ids = students["student_id"].combine_chunks().cast(pa.string())
    grades = students["grade"].combine_chunks().cast(pa.string())
    names = [one.key for one in sets]
    states: list[States] = []
    told: list[tuple[int, int, Crossed]] = []
    tiers = []
    for place, rules in enumerate(sets):
        speaks = _speaks(rules, grades)
        own = []
        for at, domain in enumerate(DOMAINS):
            state, crossed = judge(rules.of(domain), numbers, speaks)
            own.append(state)
            told += [(place, at, part) for part in crossed if len(part.students)]
        states += own
        if rules.tiers is not None:
            tiers.append((place, *tiers_of(rules, own)))
    return Flagged(
        as_of,
        students,
        _state_table(ids, names, states),
        _reason_table(ids, names, told, Reasons(numbers, [one for *_, one in told])),
        _tier_table(ids, names, tiers),
    )


def _speaks(rules: RuleSet, grades: pa.Array) -> dict[str, Flags]:
    """By line's key, of which students a line with grades speaks."""
    made: dict[tuple[str, ...], Flags] = {}
    found = {}
    for line in rules.lines:
        if line.grades is not None:
            if line.grades not in made:
                among = pc.is_in(grades, pa.array(line.grades, pa.string()))
                made[line.grades] = np.asarray(among, dtype=np.bool_)
            found[line.key] = made[line.grades]
    return found


def _keyed(
    ids: pa.Array,
    names: list[str],
    rows: NDArray[np.integer[Any]],
    sets: NDArray[np.int16],
) -> dict[str, pa.Array]:
    return {
        "student_id": dictionary(rows.astype(np.int32, copy=False), ids),
        "rule_set": dictionary(sets, names),
    }


def _state_table(ids: pa.Array, names: list[str], states: list[States]) -> pa.Table:
    students, count_ = len(ids), len(states)
    rows = np.tile(np.arange(students, dtype=np.int32), count_)
    places = np.arange(count_, dtype=np.int16)
    sets = np.repeat(places // len(DOMAINS), students)
    domains = np.repeat((places % len(DOMAINS)).astype(np.int8), students)
    state = np.concatenate([np.empty(0, dtype=np.int8), *states])
    return pa.table(
        {
            **_keyed(ids, names, rows, sets),
            "domain": dictionary(domains, [str(one) for one in DOMAINS]),
            "state": pa.array(state, pa.int8()),
        }
    )


def _reason_table(
    ids: pa.Array,
    names: list[str],
    told: list[tuple[int, int, Crossed]],
    reasons: Reasons,
) -> pa.Table:
    nobody = np.empty(0, dtype=np.int64)
    sizes = [len(part.students) for _, _, part in told]
    rows = np.concatenate([nobody, *(part.students for _, _, part in told)])
    sets = np.repeat(np.array([one for one, _, _ in told], dtype=np.int16), sizes)
    domains = np.repeat(np.array([at for _, at, _ in told], dtype=np.int8), sizes)
    texts = [reasons.of(part) for _, _, part in told]
    return pa.table(
        {
            **_keyed(ids, names, rows, sets),
            "domain": dictionary(domains, [str(one) for one in DOMAINS]),
            "reason": pa.chunked_array(texts, pa.string()),
        }
    )


def _tier_table(
    ids: pa.Array, names: list[str], tiers: list[tuple[int, States, States]]
) -> pa.Table:
    students = len(ids)
    rows = np.tile(np.arange(students), len(tiers))
    which = np.array([place for place, _, _ in tiers], dtype=np.int16)
    none = np.empty(0, dtype=np.int8)
    return pa.table(
        {
            **_keyed(ids, names, rows, np.repeat(which, students)),
            "points": np.concatenate([none, *(points for _, points, _ in tiers)]),
            "tier": np.concatenate([none, *(tier for _, _, tier in tiers)]),
        }
    )
