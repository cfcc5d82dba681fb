"""Verbs of partners: who gives hours from outside, and what they gave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import may_organize
from evenrise.workspace.learning.models import Partner, PartnerHours
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenHours:
    """Hours of some people together, on a day; blank school: for the district."""

    school_id: str | None
    on: dt.date
    people: int
    hours: Decimal
    what: str = ""


def add_partner(person: Person, *, name: str, kind: str) -> Partner:
    """Somebody gives hours from outside.

    Raises:
        InputProblem: when a partner of this name stands already.
        NotYours: when the person organizes no learning.
    """
    _organizer(person)
    with transaction.atomic():
        if Partner.objects.filter(name__iexact=name.strip()).exists():
            raise InputProblem(_("A partner of this name stands here already."))
        made = Partner.objects.create(name=name.strip(), kind=kind)
        record(person, "learning.add_partner", About("partner", str(made.pk)))
    return made


def end_partner(person: Person, *, partner: int, ended: bool = True) -> Partner:
    """A partner gives no hours any more, or again; what they gave stays."""
    _organizer(person)
    with transaction.atomic():
        one = Partner.objects.select_for_update().filter(pk=partner).first()
        if one is None:
            raise NotYours
        if (one.ended_at is not None) == ended:
            raise Overtaken
        one.ended_at = timezone.now() if ended else None
        one.save(update_fields=["ended_at"])
        verb = "learning.end_partner" if ended else "learning.partner_again"
        record(person, verb, About("partner", str(one.pk)))
    return one


def add_hours(person: Person, *, partner: int, given: GivenHours) -> PartnerHours:
    """Note hours that people of a partner gave.

    Raises:
        NotYours: when the partner gives none any more, or the school is not theirs.
    """
    if not may_organize(person, given.school_id):
        raise NotYours
    with transaction.atomic():
        one = Partner.objects.filter(pk=partner, ended_at=None).first()
        if one is None:
            raise NotYours
        made = PartnerHours.objects.create(
            partner=one,
            school_id=given.school_id,
            on=given.on,
            people=given.people,
            hours=given.hours,
            what=given.what.strip(),
            by=person,
        )
        record(person, "learning.partner_hours", About("partner", str(one.pk)))
    return made


def take_hours_back(person: Person, *, key: int, gone: bool = True) -> PartnerHours:
    """Take noted hours back, or count them again.

    Raises:
        NotYours: when they are not there, or the school is not theirs.
    """
    with transaction.atomic():
        one = PartnerHours.objects.select_for_update().filter(pk=key).first()
        if one is None or not may_organize(person, one.school_id):
            raise NotYours
        if (one.taken_back_at is not None) == gone:
            raise Overtaken
        one.taken_back_at = timezone.now() if gone else None
        one.save(update_fields=["taken_back_at"])
        verb = "partner_hours_back" if gone else "partner_hours_again"
        record(person, f"learning.{verb}", About("partner", str(one.partner_id)))
    return one


def _organizer(person: Person) -> None:
    places = places_with(person, Right.ORGANIZE_LEARNING)
    if not (places.district or places.schools):
        raise NotYours
