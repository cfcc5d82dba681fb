"""Verbs of a cycle's life: start, decide, take a decision back, remove, restore."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.changing import keep
from evenrise.workspace.cycles.actions.finding import (
    about,
    held_cycle,
    held_removed,
    touch,
)
from evenrise.workspace.cycles.content import content_of
from evenrise.workspace.cycles.models import DECIDED, Cycle, CycleState
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.languages import put_words


def missing_to_start(cycle: Cycle) -> list[str]:
    """What a cycle still lacks before it can start, in words; empty when nothing."""
    lacks = (
        (not cycle.aim, _("the aim")),
        (not cycle.change, _("what is tried")),
        (not cycle.prediction, _("the prediction")),
        (cycle.begins_on is None, _("the day on which it begins")),
        (cycle.until is None, _("the day on which you look back")),
    )
    return [words for lacking, words in lacks if lacking]


def start_cycle(person: Person, *, cycle: int, seen: int) -> Cycle:
    """Start a cycle: from now on its prediction and what is tried are locked.

    Raises:
        NotYours: when it is not theirs.
        Overtaken: when it was changed since.
        InputProblem: when something is missing, or it started already.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, seen=seen)
        if one.state != CycleState.DRAFT:
            raise InputProblem(_("This cycle started already."))
        lacks = missing_to_start(one)
        if lacks:
            raise InputProblem(
                _("It cannot start yet. Still missing: %(what)s.")
                % {"what": ", ".join(lacks)}
            )
        one.state = CycleState.RUNNING
        one.locked_at = timezone.now()
        one.save(update_fields=["state", "locked_at"])
        touch(one)
        record(person, "cycles.start_cycle", about(one))
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a team decided, why, and what it found in words for everybody."""

    decision: str  # adopted, adapted or abandoned
    reason: str
    text_en: str = ""
    text_es: str = ""


def decide(person: Person, *, cycle: int, said: Decided, seen: int) -> Cycle:
    """Adopt, adapt or abandon; all three are good ends of a test.

    Raises:
        NotYours: when the person does not lead its team.
        Overtaken: when it was changed since.
        InputProblem: when it was not studied, or no reason is given.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True, seen=seen)
        if one.state != CycleState.STUDIED:
            raise InputProblem(_("Write what you saw first; then the team can decide."))
        if said.decision not in DECIDED or not said.reason.strip():
            raise InputProblem(_("Choose a decision, and say why in a sentence."))
        keep(person, one, content_of(one))
        put_words(one, {"text_en": said.text_en, "text_es": said.text_es})
        one.state = said.decision
        one.reason = said.reason.strip()
        one.decided_on = timezone.localdate()
        one.decided_by = person
        one.save()
        touch(one)
        record(person, "cycles.decide", about(one), decision=said.decision)
    return one


def take_decision_back(person: Person, *, cycle: int) -> Cycle:
    """Open a decided cycle again; its result, and what it told, stay.

    Raises:
        NotYours: when the person does not lead its team.
        InputProblem: when it is not decided.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        if one.state not in DECIDED:
            raise InputProblem(_("This cycle is not decided."))
        before = one.state
        one.state = CycleState.STUDIED
        one.decided_on, one.decided_by = None, None
        one.save(update_fields=["state", "decided_on", "decided_by"])
        touch(one)
        record(person, "cycles.take_decision_back", about(one), decision=before)
    return one


def share(person: Person, *, cycle: int) -> Cycle:
    """Share a cycle with everybody who sees findings in this district.

    Raises:
        NotYours: when the person does not lead its team.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        if one.shared_at is None:
            one.shared_at, one.shared_by = timezone.now(), person
            one.save(update_fields=["shared_at", "shared_by"])
            touch(one)
            record(person, "cycles.share", about(one))
    return one


def unshare(person: Person, *, cycle: int) -> Cycle:
    """Make a cycle its team's own again.

    Raises:
        NotYours: when the person does not lead its team.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        if one.shared_at is not None:
            one.shared_at, one.shared_by = None, None
            one.save(update_fields=["shared_at", "shared_by"])
            touch(one)
            record(person, "cycles.unshare", about(one))
    return one


def remove_cycle(person: Person, *, cycle: int) -> Cycle:
    """Remove a cycle; it can be brought back, and then is shared or not as before.

    Raises:
        NotYours: when the person does not lead its team.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle, lead=True)
        one.removed_at = timezone.now()
        one.save(update_fields=["removed_at"])
        touch(one)
        record(person, "cycles.remove_cycle", about(one))
    return one


def restore_cycle(person: Person, *, cycle: int) -> Cycle:
    """Bring a removed cycle back.

    Raises:
        NotYours: when the person does not lead its team, or it was not removed.
    """
    with transaction.atomic():
        one = held_removed(person, cycle)
        one.removed_at = None
        one.save(update_fields=["removed_at"])
        touch(one)
        record(person, "cycles.restore_cycle", about(one))
    return one
