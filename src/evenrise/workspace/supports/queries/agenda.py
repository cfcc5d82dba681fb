"""What a team talks about: reviews that are due, then flags with nothing begun.

The order is stated on the page: reviews by their day; then flags, strong ones first,
then those open longest. Only students whom a member of the team serves: a team of a
school does not talk about students whom nobody in the room knows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenrise.workspace.people.access import reach_of, students_within
from evenrise.workspace.people.models import FurtherStay, Person, Student
from evenrise.workspace.supports.models import Flag, MeetingItem, Support, Team
from evenrise.workspace.supports.queries.flags import open_flags
from evenrise.workspace.supports.queries.teams import members_of


SOON = dt.timedelta(days=7)  # a review within it belongs on the agenda
_DOMAINS = 3  # one student has at most so many open flags
_MEMBERS = 30


@dataclass(frozen=True, slots=True)
class Place:
    """One place on an agenda, before it is written down."""

    student_id: str
    why: str
    flag_id: int | None = None
    support_id: int | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda, and how many students with a flag wait for the next one."""

    places: tuple[Place, ...]
    waiting: int


def served_by_team(team: Team, maker: Person, today: dt.date) -> QuerySet[Student]:
    """The students of a team's school whom a member, or the meeting's maker, serves."""
    also = FurtherStay.objects.filter(school=team.school_id).values("student")
    here = Student.objects.filter(Q(school=team.school_id) | Q(pk__in=also))
    anyone = Q(pk__in=[])
    for member in (maker, *members_of(team).exclude(pk=maker.pk)[:_MEMBERS]):
        reach = reach_of(member, today)
        if team.school_id in reach.schools or reach.district:
            return here.filter(current=True)
        anyone |= Q(pk__in=students_within(reach).values("pk"))
    return here.filter(anyone, current=True)


def agenda_of(team: Team, maker: Person, *, today: dt.date, most: int) -> Agenda:
    """The agenda of a team's next meeting.

    Args:
        team: whose meeting it is.
        maker: who plans it.
        today: the day from which "due within the week" counts.
        most: how many students with a flag fit on it; reviews come on top.
    """
    students = served_by_team(team, maker, today).values("pk")
    reviews = (
        Support.objects.filter(
            student__in=students, ended_on__isnull=True, review_on__lte=today + SOON
        )
        .order_by("review_on", "pk")
        .values_list("student_id", "pk")
    )
    found: dict[str, Place] = {}
    for student, support in reviews:
        found.setdefault(
            student, Place(student, MeetingItem.Why.REVIEW, support_id=support)
        )
    waiting = nothing_begun(Student.objects.filter(pk__in=students)).exclude(
        student__in=list(found)
    )
    flagged: dict[str, Place] = {}
    rows = waiting.order_by("-level", "opened_on", "pk").values_list("student_id", "pk")
    for student, flag in rows[: most * _DOMAINS]:
        if len(flagged) < most:
            flagged.setdefault(
                student, Place(student, MeetingItem.Why.FLAG, flag_id=flag)
            )
    many = waiting.order_by().values("student").distinct().count()
    return Agenda((*found.values(), *flagged.values()), many - len(flagged))


def nothing_begun(students: QuerySet[Student]) -> QuerySet[Flag]:
    """Open flags with neither a support planned nor a session given since."""
    return open_flags(students).filter(
        first_support_on__isnull=True, first_session_on__isnull=True
    )
