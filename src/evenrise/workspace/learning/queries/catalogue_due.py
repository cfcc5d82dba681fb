"""What the catalogue says on a start page: rolls to note, sessions to speak of."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.learning.models import Session, SignUp
from evenrise.workspace.learning.queries.said_already import unsaid_of
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_ASKED_FOR = dt.timedelta(days=30)  # how long a roll that nobody kept is asked for


def learning_due(person: Person) -> list[Due]:
    """At most two lines: the rolls that are the person's, and what they may say."""
    if not person.may(Right.INQUIRE):
        return []
    now = timezone.now()
    return [*_rolls(person, now), *_to_say(person, now)]


def _rolls(person: Person, now: dt.datetime) -> list[Due]:
    open_ = SignUp.objects.filter(
        session=OuterRef("pk"), withdrawn_at=None, waiting=False, attended=None
    )
    rows = list(
        Session.objects.filter(
            Exists(open_),
            leader=person,
            cancelled_at=None,
            ends_at__range=(now - _ASKED_FOR, now),
        )
        .select_related("offering")
        .order_by("ends_at")
    )
    if not rows:
        return []
    title, _written = rows[0].offering.said("title", reader_language())
    words = ngettext(
        "Note who came: %(title)s",
        "Note who came, in %(n)s sessions; first: %(title)s",
        len(rows),
    ) % {"n": len(rows), "title": title}
    return [Due(words, reverse("session_roll", args=[rows[0].pk]), rows[0].ends_at)]


def _to_say(person: Person, now: dt.datetime) -> list[Due]:
    rows = unsaid_of(person, now)
    if not rows:
        return []
    title, _written = rows[0].offering.said("title", reader_language())
    words = _("What was it worth? Thirty seconds: %(title)s") % {"title": title}
    url = (
        reverse("session_feedback", args=[rows[0].pk])
        if len(rows) == 1
        else reverse("my_learning")
    )
    return [Due(words, url, rows[0].ends_at)]
