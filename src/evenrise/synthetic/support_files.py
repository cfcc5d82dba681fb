"""Writes the supports of an invented district beside its records: two CSV files.

They lie in a folder of their own, since no records system exports them: a district
would bring them from its own notes, or make them in the workspace.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute as pc, csv

from evenrise.synthetic.chance import Chance, pick
from evenrise.synthetic.folder import days, keys, numbers, words, yes_no
from evenrise.synthetic.people import People
from evenrise.synthetic.places import DAYS, Calendar
from evenrise.synthetic.registry import student_ids
from evenrise.synthetic.staff import ROLES, Staff
from evenrise.synthetic.supports import Begun


SUPPORTS, SESSIONS = "supports", "support_sessions"
_GIVEN = 0.83  # share of planned sessions that take place
_WHY_NOT = ("absent", "adult_away", "no_time", "other")
_WHY_SHARES = (0.5, 0.2, 0.22, 0.08)
_ENDED_HOW = ("goal_met", "changed", "stopped", None)
_ENDED_SHARES = (0.55, 0.2, 0.25)
_REVIEW_AFTER = 28  # days
_OVERDUE = 7  # days that a review may have waited
_NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True)
class Plan:
    """How one support is given."""

    tier: int
    weeks: int
    a_week: int
    minutes: int
    roles: tuple[str, ...]  # who owns it; anybody of the school where there is none
    goal: str

    @property
    def sessions(self) -> int:
        """Sessions planned in all."""
        return self.weeks * self.a_week


PLANS: dict[str, Plan] = {
    "check_in": Plan(2, 8, 2, 15, ("counselor",), "Miss no more than one day a month"),
    "homework_club": Plan(
        2, 10, 2, 60, ("teacher",), "Hand in every assignment of the week"
    ),
    "honors_lunch": Plan(
        1, 6, 1, 40, ("specialist", "teacher"), "Finish a project of one's own"
    ),
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """What both files tell of each support begun."""

    begun: Begun
    names: tuple[str, ...]
    begins: NDArray[np.datetime64]
    planned_end: NDArray[np.datetime64]
    ended: NDArray[np.datetime64]

    def of_plan(self, what: str) -> NDArray[np.int64]:
        """A number of each row's plan."""
        told = np.array([getattr(PLANS[name], what) for name in self.names], np.int64)
        return told[self.begun.support]


