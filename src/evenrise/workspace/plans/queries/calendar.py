"""A person's calendar: their steps, what reviews asked of them, and the reviews.

Written as iCalendar (RFC 5545) with days, not hours: a step ends on a day. Each event
keeps its identity, so that a program which reads the feed again changes it in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address
from evenrise.workspace.plans.models import (
    ReviewItem,
    ReviewMeeting,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.queries.reviews import title_of
from evenrise.workspace.plans.queries.standing_rungs import standing_rungs
from evenrise.workspace.plans.said import plan_url, rung_url, words_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a calendar."""

    uid: str
    on: dt.date
    words: str
    url: str
    changed: dt.datetime


def calendar_of(person: Person) -> bytes:
    """The calendar as a file, in the person's language."""
    language: Language = "es" if person.language == "es" else "en"
    with translation.override(language):
        told = Calendar()
        told.add("prodid", "-//Evenrise//plans//EN")
        told.add("version", "2.0")
        told.add("x-wr-calname", _("Plans: what is mine"))
        told.add("x-published-ttl", "PT12H")
        for entry in entries(person, language):
            told.add_component(_event(entry))
    written: bytes = told.to_ical()
    return written


def entries(person: Person, language: Language) -> list[Entry]:
    """Every day that concerns the person, by day."""
    found = [
        *_steps(person, language),
        *_decisions(person),
        *_reviews(person, language),
    ]
    return sorted(found, key=lambda one: (one.on, one.uid))


def _event(entry: Entry) -> Event:
    told = Event()
    told.add("uid", entry.uid)
    told.add("dtstamp", entry.changed)
    told.add("dtstart", entry.on)
    told.add("dtend", entry.on + dt.timedelta(days=1))
    told.add("summary", entry.words)
    told.add("url", entry.url)
    told.add("transp", "TRANSPARENT")
    return told


def _steps(person: Person, language: Language) -> Iterable[Entry]:
    rows = standing_rungs(
        Rung.objects.filter(
            person=person,
            kind=RungKind.STEP,
            state__in=(StepState.PLANNED, StepState.BEGUN),
        )
    )
    for one in rows:
        title = words_of(one, "title", language).text
        url = address(rung_url(one.plan, one.key))
        days = (
            ("begins", one.begins_on, _("Begins: %(step)s")),
            ("ends", one.ends_on, _("Due: %(step)s")),
        )
        for what, day, words in days:
            if day is not None:
                yield Entry(
                    f"{one.plan.slug}-{one.key}-{what}@evenrise",
                    day,
                    words % {"step": title},
                    url,
                    one.plan.changed_at,
                )


def _decisions(person: Person) -> Iterable[Entry]:
    rows = ReviewItem.objects.filter(
        owner=person,
        done_at=None,
        due_on__isnull=False,
        review__plan__set_aside_at=None,
    ).select_related("review__plan")
    for one in rows:
        where = reverse("review", args=[one.review.plan.slug, one.review_id])
        yield Entry(
            f"review-item-{one.pk}@evenrise",
            one.due_on or one.review.held_on,
            _("Due: %(step)s") % {"step": one.decided},
            address(where),
            one.review.made_at,
        )


def _reviews(person: Person, language: Language) -> Iterable[Entry]:
    """Reviews of plans in which something is the person's."""
    mine = Q(plan__rungs__person=person, plan__rungs__removed_at=None)
    rows = (
        ReviewMeeting.objects.filter(mine | Q(made_by=person), plan__set_aside_at=None)
        .defer("page")
        .select_related("plan")
        .distinct()
    )
    for one in rows:
        title = title_of(one, language).text
        plan = words_of(one.plan, "title", language).text
        yield Entry(
            f"review-{one.pk}@evenrise",
            one.held_on,
            f"{title}: {plan}" if plan else title,
            address(plan_url(one.plan)),
            one.made_at,
        )
