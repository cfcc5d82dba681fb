"""From the rows of a measure to series of weeks: what is shown, left out, hidden.

A week of a group with fewer than eleven students behind it is hidden always, from the
team too: a cycle may be shared at any time, and what was seen cannot be hidden again.
So is a group's week when it could be told from the others by taking away; of live weeks
whatever other measures ask (`actions/live.py`). What is hidden is not judged either, so
that no signal tells of it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from evenrise.findings.weeks.judging import monday
from evenrise.findings.weeks.model import Anew, Measured, Nature, Series, Week
from evenrise.statistics.process_control import Chart
from evenrise.vocabulary.groups import (
    ALL_FAMILY,
    ALL_STUDENTS,
    FAMILIES,
    group_name,
    group_students,
)
from evenrise.vocabulary.text import Text
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleMeasure,
    MeasureKind,
    MeasurePart,
    Phase,
    WeekCount,
)
from evenrise.workspace.cycles.queries.live_kinds import weekly_of
from evenrise.workspace.cycles.said import aim_groups


FEWEST = 11  # students behind a week that is shown (METHODS card 6)
TOO_FEW = Text("fewer than 11 students", "menos de 11 estudiantes")
NO_SCHOOL = Text("no school that week", "no hubo clases esa semana")
_NATURE = {
    MeasureKind.SHARE: Nature.SHARE,
    MeasureKind.EVENTS: Nature.EVENTS,
    MeasureKind.VALUE: Nature.VALUE,
}
_FAMILY = {
    group.code: family
    for family in FAMILIES.values()
    for group in family.groups
    if family.partition
}


@dataclass(frozen=True, slots=True)
class Held:
    """A measure with its rows, read at once for all measures of a cycle."""

    measure: CycleMeasure
    weeks: tuple[WeekCount, ...]
    phases: tuple[Phase, ...]


def held_measures(cycle: Cycle) -> list[Held]:
    """What stands of a cycle's measures, in three queries."""
    measures = list(cycle.measures.filter(removed_at=None).select_related("school"))
    weeks: dict[int, list[WeekCount]] = defaultdict(list)
    for week in WeekCount.objects.filter(measure__in=measures):
        weeks[week.measure_id].append(week)
    phases: dict[int, list[Phase]] = defaultdict(list)
    for phase in Phase.objects.filter(measure__in=measures, taken_back_at=None):
        phases[phase.measure_id].append(phase)
    return [Held(one, tuple(weeks[one.pk]), tuple(phases[one.pk])) for one in measures]


def held_measure(measure: CycleMeasure) -> Held:
    """One measure with its rows."""
    phases = measure.phases.filter(taken_back_at=None).select_related("by")
    return Held(measure, tuple(measure.weeks.all()), tuple(phases))


def measured_of(cycle: Cycle, held: Held) -> Measured:
    """What is watched, as the reading of weeks wants it."""
    one = held.measure
    unit = Text(one.unit, one.unit) if one.unit.strip() else None
    live = weekly_of(one)
    if live is not None:
        nature, unit = Nature.SHARE if live.is_share else Nature.EVENTS, live.unit
    else:
        nature = _NATURE[MeasureKind(one.kind)]
    return Measured(
        what=Text(one.name, one.name),
        nature=nature,
        good=one.good,
        unit=unit,
        chart=Chart(one.chart) if one.chart else None,
        change_on=cycle.begins_on if cycle.locked_at else None,
        phases=tuple(
            Anew(phase.begins_on, Text(phase.reason, phase.reason))
            for phase in held.phases
        ),
        predicted=one.predicted,
        target=one.target,
    )


def series_of(
    held: Held, holidays: Mapping[dt.date, int], *, in_team: bool
) -> list[Series]:
    """The weeks of all students, then of each group, as they may be shown.

    Args:
        held: the measure and its rows.
        holidays: days of instruction by Monday, where the calendar tells them.
        in_team: whether the reader is of the team.
    """
    rows: dict[str, dict[dt.date, WeekCount]] = defaultdict(dict)
    for row in held.weeks:
        rows[row.group][row.week_on] = row
    wanted = ["", *(code for code in held.measure.groups if code in aim_groups())]
    hidden = _hidden(held.measure, rows, wanted)
    spared = _unsized(held.measure) and not in_team
    mondays = _mondays(rows, wanted, holidays)
    return [
        _series(code, rows[code], mondays, holidays, hidden)
        for code in wanted
        if code == "" or (rows[code] and not spared)
    ]


