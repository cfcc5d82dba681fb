"""Meetings of a cycle's team by a protocol: plan, go from step to step, note, end.

Only the team meets: who is not in it finds nothing here, also when the cycle is
shared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.cycles.access import cycles_of, leads
from evenrise.workspace.cycles.actions.finding import own_cycle
from evenrise.workspace.cycles.models import Meeting, MeetingNote
from evenrise.workspace.cycles.protocols import protocols
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSaid:
    """When a team meets, about which question, and who looks after what."""

    on: dt.date
    question: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)


def plan_meeting(
    person: Person, *, cycle: int, protocol: str, said: MeetingSaid
) -> Meeting:
    """Plan a meeting of the team by a protocol.

    Raises:
        NotYours: when the cycle is not the person's team's, or no such protocol is
            there.
    """
    with transaction.atomic():
        one = own_cycle(person, cycle)
        if protocol not in protocols():
            raise NotYours
        made = Meeting.objects.create(
            cycle=one,
            protocol=protocol,
            on=said.on,
            question=said.question.strip(),
            roles=dict(said.roles),
            by=person,
        )
        record(person, "cycles.plan_meeting", _about(made))
    return made


def change_meeting(person: Person, *, meeting: int, said: MeetingSaid) -> Meeting:
    """Change a meeting's day, question or roles.

    Raises:
        NotYours: when it is not the person's team's.
    """
    with transaction.atomic():
        one = _held(person, meeting)
        one.on, one.question = said.on, said.question.strip()
        one.roles = dict(said.roles)
        one.save(update_fields=["on", "question", "roles"])
        record(person, "cycles.change_meeting", _about(one))
    return one


def go_to_step(person: Person, *, meeting: int, step: int, seen: int) -> Meeting:
    """Begin a meeting, or go a step on or back; the step's minutes begin anew.

    Args:
        person: who moves the team on.
        meeting: which one.
        step: where to, from 0.
        seen: the step that the page showed; -1 before the beginning.

    Raises:
        NotYours: when the meeting is not their team's, or has no such step.
        InputProblem: when it has ended.
        Overtaken: when somebody else moved on meanwhile.
    """
    with transaction.atomic():
        one = _held(person, meeting)
        if one.ended_at is not None:
            raise InputProblem(
                _("This meeting has ended. Open it again to go on with it.")
            )
        if (-1 if one.step is None else one.step) != seen:
            raise Overtaken
        if not 0 <= step < len(protocols()[one.protocol].steps):
            raise NotYours
        one.step, one.step_at = step, timezone.now()
        one.save(update_fields=["step", "step_at"])
    return one


def end_meeting(person: Person, *, meeting: int, ended: bool = True) -> Meeting:
    """End a meeting, or open it again.

    Raises:
        NotYours: when it is not the person's team's.
    """
    with transaction.atomic():
        one = _held(person, meeting)
        one.ended_at = timezone.now() if ended else None
        one.save(update_fields=["ended_at"])
        verb = "cycles.end_meeting" if ended else "cycles.open_meeting_again"
        record(person, verb, _about(one))
    return one


def remove_meeting(person: Person, *, meeting: int, back: bool = False) -> Meeting:
    """Remove a meeting with its notes, or bring it back as it was.

    Raises:
        NotYours: when it is not the person's team's.
    """
    with transaction.atomic():
        one = _held(person, meeting, removed=back)
        one.removed_at = None if back else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "cycles.bring_meeting_back" if back else "cycles.remove_meeting"
        record(person, verb, _about(one))
    return one


def write_note(person: Person, *, meeting: int, step: int, text: str) -> MeetingNote:
    """Write down what was said in a step.

    Raises:
        NotYours: when the meeting is not their team's, or has no such step.
    """
    with transaction.atomic():
        one = _held(person, meeting)
        if not 0 <= step < len(protocols()[one.protocol].steps):
            raise NotYours
        note = MeetingNote.objects.create(
            meeting=one, step=step, text=text.strip(), by=person
        )
        record(person, "cycles.write_note", _about(one))
    return note


def change_note(person: Person, *, note: int, text: str, seen: str) -> MeetingNote:
    """Change one's own note.

    Raises:
        NotYours: when somebody else wrote it, or its meeting is not one's team's.
        Overtaken: when it was changed in another window.
    """
    with transaction.atomic():
        one = _note(person, note)
        if one.by_id != person.pk:
            raise NotYours
        if one.text.split() != seen.split():  # browsers change line ends
            raise Overtaken
        one.text = text.strip()
        one.save(update_fields=["text"])
        record(person, "cycles.change_note", _about(one.meeting))
    return one


def remove_note(person: Person, *, note: int, back: bool = False) -> MeetingNote:
    """Remove a note, or bring it back: its writer, or who leads the team.

    Raises:
        NotYours: when the person is neither.
    """
    with transaction.atomic():
        one = _note(person, note, removed=back)
        if one.by_id != person.pk and not leads(person, one.meeting.cycle):
            raise NotYours
        one.removed_at = None if back else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "cycles.bring_note_back" if back else "cycles.remove_note"
        record(person, verb, _about(one.meeting))
    return one


def _held(person: Person, key: int, *, removed: bool = False) -> Meeting:
    found = (
        Meeting.objects.select_for_update()
        .filter(
            pk=key,
            removed_at__isnull=not removed,
            cycle__in=cycles_of(person).values("pk"),
        )
        .first()
    )
    if found is None or not person.may(Right.INQUIRE):
        raise NotYours
    return found


def _note(person: Person, key: int, *, removed: bool = False) -> MeetingNote:
    found = (
        MeetingNote.objects.select_for_update()
        .filter(pk=key, removed_at__isnull=not removed)
        .first()
    )
    if found is None:
        raise NotYours
    _held(person, found.meeting_id)
    return found


def _about(one: Meeting) -> About:
    return About("cycle_meeting", str(one.pk))
