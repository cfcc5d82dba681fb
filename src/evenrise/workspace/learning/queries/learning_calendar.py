"""A person's sessions and team meetings as iCalendar (RFC 5545).

Each event keeps its identity, so that a program which reads the feed again changes it
in place; a cancelled session is told as cancelled. It holds titles, places and nobody.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from evenrise.vocabulary.text import Language
from evenrise.workspace.learning.models import SignUp
from evenrise.workspace.learning.queries.catalogue import offering_url
from evenrise.workspace.learning.queries.team_meetings import (
    meeting_event,
    meetings_to_come,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address


KEPT = dt.timedelta(days=365)  # how long a past session stays in the feed


def learning_calendar_of(person: Person) -> bytes:
    """The calendar as a file, in the person's language."""
    language: Language = "es" if person.language == "es" else "en"
    with translation.override(language):
        told = Calendar()
        told.add("prodid", "-//Evenrise//learning//EN")
        told.add("version", "2.0")
        told.add("x-wr-calname", _("My learning"))
        told.add("x-published-ttl", "PT12H")
        for row in _rows(person):
            told.add_component(_event(row, language))
        for one in meetings_to_come(person):
            told.add_component(meeting_event(one))
    written: bytes = told.to_ical()
    return written


def _rows(person: Person) -> list[SignUp]:
    rows = SignUp.objects.filter(
        person=person,
        withdrawn_at=None,
        waiting=False,
        session__ends_at__gt=timezone.now() - KEPT,
    )
    return list(
        rows.exclude(attended=False)
        .select_related("session__offering")
        .order_by("session__begins_at", "pk")
    )


def _event(row: SignUp, language: Language) -> Event:
    session = row.session
    told = Event()
    told.add("uid", f"session-{session.pk}@evenrise")
    told.add("dtstamp", row.at)
    told.add("dtstart", session.begins_at.astimezone(dt.UTC))
    told.add("dtend", session.ends_at.astimezone(dt.UTC))
    told.add("summary", session.offering.said("title", language)[0])
    if session.place:
        told.add("location", session.place)
    told.add("url", address(offering_url(session.offering)))
    gone = session.cancelled_at is not None
    told.add("status", "CANCELLED" if gone else "CONFIRMED")
    return told