def _unsized(measure: CycleMeasure) -> bool:
    """Whether nothing tells how many students stand behind a group's week."""
    return measure.kind in (MeasureKind.EVENTS, MeasureKind.VALUE)


def _mondays(
    rows: Mapping[str, Mapping[dt.date, WeekCount]],
    wanted: Iterable[str],
    holidays: Mapping[dt.date, int],
) -> list[dt.date]:
    """Every week that is counted, and the holidays between them."""
    counted = sorted({on for code in wanted for on in rows[code]})
    if not counted:
        return []
    off = {
        on
        for on, days in holidays.items()
        if days == 0 and counted[0] < on < counted[-1]
    }
    return sorted({*counted, *off})


def _series(
    code: str,
    rows: Mapping[dt.date, WeekCount],
    mondays: Sequence[dt.date],
    holidays: Mapping[dt.date, int],
    hidden: set[tuple[str, dt.date]],
) -> Series:
    weeks = [
        _week(
            on,
            rows.get(on),
            holiday=holidays.get(on) == 0,
            hidden=(code, on) in hidden,
        )
        for on in mondays
    ]
    return Series(
        code,
        group_text(code),
        students_text(code),
        tuple(one for one in weeks if one is not None),
    )


def _week(
    on: dt.date,
    row: WeekCount | None,
    *,
    holiday: bool,
    hidden: bool,
) -> Week | None:
    if row is None:
        return Week(on, None, left_out=NO_SCHOOL) if holiday else None
    if hidden:
        return Week(on, None, left_out=TOO_FEW)
    told = Week(on, row.count, row.size)
    if row.left_out:
        return replace(told, left_out=Text(row.left_out, row.left_out))
    if row.size == 0:
        return replace(told, count=None, left_out=NO_SCHOOL)
    return replace(told, left_out=NO_SCHOOL) if holiday else told


def _hidden(
    measure: CycleMeasure,
    rows: Mapping[str, Mapping[dt.date, WeekCount]],
    wanted: Sequence[str],
) -> set[tuple[str, dt.date]]:
    """The weeks too small to show, and those that would give them away."""
    if _unsized(measure):
        return set()
    live = measure.kind == MeasureKind.LIVE
    adults = measure.part == MeasurePart.PROCESS and not live
    found: set[tuple[str, dt.date]] = set()
    for code in wanted:
        if code == "" and adults:  # lessons held, teachers who greeted
            continue
        found |= {
            (code, on)
            for on, row in rows[code].items()
            if 0 < _behind(row) < FEWEST or (live and row.size is None)
        }
    for on in {on for code in wanted if code for on in rows[code]}:
        _hide_by_difference(rows, wanted, on, found)
    return found


def _behind(row: WeekCount) -> float:
    """How many students, or for a count by hand how many at most."""
    return row.size or 0 if row.students is None else row.students


def _hide_by_difference(
    rows: Mapping[str, Mapping[dt.date, WeekCount]],
    wanted: Sequence[str],
    on: dt.date,
    found: set[tuple[str, dt.date]],
) -> None:
    """Hide groups until what is left of all students, less them, is none or enough."""
    everyone = rows[""].get(on)
    if everyone is None or ("", on) in found:
        return
    families: dict[str, list[str]] = defaultdict(list)
    for code in wanted:
        if code and on in rows[code] and (code, on) not in found:
            families[_FAMILY[code].code if code in _FAMILY else code].append(code)
    for codes in families.values():
        left = sorted(codes, key=lambda code: _behind(rows[code][on]))
        while left:
            rest = _behind(everyone) - sum(_behind(rows[code][on]) for code in left)
            if not 0 < rest < FEWEST:
                break
            found.add((left.pop(0), on))


def group_text(code: str) -> Text:
    """What a table calls all students (blank) or a group."""
    if not code:
        return group_name(ALL_FAMILY, ALL_STUDENTS)
    return aim_groups()[code].name


def students_text(code: str) -> Text:
    """What a sentence calls them."""
    if not code:
        return group_students(ALL_FAMILY, ALL_STUDENTS)
    return aim_groups()[code].students


def first_week(cycle: Cycle, measure: CycleMeasure, today: dt.date) -> dt.date:
    """The first week that is watched: as told, or eight weeks before the change."""
    if measure.counted_from is not None:
        return monday(measure.counted_from)
    begins = cycle.begins_on or today
    return monday(begins) - dt.timedelta(weeks=8)
