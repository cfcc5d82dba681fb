"""What is mine to do this week: my supports, their sessions, the reviews due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.models import Session, Support
from evenrise.workspace.supports.queries.reached import planned_by, supports_of
from evenrise.workspace.supports.said import (
    day_words,
    delivered_words,
    dosage_words,
    kind_name,
    why_not_words,
)


A_PAGE = 100  # supports of one owner on the page
_LIVE = Q(sessions__undone_at__isnull=True)
GIVEN = Count(
    "sessions", filter=_LIVE & Q(sessions__delivered=True), distinct=True
)  # sessions delivered, of each support


@dataclass(frozen=True, slots=True)
class MyLine:
    """One of my supports, as this week's row shows it."""

    key: int
    url: str
    student: str
    student_url: str
    support: str
    dosage: str
    given_this_week: int
    planned_this_week: int
    delivered: str
    behind: int  # planned by today and not delivered
    session: int  # today's session, 0 for none
    session_given: bool
    why_not: str
    review_on: str
    review_due: bool
    review_late: bool


@dataclass(frozen=True, slots=True)
class MyWeek:
    """Everything the page shows; `beyond` counts what one no longer reaches."""

    lines: tuple[MyLine, ...]
    more: bool
    given: int
    planned: int
    due: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Week:
    """The days of one week, Monday to Sunday, and today."""

    today: dt.date

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        return self.today - dt.timedelta(days=self.today.weekday())

    @property
    def sunday(self) -> dt.date:
        """Its last day."""
        return self.monday + dt.timedelta(days=6)


def my_week(person: Person, reach: Reach, today: dt.date) -> MyWeek:
    """The supports that the person owns, those with something to do first.

    A support whose student the person no longer reaches is only counted: somebody who
    reaches the student hands it over.
    """
    week = Week(today)
    owned = Support.objects.filter(
        owner=person, ended_on__isnull=True, begins_on__lte=week.sunday
    )
    rows = list(
        supports_of(person, reach)
        .filter(pk__in=owned.values("pk"))
        .select_related("student", "kind")
        .annotate(given=GIVEN)
        .order_by("review_on", "student__sort_name", "pk")[: A_PAGE + 1]
    )
    more, rows = len(rows) > A_PAGE, rows[:A_PAGE]
    sessions = _this_week([row.pk for row in rows], week)
    lines = tuple(_line(row, sessions.get(row.pk, []), week) for row in rows)
    return MyWeek(
        lines=lines,
        more=more,
        given=sum(line.given_this_week for line in lines),
        planned=sum(line.planned_this_week for line in lines),
        due=sum(line.review_due for line in lines),
        beyond=0 if more else max(owned.count() - len(lines), 0),
    )


def _this_week(supports: list[int], week: Week) -> dict[int, list[Session]]:
    found: dict[int, list[Session]] = {}
    live: QuerySet[Session] = Session.objects.filter(
        support__in=supports,
        undone_at__isnull=True,
        held_on__gte=week.monday,
        held_on__lte=week.sunday,
    )
    for session in live.order_by("held_on", "pk"):
        found.setdefault(session.support_id, []).append(session)
    return found


def _line(row: Support, sessions: list[Session], week: Week) -> MyLine:
    today = next((one for one in sessions if one.held_on == week.today), None)
    given = int(getattr(row, "given", 0))
    return MyLine(
        key=row.pk,
        url=reverse("support", args=(row.pk,)),
        student=row.student.name,
        student_url=reverse("student", args=(row.student_id,)),
        support=kind_name(row.kind),
        dosage=dosage_words(row.sessions_a_week, row.minutes),
        given_this_week=sum(one.delivered for one in sessions),
        planned_this_week=planned_in_week(row, week),
        delivered=delivered_words(given, row.sessions_planned),
        behind=max(planned_by(row, week.today) - given, 0),
        session=today.pk if today else 0,
        session_given=bool(today and today.delivered),
        why_not=why_not_words(today.why_not) if today else "",
        review_on=day_words(row.review_on),
        review_due=row.review_on <= week.sunday,
        review_late=row.review_on < week.today,
    )


def planned_in_week(row: Support, week: Week) -> int:
    """Sessions that the plan has for this week; a fraction is spread over the weeks."""
    until = planned_by(row, week.sunday)
    before = planned_by(row, week.monday - dt.timedelta(days=1))
    return max(until - before, 0)


def counts_due(person: Person, reach: Reach, today: dt.date) -> Mapping[str, int]:
    """For the start page: reviews due this week, planned sessions not logged yet.

    One query; a support whose student the person no longer reaches is not counted.
    """
    week = Week(today)
    rows = list(
        supports_of(person, reach)
        .filter(owner=person, ended_on__isnull=True, begins_on__lte=week.sunday)
        .annotate(
            logged=Count(
                "sessions",
                filter=_LIVE
                & Q(
                    sessions__held_on__gte=week.monday,
                    sessions__held_on__lte=week.sunday,
                ),
                distinct=True,
            )
        )
        .order_by()[:500]
    )
    return {
        "reviews": sum(row.review_on <= week.sunday for row in rows),
        "sessions": sum(
            max(planned_in_week(row, week) - int(getattr(row, "logged", 0)), 0)
            for row in rows
        ),
    }
