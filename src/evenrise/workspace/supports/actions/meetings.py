"""Meetings of a team: agenda, decisions, who acts until when, and the recap.

A verb about a student asks twice: whether the meeting is open to the person, and
whether the person reaches the student.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record, record_looks
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.actions.recap import send_recap
from evenrise.workspace.supports.actions.withdrawing import student_of
from evenrise.workspace.supports.models import Meeting, MeetingItem, Team
from evenrise.workspace.supports.queries.agenda import agenda_of
from evenrise.workspace.supports.queries.teams import (
    may_act,
    meetings_open_to,
    teams_open_to,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a team decided about one student."""

    decision: str
    owner: Person | None
    due_on: dt.date | None


def make_meeting(
    person: Person, *, team: Team, held_on: dt.date, most: int
) -> tuple[Meeting, int]:
    """Plan a meeting; its agenda is made from what is due. How many wait comes too.

    Args:
        person: who plans it.
        team: whose meeting it is.
        held_on: its day.
        most: how many students with a flag fit on the agenda.

    Raises:
        NotYours: when the team is not open to the person, or has ended.
    """
    there = teams_open_to(person).filter(pk=team.pk, ended_at__isnull=True)
    if not may_support(person) or not there.exists():
        raise NotYours
    agenda = agenda_of(team, person, today=timezone.localdate(), most=most)
    with transaction.atomic():
        meeting = Meeting.objects.create(team=team, held_on=held_on, made_by=person)
        MeetingItem.objects.bulk_create(
            MeetingItem(
                meeting=meeting,
                student_id=one.student_id,
                why=one.why,
                flag_id=one.flag_id,
                support_id=one.support_id,
                place=place,
            )
            for place, one in enumerate(agenda.places)
        )
        record(
            person,
            "supports.make_meeting",
            _about(meeting),
            students=len(agenda.places),
        )
    return meeting, agenda.waiting


def add_to_agenda(person: Person, *, meeting: int, student: str) -> MeetingItem:
    """Put a student on the agenda, once.

    Raises:
        NotYours: when the meeting or the student is not the person's.
        InputProblem: when the meeting is closed.
    """
    with transaction.atomic():
        one = _open_meeting(person, meeting)
        served = student_of(person, student)
        last = one.items.aggregate(last=Max("place"))["last"] or 0
        item, is_new = MeetingItem.objects.get_or_create(
            meeting=one,
            student=served,
            defaults={"why": MeetingItem.Why.ADDED, "place": last + 1},
        )
        if is_new:
            record(person, "supports.add_to_agenda", _about(one))
    return item


def take_off_agenda(person: Person, *, item: int) -> Meeting:
    """Take a student off the agenda, as long as nothing is decided.

    Raises:
        NotYours: when the meeting or the student is not the person's.
        InputProblem: when the meeting is closed, or something is decided.
    """
    with transaction.atomic():
        one = _item(person, item)
        meeting = _open_meeting(person, one.meeting_id)
        if one.decision:
            raise InputProblem(
                _("Something is decided already: take the decision back first.")
            )
        one.delete()
        record(person, "supports.take_off_agenda", _about(meeting))
    return meeting


def decide(person: Person, *, item: int, decided: Decided, seen: str) -> MeetingItem:
    """Write down what the team decided, who acts, and until when.

    Args:
        person: who writes.
        item: the place on the agenda.
        decided: the decision; the owner is a member who serves the student.
        seen: the decision that the page showed.

    Raises:
        NotYours: when the meeting or the student is not the person's, or the owner is
            not a member who serves the student.
        InputProblem: when the meeting is closed.
        Overtaken: when somebody else wrote another decision meanwhile.
    """
    with transaction.atomic():
        one = _item(person, item)
        meeting = _open_meeting(person, one.meeting_id)
        if one.decision.split() != seen.split():  # browsers change line ends
            raise Overtaken
        owner = decided.owner
        if owner is not None:
            acts = may_act(meeting.team, one.student).filter(pk=owner.pk)
            if not acts.exists():
                raise NotYours
        one.decision, one.owner = decided.decision.strip(), owner
        one.due_on = decided.due_on
        one.save(update_fields=["decision", "owner", "due_on"])
        record(person, "supports.decide", About("meeting_item", str(one.pk)))
    return one


