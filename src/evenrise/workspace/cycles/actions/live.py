"""The weeks that are counted from the records: made anew when the records change."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.findings.weeks.judging import monday
from evenrise.indicators.weekly import ToldWeek, Weekly, WeeklyAsk, told_weeks
from evenrise.vocabulary.errors import EvenriseError, InputProblem
from evenrise.vocabulary.groups import FAMILIES
from evenrise.workspace.cycles.actions.finding import held_cycle
from evenrise.workspace.cycles.actions.measures import about_measure, held_measure
from evenrise.workspace.cycles.models import (
    CycleMeasure,
    CycleState,
    MeasureKind,
    WeekCount,
)
from evenrise.workspace.cycles.queries.series import FEWEST, first_week
from evenrise.workspace.cycles.said import aim_groups
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import snapshot_store, standing
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.models import Person


# A cycle is watched from when it is thought through until it is decided.
_WATCHED = (CycleState.DRAFT, CycleState.RUNNING, CycleState.STUDIED)
_MOST_WEEKS = 80
_FAMILY = {
    group.code: family.code
    for family in FAMILIES.values()
    if family.code != "race_any"
    for group in family.groups
}


def renew_measure(person: Person, *, cycle: int, measure: int) -> CycleMeasure:
    """Count a live measure's weeks from the records, when somebody asks for it.

    One of the whole district is not counted here; the worker does it.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: when it is counted by hand, or nothing is current yet.
    """
    with transaction.atomic():
        found = held_measure(held_cycle(person, cycle), measure)
        if found.kind != MeasureKind.LIVE:
            raise InputProblem(_("This measure is counted by hand."))
        if standing() is None:
            raise InputProblem(_("There are no records yet: bring files in first."))
        record(person, "cycles.renew_measure", about_measure(found))
    if found.school_id is not None:  # a whole district may take a minute: a task
        renew(found)
    return found


def renew_all() -> int:
    """Count every live measure of a cycle that is not decided, where it is out of date.

    Returns:
        How many were counted.
    """
    now = standing()
    if now is None:
        return 0
    due = CycleMeasure.objects.filter(
        kind=MeasureKind.LIVE,
        removed_at=None,
        cycle__removed_at=None,
        cycle__state__in=_WATCHED,
    ).exclude(weeks__snapshot=now.snapshot)
    return sum(_tried(one) for one in due.select_related("cycle"))


def _tried(measure: CycleMeasure) -> bool:
    """One that cannot be counted does not keep the others from it."""
    try:
        renew(measure)
    except EvenriseError:
        return False
    return True


def renew(measure: CycleMeasure) -> None:
    """Write a measure's weeks as the current records give them.

    A week that was left out stays left out. Weeks that the records no longer give are
    taken away. A week that is not to be told is kept without its numbers.
    """
    now = standing()
    if now is None:
        return
    ask = ask_of(measure, now.as_of)
    weeks = told_weeks(
        Weekly(measure.indicator),
        snapshot_store().get(now.snapshot),
        ask,
        as_of=now.as_of,
        settings=district_settings(),
        smallest_shown=FEWEST,
    )
    write_weeks(measure, weeks, now.snapshot)


def ask_of(measure: CycleMeasure, as_of: dt.date) -> WeeklyAsk:
    """What a measure asks of the records, until the day for which they stand."""
    last = monday(as_of)
    first = first_week(measure.cycle, measure, timezone.localdate())
    return WeeklyAsk(
        school_id=measure.school_id,
        grades=tuple(measure.grades),
        groups=tuple(
            (_FAMILY[code], code) for code in measure.groups if code in aim_groups()
        ),
        first=max(first, last - dt.timedelta(weeks=_MOST_WEEKS)),
        last=last,
    )


def write_weeks(
    measure: CycleMeasure, weeks: tuple[ToldWeek, ...], snapshot: str
) -> None:
    """Keep the weeks as rows, in one transaction."""
    at = timezone.now()
    rows = {
        (one.group, one.week_on): WeekCount(
            measure=measure,
            group=one.group,
            week_on=one.week_on,
            count=one.sums.count if one.sums else 0,
            size=one.sums.size if one.sums else None,
            students=one.sums.students if one.sums else None,
            snapshot=snapshot,
            at=at,
        )
        for one in weeks
    }
    with transaction.atomic():
        standing_rows = measure.weeks.values_list("pk", "group", "week_on")
        gone = [pk for pk, group, on in standing_rows if (group, on) not in rows]
        measure.weeks.filter(pk__in=gone).delete()
        WeekCount.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["measure", "group", "week_on"],
            update_fields=["count", "size", "students", "snapshot", "at"],
        )
