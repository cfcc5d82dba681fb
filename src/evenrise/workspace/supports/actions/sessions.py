"""Sessions and progress points of a support: log them, take them back."""

from __future__ import annotations

import datetime as dt
import math

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.answering import keep_first_days
from evenrise.workspace.supports.models import ProgressPoint, Session, Support
from evenrise.workspace.supports.queries.reached import supports_of


# How quickly a flag was answered is told from the days of sessions: nobody writes them
# months later by a tap. A file may, and the page says when that was.
BACK = dt.timedelta(days=30)
MOST_POINTS = 400  # of one support


def log_session(
    person: Person,
    *,
    support: int,
    held_on: dt.date,
    delivered: bool,
    minutes: int | None = None,
    why_not: str = "",
) -> Session:
    """A planned session was given on a day, or was not, and why.

    A support has one session a day: a second tap changes nothing, and "given" after
    "not given" takes the place of it.

    Raises:
        NotYours: when the support is not within the person's reach.
        InputProblem: when the day lies outside of the support, or ahead.
    """
    with transaction.atomic():
        one = find_support(person, support)
        refuse_day(one, held_on)
        if not delivered and why_not not in Session.WhyNot.values:
            raise InputProblem(_("Say why the session was not given."))
        same_day = one.sessions.filter(held_on=held_on, undone_at__isnull=True)
        before = same_day.first()
        why = "" if delivered else why_not
        if before is not None and (before.delivered, before.why_not) == (
            delivered,
            why,
        ):
            return before
        same_day.update(undone_at=timezone.now())
        made = Session.objects.create(
            support=one,
            held_on=held_on,
            delivered=delivered,
            minutes=(minutes or one.minutes) if delivered else None,
            why_not=why,
            by=person,
        )
        record(
            person,
            "supports.log_session",
            About("session", str(made.pk)),
            delivered=delivered,
        )
        keep_first_days([one.student_id])
    return made


def undo_session(person: Person, *, session: int) -> Session:
    """Take a logged session back; it stays in the table, out of every count.

    Raises:
        NotYours: when it is not there for the person, or taken back already.
    """
    with transaction.atomic():
        found = (
            Session.objects.select_for_update(of=("self",))
            .select_related("support")
            .filter(
                pk=session,
                undone_at__isnull=True,
                support__in=supports_of(person).values("pk"),
            )
            .first()
        )
        if found is None:
            raise NotYours
        found.undone_at = timezone.now()
        found.save(update_fields=["undone_at"])
        record(person, "supports.undo_session", About("session", str(found.pk)))
        keep_first_days([found.support.student_id])
    return found


def add_point(
    person: Person, *, support: int, on: dt.date, value: float
) -> ProgressPoint:
    """A reading of the support's measure on a day; another one of that day replaces it.

    Raises:
        NotYours: when the support is not within the person's reach.
        InputProblem: when the day or the value cannot be.
    """
    with transaction.atomic():
        one = find_support(person, support)
        if on > timezone.localdate():
            raise InputProblem(_("A point cannot lie in the future."))
        if on < one.begins_on - dt.timedelta(days=366):
            raise InputProblem(_("The day lies too far before the support began."))
        if not math.isfinite(value) or abs(value) > 1e9:
            raise InputProblem(_("The value is not a number that can be drawn."))
        live = one.points.filter(undone_at__isnull=True)
        if live.count() >= MOST_POINTS:
            raise InputProblem(_("A support holds at most %(n)s points.") % {"n": 400})
        live.filter(on=on).update(undone_at=timezone.now())
        made = ProgressPoint.objects.create(support=one, on=on, value=value, by=person)
        record(person, "supports.add_point", About("point", str(made.pk)))
    return made


def undo_point(person: Person, *, point: int) -> ProgressPoint:
    """Take a point back.

    Raises:
        NotYours: when it is not there for the person, or taken back already.
    """
    with transaction.atomic():
        found = (
            ProgressPoint.objects.select_for_update(of=("self",))
            .filter(
                pk=point,
                undone_at__isnull=True,
                support__in=supports_of(person).values("pk"),
            )
            .first()
        )
        if found is None:
            raise NotYours
        found.undone_at = timezone.now()
        found.save(update_fields=["undone_at"])
        record(person, "supports.undo_point", About("point", str(found.pk)))
    return found


def find_support(person: Person, support: int) -> Support:
    """A support within the person's reach, held until the transaction ends.

    Raises:
        NotYours: when it is not there for the person.
    """
    found = (
        supports_of(person)
        .select_for_update(of=("self",))
        .select_related("kind", "student")
        .filter(pk=support)
        .first()
    )
    if found is None:
        raise NotYours
    return found


def refuse_day(support: Support, day: dt.date) -> None:
    """A day on which no session of this support can have been.

    Raises:
        InputProblem: why not.
    """
    today = timezone.localdate()
    if day > today:
        raise InputProblem(_("A session cannot be logged before its day."))
    if day < today - BACK:
        raise InputProblem(
            _(
                "Here the sessions of the last 30 days can be written down. Bring older"
                " ones in with a file."
            )
        )
    if day < support.begins_on:
        raise InputProblem(_("The support had not begun on that day."))
    if support.ended_on is not None and day > support.ended_on:
        raise InputProblem(_("The support had ended by that day."))