def mark_done(person: Person, *, item: int, done: bool = True) -> MeetingItem:
    """Say that what was decided is done, or that it is not done yet.

    Raises:
        NotYours: when the meeting or the student is not the person's.
        InputProblem: when nothing was decided.
    """
    with transaction.atomic():
        one = _item(person, item)
        if not one.decision:
            raise InputProblem(_("Nothing is decided for this student yet."))
        one.done_at = timezone.now() if done else None
        one.save(update_fields=["done_at"])
        verb = "supports.item_done" if done else "supports.item_not_done"
        record(person, verb, About("meeting_item", str(one.pk)))
    return one


def drop_meeting(person: Person, *, meeting: int) -> Team:
    """Remove a meeting that was planned by mistake, as long as nothing is decided.

    Raises:
        NotYours: when the meeting is not open to the person.
        InputProblem: when it is closed, or something is decided.
    """
    with transaction.atomic():
        one = _open_meeting(person, meeting)
        if one.recap_at is not None or one.items.exclude(decision="").exists():
            raise InputProblem(
                _("Something was decided in this meeting: it stays, and can be closed.")
            )
        record(person, "supports.drop_meeting", _about(one))
        one.delete()
    return one.team


def write_meeting_notes(person: Person, *, meeting: int, notes: str) -> Meeting:
    """Write what the team says about its work; no student is named here.

    Raises:
        NotYours: when the meeting is not open to the person.
        InputProblem: when the meeting is closed.
    """
    with transaction.atomic():
        one = _open_meeting(person, meeting)
        one.notes = notes.strip()
        one.save(update_fields=["notes"])
        record(person, "supports.write_meeting_notes", _about(one))
    return one


def close_meeting(person: Person, *, meeting: int, closed: bool = True) -> Meeting:
    """Close a meeting, or open it again; the recap goes out once.

    Raises:
        NotYours: when the meeting is not open to the person.
    """
    with transaction.atomic():
        one = _meeting(person, meeting)
        now = timezone.now()
        one.closed_at = now if closed else None
        first = closed and one.recap_at is None
        if first:
            one.recap_at = now
            transaction.on_commit(lambda: send_recap(one))
        one.save(update_fields=["closed_at", "recap_at"])
        verb = "supports.close_meeting" if closed else "supports.reopen_meeting"
        record(person, verb, _about(one))
    return one


def look_at_students(
    person: Person, *, students: Iterable[Student], reach: Reach
) -> None:
    """The person opened a page that tells what was decided for these students.

    Args:
        person: who looks.
        students: as `students_within` gives them, with their `reason`.
        reach: how far the person reaches today.
    """
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for student in students:
        reason = str(getattr(student, "reason", ""))
        by_reason.setdefault(reason, []).append((student.student_id, reason))
    for reason, looks in by_reason.items():
        record_looks(person, looks, role=reach.role_for(reason), where="page")


def _meeting(person: Person, key: int) -> Meeting:
    found = meetings_open_to(person).select_for_update(of=("self",)).filter(pk=key)
    one = found.first()
    if one is None or not may_support(person):
        raise NotYours
    return one


def _open_meeting(person: Person, key: int) -> Meeting:
    one = _meeting(person, key)
    if one.closed_at is not None:
        raise InputProblem(
            _("This meeting is closed. Open it again to change what was decided.")
        )
    return one


def _item(person: Person, key: int) -> MeetingItem:
    """A place on an agenda, when both the meeting and the student are the person's."""
    meetings = meetings_open_to(person).order_by().values("pk")
    found = MeetingItem.objects.select_for_update(of=("self",)).filter(
        pk=key, meeting__in=meetings
    )
    one = found.first()
    if one is None:
        raise NotYours
    student_of(person, one.student_id)
    return one


def _about(meeting: Meeting) -> About:
    return About("meeting", str(meeting.pk))
