"""Verbs about what a cycle watches: add a measure, change it, take it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.indicators.weekly import Weekly
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import held_cycle
from evenrise.workspace.cycles.models import (
    Cycle,
    CycleMeasure,
    MeasureKind,
)
from evenrise.workspace.cycles.queries.live_schools import live_schools
from evenrise.workspace.cycles.said import aim_groups
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person


MOST = 12  # measures of a cycle; more are not watched by anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSaid:
    """What a team says of a measure; shares as shares.

    `indicator` is a weekly indicator's key, asked only when a live one is added.
    """

    name: str
    part: str
    chart: str
    unit: str
    groups: tuple[str, ...]
    target: float | None
    counted_from: dt.date | None
    good: int | None = None  # None: not asked any more
    predicted: float | None = None
    school_id: str | None = None
    grades: tuple[str, ...] = ()
    indicator: str = Weekly.ABSENCE


def add_measure(
    person: Person, *, cycle: int, kind: str, said: MeasureSaid
) -> CycleMeasure:
    """Watch something more; after the start without a prediction.

    Raises:
        NotYours: when the cycle is not there, or not the person's team's.
        InputProblem: when there are too many, or no such kind or school.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        standing = one.measures.filter(removed_at=None)
        if standing.count() >= MOST:
            raise InputProblem(
                _("A cycle watches %(most)s measures at most: take one out first.")
                % {"most": MOST}
            )
        if kind not in MeasureKind.values or said.indicator not in set(Weekly):
            raise NotYours
        last = one.measures.aggregate(last=Max("place"))["last"]
        made = CycleMeasure(
            cycle=one,
            kind=kind,
            by=person,
            place=0 if last is None else last + 1,
            indicator=said.indicator if kind == MeasureKind.LIVE else "",
            good=-1 if kind == MeasureKind.LIVE else 0,
        )
        if kind == MeasureKind.LIVE:
            _check_school(said, live_schools(person))
        _put(made, said, locked=one.locked_at is not None, new=True)
        made.save()
        record(person, "cycles.add_measure", about_measure(made), what=kind)
    return made


def change_measure(
    person: Person, *, cycle: int, measure: int, said: MeasureSaid
) -> CycleMeasure:
    """Change a measure; what the locked prediction stands on stays as it is.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: when there is no such school.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = held_measure(one, measure)
        if found.kind == MeasureKind.LIVE and one.locked_at is None:
            _check_school(said, live_schools(person, found))
        _put(found, said, locked=one.locked_at is not None)
        found.save()
        record(person, "cycles.change_measure", about_measure(found))
    return found


def remove_measure(person: Person, *, cycle: int, measure: int) -> CycleMeasure:
    """Take a measure out; `restore_measure` brings it back with its weeks.

    Raises:
        NotYours: when it is not there, or not the person's team's.
        InputProblem: when the locked prediction speaks of it.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = held_measure(one, measure)
        if one.locked_at is not None and found.predicted is not None:
            raise InputProblem(
                _("The locked prediction speaks of this measure, so it stays.")
            )
        found.removed_at = timezone.now()
        found.save(update_fields=["removed_at"])
        record(person, "cycles.remove_measure", about_measure(found))
    return found


def restore_measure(person: Person, *, cycle: int, measure: int) -> CycleMeasure:
    """Bring a measure back with its weeks.

    Raises:
        NotYours: when it was not taken out, or is not the person's team's.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = held_measure(one, measure, removed=True)
        found.removed_at = None
        found.save(update_fields=["removed_at"])
        record(person, "cycles.restore_measure", about_measure(found))
    return found


def held_measure(cycle: Cycle, pk: int, *, removed: bool = False) -> CycleMeasure:
    """A measure of a cycle that is held already.

    Raises:
        NotYours: when it is not there.
    """
    found = cycle.measures.filter(pk=pk, removed_at__isnull=not removed).first()
    if found is None:
        raise NotYours
    return found


def about_measure(measure: CycleMeasure) -> About:
    """A measure, for the record of deeds: by its key alone."""
    return About("cycle_measure", str(measure.pk))


def _check_school(said: MeasureSaid, allowed: Sequence[tuple[str, str]]) -> None:
    if (said.school_id or "") not in {code for code, _name in allowed}:
        raise InputProblem(_("Choose one of the schools where you work."))


def _put(
    measure: CycleMeasure, said: MeasureSaid, *, locked: bool, new: bool = False
) -> None:
    measure.name, measure.part = said.name.strip(), said.part
    measure.chart, measure.unit = said.chart, said.unit.strip()
    measure.groups = [code for code in said.groups if code in aim_groups()]
    measure.target, measure.counted_from = said.target, said.counted_from
    if locked and not new:
        return
    measure.predicted = None if locked else said.predicted
    measure.good = measure.good if said.good is None else said.good
    if measure.kind != MeasureKind.LIVE:
        return
    measure.school_id, measure.grades = said.school_id, list(said.grades)
