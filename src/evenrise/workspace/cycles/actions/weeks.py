"""Verbs about weeks: count them, leave one out, make limits anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.findings.weeks.judging import monday
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import held_cycle
from evenrise.workspace.cycles.actions.measures import about_measure, held_measure
from evenrise.workspace.cycles.models import (
    CycleMeasure,
    MeasureKind,
    Phase,
    WeekCount,
)
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person


MOST_CELLS = 2_000  # of one form or one paste


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell as a person filled it; a blank count takes the week away."""

    group: str
    week_on: dt.date
    count: float | None
    size: float | None = None


def count_weeks(
    person: Person, *, cycle: int, measure: int, cells: Sequence[Counted]
) -> int:
    """Keep what was counted; a blank count takes the week of that group away.

    Returns:
        How many weeks stand as told.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: when the measure is counted from records, or a cell is no count.
    """
    with transaction.atomic():
        found = held_measure(held_cycle(person, cycle), measure)
        if found.kind == MeasureKind.LIVE:
            raise InputProblem(
                _("This measure is counted from the records; nobody types it.")
            )
        if len(cells) > MOST_CELLS:
            raise InputProblem(_("These are too many lines at once: bring fewer."))
        _check(found, cells)
        kept = _keep(found, person, cells)
        record(person, "cycles.count_weeks", about_measure(found), weeks=kept)
    return kept


def _check(measure: CycleMeasure, cells: Sequence[Counted]) -> None:
    """Each cell fits the kind of the measure; the first that does not is named."""
    latest = monday(timezone.localdate())
    for one in cells:
        if one.count is None:
            continue
        told = {"day": one.week_on.isoformat()}
        if one.week_on > latest:
            raise InputProblem(
                _("The week of %(day)s is still ahead: count it when it is over.")
                % told
            )
        if measure.kind == MeasureKind.SHARE and (
            one.size is None or not 0 <= one.count <= one.size
        ):
            raise InputProblem(
                _("Week of %(day)s: write a count, and of how many it is.") % told
            )
        if measure.kind == MeasureKind.EVENTS and one.count < 0:
            raise InputProblem(_("Week of %(day)s: a count is 0 or more.") % told)


def _keep(measure: CycleMeasure, person: Person, cells: Sequence[Counted]) -> int:
    standing = {(one.group, one.week_on): one for one in measure.weeks.all()}
    now = timezone.now()
    put, gone = [], []
    for one in cells:
        before = standing.get((one.group, one.week_on))
        if one.count is None:
            gone += [] if before is None else [before.pk]
            continue
        size = None if measure.kind == MeasureKind.VALUE else one.size
        if before is not None and (before.count, before.size) == (one.count, size):
            continue
        put.append(
            WeekCount(
                measure=measure,
                group=one.group,
                week_on=one.week_on,
                count=one.count,
                size=size,
                left_out=before.left_out if before else "",
                by=person,
                at=now,
            )
        )
    WeekCount.objects.filter(pk__in=gone).delete()
    WeekCount.objects.bulk_create(
        put,
        update_conflicts=True,
        unique_fields=["measure", "group", "week_on"],
        update_fields=["count", "size", "by", "at"],
    )
    return len(put) + len(gone)


def leave_out(
    person: Person, *, cycle: int, measure: int, week_on: dt.date, reason: str
) -> int:
    """Leave a week out for all groups, with a reason; a blank one counts it again.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: when nothing was counted in that week.
    """
    with transaction.atomic():
        found = held_measure(held_cycle(person, cycle), measure)
        weeks = found.weeks.filter(week_on=monday(week_on))
        changed = weeks.update(left_out=reason.strip())
        if not changed:
            raise InputProblem(
                _("Nothing was counted in the week of %(day)s.")
                % {"day": monday(week_on).isoformat()}
            )
        verb = "cycles.leave_week_out" if reason.strip() else "cycles.count_week_again"
        record(person, verb, about_measure(found), week=monday(week_on).isoformat())
    return changed


def make_limits_anew(
    person: Person, *, cycle: int, measure: int, week_on: dt.date, reason: str
) -> Phase:
    """From a week on middle and limits stand on the weeks that follow.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: without a reason, without a week, or where they begin already.
    """
    on = monday(week_on)
    with transaction.atomic():
        found = held_measure(held_cycle(person, cycle), measure)
        if not reason.strip():
            raise InputProblem(_("Say why the limits may change."))
        counted = found.weeks.filter(group="", left_out="")
        if not counted.filter(week_on__lt=on).exists() or not (
            counted.filter(week_on__gte=on).exists()
        ):
            raise InputProblem(
                _("Choose a week that has counted weeks before it and from it on.")
            )
        if found.phases.filter(begins_on=on, taken_back_at=None).exists():
            raise InputProblem(_("The limits begin anew in that week already."))
        made = Phase.objects.create(
            measure=found, begins_on=on, reason=reason.strip(), by=person
        )
        record(person, "cycles.make_limits_anew", about_measure(found), phase=made.pk)
    return made


def take_limits_back(person: Person, *, cycle: int, measure: int, phase: int) -> Phase:
    """Undo: the limits run through that week again.

    Raises:
        NotYours: when it is not there, or not the person's team's.
    """
    with transaction.atomic():
        found = held_measure(held_cycle(person, cycle), measure)
        one = found.phases.filter(pk=phase, taken_back_at=None).first()
        if one is None:
            raise NotYours
        one.taken_back_at = timezone.now()
        one.save(update_fields=["taken_back_at"])
        record(person, "cycles.take_limits_back", about_measure(found), phase=one.pk)
    return one
