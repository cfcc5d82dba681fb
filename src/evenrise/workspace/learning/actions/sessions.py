"""Verbs of sessions: give a day to what is offered, move it, cancel it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import organizes
from evenrise.workspace.learning.actions.letters import Letter, tell
from evenrise.workspace.learning.actions.offerings import held_offering
from evenrise.workspace.learning.actions.places import move_up, taken
from evenrise.workspace.learning.models import FeedbackGiven, Session
from evenrise.workspace.people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSaid:
    """When, where and with whom; `places` None: for everybody who wants to come."""

    begins_at: dt.datetime
    ends_at: dt.datetime
    hours: Decimal
    place: str = ""
    leader_id: int | None = None
    led_by: str = ""
    places: int | None = None


def add_session(person: Person, *, slug: str, said: SessionSaid) -> Session:
    """Give an offering a day.

    Raises:
        NotYours: when the offering is not theirs, or withdrawn.
    """
    with transaction.atomic():
        offering = held_offering(person, slug)
        if offering.withdrawn_at is not None:
            raise NotYours
        made = Session(offering=offering)
        _put(made, said)
        made.save()
        record(person, "learning.add_session", _about(made))
    return made


def change_session(person: Person, *, session: int, said: SessionSaid) -> Session:
    """Change a session; who signed up is told of another day or place by mail.

    Raises:
        NotYours: when it is not theirs, or was cancelled.
        InputProblem: when people have said what they think of this session already
            and its day would move, or when more people have a place than would be.
    """
    with transaction.atomic():
        one = held_session(person, session)
        if one.cancelled_at is not None:
            raise NotYours
        before = (one.begins_at, one.ends_at, one.place)
        moved = before[:2] != (said.begins_at, said.ends_at)
        if moved and FeedbackGiven.objects.filter(session=one).exists():
            raise InputProblem(
                _("People have said what they think of this session: its day stays.")
            )
        if said.places is not None and said.places < taken(one):
            raise InputProblem(
                _("%(n)s people have a place already; offer at least as many places.")
                % {"n": taken(one)}
            )
        _put(one, said)
        one.save()
        told = before != (one.begins_at, one.ends_at, one.place)
        if told and one.ends_at > timezone.now():
            _tell_all(one, Letter.MOVED)
        move_up(one)
        record(person, "learning.change_session", _about(one))
    return one


def cancel_session(person: Person, *, session: int, why: str) -> Session:
    """Cancel a session that is still to come; who signed up is told why.

    Raises:
        InputProblem: when it is over, or people have said what they think of it: a
            session that comes and goes would tell its answers from the others'.
    """
    with transaction.atomic():
        one = held_session(person, session)
        if one.cancelled_at is not None:
            raise Overtaken
        if one.ends_at <= timezone.now():
            raise InputProblem(_("This session is over; it cannot be cancelled."))
        if FeedbackGiven.objects.filter(session=one).exists():
            raise InputProblem(
                _("People have said what they think of this session: it takes place.")
            )
        one.cancelled_at, one.cancelled_why = timezone.now(), why.strip()
        one.save(update_fields=["cancelled_at", "cancelled_why"])
        _tell_all(one, Letter.CANCELLED)
        record(person, "learning.cancel_session", _about(one))
    return one


def restore_session(person: Person, *, session: int) -> Session:
    """A cancelled session takes place after all; who signed up is told."""
    with transaction.atomic():
        one = held_session(person, session)
        if one.cancelled_at is None:
            raise Overtaken
        one.cancelled_at, one.cancelled_why = None, ""
        one.save(update_fields=["cancelled_at", "cancelled_why"])
        if one.ends_at > timezone.now():
            _tell_all(one, Letter.RESTORED)
        record(person, "learning.restore_session", _about(one))
    return one


def held_session(person: Person, key: int) -> Session:
    """A session that the person organizes; nobody else changes it meanwhile.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    one = (
        Session.objects.select_for_update(of=("self",))
        .select_related("offering")
        .filter(pk=key)
        .first()
    )
    if one is None or not organizes(person, one.offering):
        raise NotYours
    return one


def _tell_all(one: Session, letter: Letter) -> None:
    people = list(
        one.sign_ups.filter(withdrawn_at=None).values_list("person", flat=True)
    )
    transaction.on_commit(partial(tell, letter, one.pk, people), robust=True)


def _put(one: Session, said: SessionSaid) -> None:
    one.begins_at, one.ends_at = said.begins_at, said.ends_at
    one.hours, one.place = said.hours, said.place.strip()
    one.leader_id, one.led_by = said.leader_id, said.led_by.strip()
    one.places = said.places


def _about(one: Session) -> About:
    return About("session", str(one.pk))
