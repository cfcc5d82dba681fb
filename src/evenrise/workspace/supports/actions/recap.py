"""The letter after a meeting: how many things are yours, until when, and where to read.

It names no student and no decision, not even the team: a letter lies in inboxes that
nobody here keeps safe. What it is about stands behind the sign-in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address, send
from evenrise.workspace.supports.models import Meeting, MeetingItem


LANGUAGES: tuple[Language, ...] = ("en", "es")


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a meeting's decisions is one person's, and the first day due."""

    person: Person
    things: int
    due_on: dt.date | None


def shares_of(meeting: Meeting) -> tuple[Share, ...]:
    """Who must act after a meeting: how many things each, and until when."""
    rows = (
        MeetingItem.objects.filter(
            meeting=meeting, owner__is_active=True, done_at__isnull=True
        )
        .exclude(decision="")
        .order_by()
        .values("owner")
        .annotate(things=Count("pk"), first=Min("due_on"))
    )
    told = {row["owner"]: row for row in rows}
    return tuple(
        Share(one, told[one.pk]["things"], told[one.pk]["first"])
        for one in Person.objects.filter(pk__in=told)
    )


def send_recap(meeting: Meeting) -> int:
    """Write to everybody who must act; how many letters."""
    shares = shares_of(meeting)
    for share in shares:
        subject, text = letter(share, meeting)
        send(subject, text, [share.person.email])
    return len(shares)


def letter(share: Share, meeting: Meeting) -> tuple[str, str]:
    """The letter in both languages, the person's own first: its subject, its text."""
    own: Language = "es" if share.person.language == "es" else "en"
    order = sorted(LANGUAGES, key=lambda language: language != own)
    told = [_in(language, share, meeting) for language in order]
    return " / ".join(subject for subject, _text in told), "\n\n".join(
        text for _subject, text in told
    )


def _in(language: Language, share: Share, meeting: Meeting) -> tuple[str, str]:
    where = address(reverse("meeting", args=(meeting.pk,)))
    with translation.override(language):
        held = numbers.day(meeting.held_on, language)
        things = ngettext(
            "After the meeting of %(day)s, %(n)s thing is yours to do.",
            "After the meeting of %(day)s, %(n)s things are yours to do.",
            share.things,
        ) % {"day": held, "n": share.things}
        until = (
            _("The first is due by %(day)s.")
            % {"day": numbers.day(share.due_on, language)}
            if share.due_on
            else ""
        )
        text = _(
            "Hello %(name)s,\n\n%(things)s %(until)s\n\nSign in and read what was "
            "decided:\n%(address)s\n\nThis letter names no student on purpose. Please "
            "name none in an answer to it.\n"
        ) % {
            "name": share.person.name,
            "things": things,
            "until": until,
            "address": where,
        }
        return _("After your team's meeting"), text
