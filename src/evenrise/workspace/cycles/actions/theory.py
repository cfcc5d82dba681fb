"""Verbs about what a cycle stands on: whom the team asked, causes it considered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.actions.finding import about, held_cycle, stir
from evenrise.workspace.cycles.models import Cause, CauseState, Voice
from evenrise.workspace.foundation.audit import record
from evenrise.workspace.insights.access import evidence_read_by
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceSaid:
    """Whom the team asked, and what they said."""

    said_by: str
    said: str
    how_many: int | None = None
    asked_on: dt.date | None = None
    evidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseSaid:
    """A cause, and what the evidence says of it."""

    text: str
    state: str = CauseState.OPEN
    evidence: str = ""


def add_voice(person: Person, *, cycle: int, said: VoiceSaid) -> Voice:
    """Keep what somebody said when the team asked.

    Raises:
        NotYours: when the cycle, or the evidence, is not theirs to read.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        if said.evidence is not None and not (
            evidence_read_by(person).filter(pk=said.evidence).exists()
        ):
            raise NotYours
        made = Voice.objects.create(
            cycle=one,
            said_by=said.said_by,
            said=said.said.strip(),
            how_many=said.how_many,
            asked_on=said.asked_on,
            evidence_id=said.evidence,
            by=person,
        )
        stir(one)
        record(person, "cycles.add_voice", about(one), voice=made.pk)
    return made


def remove_voice(
    person: Person, *, cycle: int, voice: int, back: bool = False
) -> Voice:
    """Remove what somebody said, or bring it back.

    Raises:
        NotYours: when it is not theirs.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = one.voices.filter(pk=voice, removed_at__isnull=not back).first()
        if found is None:
            raise NotYours
        found.removed_at = None if back else timezone.now()
        found.save(update_fields=["removed_at"])
        stir(one)
        record(person, "cycles.remove_voice", about(one), voice=voice, back=back)
    return found


def add_cause(person: Person, *, cycle: int, said: CauseSaid) -> Cause:
    """Add a cause that the team considers, last among them.

    Raises:
        NotYours: when the cycle is not theirs.
        InputProblem: when it is judged without evidence.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        _refuse_unproved(said)
        last = one.causes.aggregate(last=Max("place"))["last"]
        made = Cause.objects.create(
            cycle=one,
            text=said.text.strip(),
            state=said.state,
            evidence=said.evidence.strip(),
            place=0 if last is None else last + 1,
            by=person,
        )
        stir(one)
        record(person, "cycles.add_cause", about(one), cause=made.pk)
    return made


def change_cause(person: Person, *, cycle: int, cause: int, said: CauseSaid) -> Cause:
    """Change a cause, or what the evidence says of it.

    Raises:
        NotYours: when it is not theirs.
        InputProblem: when it is judged without evidence.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = one.causes.filter(pk=cause, removed_at=None).first()
        if found is None:
            raise NotYours
        _refuse_unproved(said)
        found.text, found.state = said.text.strip(), said.state
        found.evidence = said.evidence.strip()
        found.save(update_fields=["text", "state", "evidence"])
        stir(one)
        record(person, "cycles.change_cause", about(one), cause=cause, state=said.state)
    return found


def remove_cause(
    person: Person, *, cycle: int, cause: int, back: bool = False
) -> Cause:
    """Remove a cause, or bring it back.

    Raises:
        NotYours: when it is not theirs.
    """
    with transaction.atomic():
        one = held_cycle(person, cycle)
        found = one.causes.filter(pk=cause, removed_at__isnull=not back).first()
        if found is None:
            raise NotYours
        found.removed_at = None if back else timezone.now()
        found.save(update_fields=["removed_at"])
        stir(one)
        record(person, "cycles.remove_cause", about(one), cause=cause, back=back)
    return found


def _refuse_unproved(said: CauseSaid) -> None:
    if said.state != CauseState.OPEN and not said.evidence.strip():
        raise InputProblem(
            _(
                "A cause is likely, or ruled out, only with evidence: write what was"
                " looked at and what it said."
            )
        )