def write_supports(  # noqa: PLR0913 - what the files are made of
    folder: Path,
    begun: Begun,
    names: tuple[str, ...],
    calendars: dict[int, Calendar],
    *,
    people: People,
    staff: Staff,
    as_of: dt.date,
    chance: Chance,
) -> None:
    """Write `supports.csv` and `support_sessions.csv`.

    Args:
        folder: made when missing; beside the folder of records, not in it.
        begun: what began, and for whom.
        names: the keys of the planted supports.
        calendars: by year, of the years in which anything began.
        people: the students.
        staff: the adults; each support has one of its school as owner.
        as_of: today: nothing later has been held or has ended.
        chance: the seed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = _dated(begun, names, calendars, as_of, chance)
    _write(folder / f"{SUPPORTS}.csv", _supports(rows, people, staff, as_of, chance))
    _write(
        folder / f"{SESSIONS}.csv", _sessions(rows, people, calendars, as_of, chance)
    )


def _dated(
    begun: Begun,
    names: tuple[str, ...],
    calendars: dict[int, Calendar],
    as_of: dt.date,
    chance: Chance,
) -> _Rows:
    """When each began, was to end, and ended."""
    begins = np.full(len(begun), _NEVER)
    for year, calendar in calendars.items():
        of_year = begun.year == year
        begins[of_year] = calendar.dates[begun.day[of_year]]
    weeks = np.array([PLANS[name].weeks for name in names], np.int64)
    planned = begins + 7 * weeks[begun.support]
    rng = chance.of("support ends")
    ended = planned + rng.integers(0, 8, len(begun))
    # One in twelve stops after two to five weeks.
    early = rng.random(len(begun)) < 1 / 12
    ended = np.where(early, begins + rng.integers(14, 36, len(begun)), ended)
    ended = np.where(ended <= np.datetime64(as_of), ended, _NEVER)
    return _Rows(begun, names, begins, planned, ended)


def _supports(
    rows: _Rows, people: People, staff: Staff, as_of: dt.date, chance: Chance
) -> dict[str, Any]:
    begun, size = rows.begun, len(rows.begun)
    rng = chance.of("support ends how")
    how = pick(rng, _ENDED_SHARES, size)
    how = np.where(np.isnat(rows.ended), 3, how)
    how = np.where(rows.ended < rows.planned_end, 2, how)
    return {
        "student_id": student_ids(people, begun.student),
        "support": words(rows.names, begun.support),
        "tier": numbers(rows.of_plan("tier")),
        "owner_staff_id": keys("T", _owners(rows, staff, chance), 7),
        "begins_on": days(rows.begins),
        "review_on": days(_reviews(rows, as_of)),
        "planned_end_on": days(rows.planned_end),
        "ended_on": days(rows.ended),
        "ended_how": words(_ENDED_HOW, how),
        "sessions_planned": numbers(rows.of_plan("sessions")),
        "minutes": numbers(rows.of_plan("minutes")),
        "goal": words([PLANS[name].goal for name in rows.names], begun.support),
    }


def _reviews(rows: _Rows, as_of: dt.date) -> NDArray[np.datetime64]:
    """Four weeks after the start; for what still runs, the next one that is due."""
    first = rows.begins + _REVIEW_AFTER
    late = (np.datetime64(as_of, "D") - _OVERDUE - first).astype(np.int64)
    more = np.where(np.isnat(rows.ended), np.maximum(0, -(-late // _REVIEW_AFTER)), 0)
    return np.asarray(first + _REVIEW_AFTER * more)


def _owners(rows: _Rows, staff: Staff, chance: Chance) -> NDArray[np.int64]:
    """An adult of the school and the year for each row, in a fitting role."""
    begun = rows.begun
    rng = chance.of("support owners")
    draw = rng.random(len(begun))
    place = np.clip(begun.year - staff.years[0], 0, len(staff.years) - 1)
    order = np.lexsort((staff.role, staff.school))
    key = staff.school[order].astype(np.int64) * len(ROLES) + staff.role[order]
    post = np.full(len(begun), -1, np.int64)
    for support, name in enumerate(rows.names):
        mine = begun.support == support
        for role in PLANS[name].roles:
            wanted = begun.school.astype(np.int64) * len(ROLES) + ROLES.index(role)
            low = np.searchsorted(key, wanted, side="left")
            count = np.searchsorted(key, wanted, side="right") - low
            take = mine & (post < 0) & (count > 0)
            chosen = low + (draw * count).astype(np.int64)
            post[take] = order[chosen[take]]
    low = np.searchsorted(staff.school[order], begun.school, side="left")
    anybody = order[np.minimum(low, len(order) - 1)]
    post = np.where(post < 0, anybody, post)
    return np.asarray(staff.person[post, place], np.int64)


def _sessions(
    rows: _Rows,
    people: People,
    calendars: dict[int, Calendar],
    as_of: dt.date,
    chance: Chance,
) -> dict[str, Any]:
    """Each planned session whose day has come, given or not."""
    begun = rows.begun
    planned = rows.of_plan("sessions")
    row = np.repeat(np.arange(len(begun)), planned)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(planned) - planned, planned)
    a_week = rows.of_plan("a_week")[row]
    day = begun.day[row] + nth // a_week * 5 + nth % a_week * 2
    held = np.full(len(row), _NEVER)
    for year, calendar in calendars.items():
        of_year = (begun.year[row] == year) & (day < DAYS)
        held[of_year] = calendar.dates[day[of_year]]
    last = np.where(np.isnat(rows.ended), np.datetime64(as_of, "D"), rows.ended)[row]
    kept = ~np.isnat(held) & (held <= last)
    row, held = row[kept], held[kept]
    rng = chance.of("support sessions")
    given = rng.random(len(row)) < _GIVEN
    why = pick(rng, _WHY_SHARES, len(row))
    minutes = rows.of_plan("minutes")[row]
    return {
        "student_id": student_ids(people, begun.student[row]),
        "support": words(rows.names, begun.support[row]),
        "begins_on": days(rows.begins[row]),
        "held_on": days(held),
        "delivered": yes_no(given),
        "minutes": numbers(minutes, blank=~given),
        "why_not": words((*_WHY_NOT, None), np.where(given, len(_WHY_NOT), why)),
    }


def _write(path: Path, columns: dict[str, Any]) -> None:
    table = pa.table(list(columns.values()), names=list(columns))
    options = csv.WriteOptions(quoting_style="none", include_header=False)
    with path.open("wb") as stream:
        stream.write((",".join(columns) + "\n").encode())
        if table.num_rows:
            csv.write_csv(table, stream, options)


def read_given(folder: Path) -> tuple[NDArray[Any], ...]:
    """What both files say was given: a row a support begun, in five columns.

    Students' codes, keys of supports, first days, sessions planned, sessions given.
    """
    text = csv.ConvertOptions(
        column_types={
            **dict.fromkeys(("student_id", "support", "delivered"), pa.string()),
            "begins_on": pa.date32(),
        }
    )
    supports = csv.read_csv(folder / f"{SUPPORTS}.csv", convert_options=text)
    sessions = csv.read_csv(folder / f"{SESSIONS}.csv", convert_options=text)
    key = ["student_id", "support", "begins_on"]
    held = sessions.filter(pc.equal(sessions["delivered"], "Y"))
    counted = held.group_by(key).aggregate([("held_on", "count")])
    joined = supports.join(counted, key).sort_by([(name, "ascending") for name in key])
    given = joined["held_on_count"].fill_null(0)
    return (
        np.array(joined["student_id"].to_pylist(), np.str_),
        np.array(joined["support"].to_pylist(), np.str_),
        joined["begins_on"].to_numpy().astype("datetime64[D]"),
        joined["sessions_planned"].to_numpy().astype(np.int64),
        given.to_numpy().astype(np.int64),
    )
