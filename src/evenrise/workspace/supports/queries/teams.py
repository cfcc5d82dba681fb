"""Teams: which ones a person opens, who may sit in one, who leads a school.

A team is opened by its members while they work at the school, by whoever leads the
school, and by the district's leads. It shows nobody a student beyond their own reach.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from evenrise.workspace.insights.access import Places, own_schools
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.models import (
    Person,
    RoleGrant,
    School,
    StaffAssignment,
    Student,
)
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.people.roles import Right, Role, Scope, roles_with
from evenrise.workspace.supports.models import Meeting, Team, TeamMember
from evenrise.workspace.supports.queries.serving import adults_serving


_LEADS = frozenset({Role.SUPERINTENDENT, Role.CABINET, Role.PRINCIPAL})
_SUPPORTING = roles_with(Right.SUPPORT_STUDENTS)


def led_by(person: Person) -> Places:
    """What the person leads today: the district, or some schools; no query."""
    held = [grant for grant in person.grants_today if grant.role in _LEADS]
    return Places(
        any(grant.scope == Scope.DISTRICT for grant in held),
        frozenset(
            str(grant.school_id) for grant in held if grant.scope == Scope.SCHOOL
        ),
    )


def leads_student(person: Person, student: Student) -> bool:
    """Whether the person leads the student's school, or the district."""
    return led_by(person).hold(student.school_id)


def schools_for_teams(person: Person) -> QuerySet[School]:
    """The schools in which the person may make a team: where they work or lead."""
    found = School.objects.filter(current=True)
    if led_by(person).district:
        return found
    return found.filter(pk__in=sorted(own_schools(person)))


def teams_open_to(person: Person) -> QuerySet[Team]:
    """The teams whose meetings the person may open."""
    led = led_by(person)
    found: QuerySet[Team] = Team.objects.select_related("school")
    if led.district:
        return found
    seats = TeamMember.objects.filter(person=person).values("team")
    sits = Q(pk__in=seats, school__in=sorted(own_schools(person)))
    return found.filter(sits | Q(school__in=sorted(led.schools)))


def meetings_open_to(person: Person) -> QuerySet[Meeting]:
    """The meetings of those teams."""
    teams = teams_open_to(person).order_by().values("pk")
    return Meeting.objects.filter(team__in=teams).select_related("team__school")


def team_or_404(person: Person, key: int) -> Team:
    """A team that the person may open.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = teams_open_to(person).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def meeting_or_404(person: Person, key: int) -> Meeting:
    """A meeting that the person may open.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = meetings_open_to(person).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def may_sit(school: School) -> QuerySet[Person]:
    """Who may be a member: who works at or leads the school and supports students."""
    grants = RoleGrant.objects.on(timezone.localdate()).filter(role__in=_SUPPORTING)
    posts = StaffAssignment.objects.filter(school=school)
    works = Q(staff_id__in=posts.values("staff"), pk__in=grants.values("person"))
    here = Q(pk__in=grants.filter(school=school).values("person"))
    return Person.objects.filter(works | here, is_active=True)


def members_of(team: Team) -> QuerySet[Person]:
    """The members, by name."""
    seats = TeamMember.objects.filter(team=team).values("person")
    return Person.objects.filter(pk__in=seats, is_active=True)


def may_act(team: Team, student: Student) -> QuerySet[Person]:
    """The members who serve a student: nobody else could read what is theirs to do."""
    return members_of(team).filter(pk__in=adults_serving(student).values("pk"))


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team as a row shows it."""

    url: str
    name: str
    school: str
    members: int
    last: str
    ended: bool


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a row shows it."""

    url: str
    day: str
    held_on: dt.date
    students: int
    decided: int
    closed: bool


MOST = 200  # teams, or meetings of one, that a page shows


def team_lines(person: Person) -> tuple[TeamLine, ...]:
    """The teams that the person opens; those that ended stand last."""
    rows = (
        teams_open_to(person)
        .annotate(seats=Count("members", distinct=True), last=Max("meetings__held_on"))
        .order_by("ended_at", "school__name", "name", "pk")
    )
    language = page_language()
    found = [
        TeamLine(
            reverse("team", args=(row.pk,)),
            row.name,
            row.school.name,
            int(row.seats),
            day_words(row.last, language),
            row.ended_at is not None,
        )
        for row in rows[:MOST]
    ]
    return tuple(sorted(found, key=lambda line: line.ended))


def meeting_lines(team: Team) -> tuple[MeetingLine, ...]:
    """The meetings of a team, the latest first; they count, and name nobody."""
    rows = team.meetings.annotate(
        students=Count("items"), decided=Count("items", filter=~Q(items__decision=""))
    ).order_by("-held_on", "-pk")
    language = page_language()
    return tuple(
        MeetingLine(
            reverse("meeting", args=(row.pk,)),
            day_words(row.held_on, language),
            row.held_on,
            int(row.students),
            int(row.decided),
            row.closed_at is not None,
        )
        for row in rows[:MOST]
    )
