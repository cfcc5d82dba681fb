"""Whoever is responsible says how far a step is, and may take it back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_report, may_write
from evenrise.workspace.plans.actions.touching import touch
from evenrise.workspace.plans.models import Rung, RungKind, StepReport, StepState


def report_step(
    person: Person, *, plan: str, key: str, state: str, note: str = ""
) -> StepReport:
    """Say how far a step is.

    The reports are a step's own history, so its words' versions are not touched and a
    person who is changing its words meanwhile is not overtaken.

    Raises:
        NotYours: when the step is not there, or not theirs to report.
        InputProblem: when it stopped without a reason.
    """
    with transaction.atomic():
        rung = _held_step(plan, key)
        if rung is None or not may_report(person, rung):
            raise NotYours
        told = note.strip()
        if state == StepState.STOPPED and not told:
            raise InputProblem(_("Say why it stopped: others plan around it."))
        made = StepReport.objects.create(rung=rung, state=state, note=told, by=person)
        _put_state(rung, state)
        record(person, "plans.report_step", _about(rung), state=state)
    return made


def take_report_back(person: Person, *, plan: str, report: int) -> StepReport:
    """Take a report back: the one before it counts again.

    Raises:
        NotYours: when it is not there, or neither theirs nor of a plan they write.
    """
    with transaction.atomic():
        one = (
            StepReport.objects.select_related("rung")
            .filter(pk=report, rung__plan__slug=plan, taken_back_at=None)
            .first()
        )
        rung = None if one is None else _held_step(plan, one.rung.key)
        if one is None or rung is None:
            raise NotYours
        if one.by_id != person.pk and not may_write(person, rung.plan):
            raise NotYours
        one.taken_back_at = timezone.now()
        one.save(update_fields=["taken_back_at"])
        latest = rung.reports.filter(taken_back_at=None).order_by("-id").first()
        _put_state(rung, latest.state if latest else StepState.PLANNED)
        record(person, "plans.take_report_back", _about(rung))
    return one


def _held_step(plan: str, key: str) -> Rung | None:
    return (
        Rung.objects.select_for_update(of=("self",))
        .select_related("plan")
        .filter(
            plan__slug=plan,
            plan__set_aside_at=None,
            key=key.replace("\x00", ""),
            kind=RungKind.STEP,
            removed_at=None,
        )
        .first()
    )


def _put_state(rung: Rung, state: str) -> None:
    now = timezone.now()
    rung.state, rung.state_at = state, now
    rung.save(update_fields=["state", "state_at"])
    touch(rung.plan, now)


def _about(rung: Rung) -> About:
    return About("rung", f"{rung.plan.slug}/{rung.key}")
