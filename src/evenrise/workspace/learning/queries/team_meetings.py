"""Meetings of a learning team as its members read them, and their calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.protocols import protocols
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.learning.access import teams_of
from evenrise.workspace.learning.models import LearningTeam, TeamMeeting
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.notices import address


MOST = 200
_DUE_LINES = 2


@dataclass(frozen=True, slots=True)
class TeamMeetingLine:
    """A meeting as a row shows it."""

    key: int
    url: str
    day: str
    state: str
    product: str
    next_step: str
    next_by: str
    next_on: str
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class TeamMeetingPage:
    """A meeting as a member reads it."""

    one: TeamMeeting
    line: TeamMeetingLine
    there: str
    removed: bool


def meeting_or_404(person: Person, key: int) -> TeamMeeting:
    """A meeting of a team in which the person is now.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = (
        TeamMeeting.objects.filter(
            pk=key, team__in=teams_of(person).order_by().values("pk")
        )
        .select_related("team", "next_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


def meeting_lines(team: LearningTeam) -> tuple[TeamMeetingLine, ...]:
    """The team's meetings, the latest first."""
    rows = team.meetings.filter(removed_at__isnull=True).select_related("next_by")
    return tuple(_line(row) for row in rows.order_by("-on", "-pk")[:MOST])


def meeting_page(one: TeamMeeting) -> TeamMeetingPage:
    """A meeting with who was there."""
    names = one.there.order_by("name").values_list("name", flat=True)
    return TeamMeetingPage(
        one, _line(one), ", ".join(names), one.removed_at is not None
    )


def _line(row: TeamMeeting) -> TeamMeetingLine:
    language, today = reader_language(), timezone.localdate()
    done = row.next_done_at is not None
    return TeamMeetingLine(
        row.pk,
        reverse("team_meeting", args=(row.team_id, row.pk)),
        day_words(row.on, language),
        _state(row, today),
        row.product,
        row.next_step,
        "" if row.next_by is None else row.next_by.name,
        day_words(row.next_on, language) if row.next_on else "",
        done,
        not done and row.next_on is not None and row.next_on < today,
    )


def _state(row: TeamMeeting, today: dt.date) -> str:
    if row.held:
        return _("Held")
    if row.held is False:
        return _("Did not take place")
    return _("Planned") if row.on >= today else _("Nothing written yet")


@dataclass(frozen=True, slots=True)
class Beginning:
    """A way to begin an agenda."""

    url: str
    name: str
    minutes: int


def beginnings(team: LearningTeam, language: Language) -> tuple[Beginning, ...]:
    """The protocols whose steps can be an agenda."""
    url = reverse("team_meeting_new", args=(team.pk,))
    return tuple(
        Beginning(f"{url}?protocol={one.key}", one.name[language], one.minutes)
        for one in protocols().values()
    )


def first_agenda(team: LearningTeam, protocol: str, language: Language) -> str:
    """What a new meeting begins with: open next steps, then a protocol's or the goal.

    Args:
        team: whose meeting it is.
        protocol: a protocol's key; another word means none.
        language: the writer's.
    """
    rows = (
        team.meetings.filter(removed_at__isnull=True, next_done_at__isnull=True)
        .exclude(next_step="")
        .order_by("on", "pk")
    )
    begins = [
        _("What came of it: %(step)s") % {"step": row.next_step} for row in rows[:5]
    ]
    chosen = protocols().get(protocol)
    if chosen is None:
        return "\n".join([*begins, _("What students' work shows us about our goal")])
    steps = [
        _("%(step)s (%(n)d minutes)") % {"step": one.name[language], "n": one.minutes}
        for one in chosen.steps
    ]
    return "\n".join([*begins, chosen.name[language], *steps])


def next_steps_due(person: Person) -> list[Due]:
    """What the person's teams asked of them, the earliest first."""
    rows = (
        TeamMeeting.objects.filter(
            team__in=teams_of(person).order_by().values("pk"),
            next_by=person,
            next_done_at__isnull=True,
            removed_at__isnull=True,
        )
        .exclude(next_step="")
        .select_related("team")
        .order_by("next_on", "pk")
    )
    return [
        Due(
            _("Your next step in %(team)s: %(step)s")
            % {"team": row.team.name, "step": row.next_step[:120]},
            reverse("team_meeting", args=(row.team_id, row.pk)),
            row.at,
        )
        for row in rows[:_DUE_LINES]
    ]


def calendar_of_teams(person: Person, team: LearningTeam | None = None) -> bytes:
    """The meetings of one's teams, or of one of them, as iCalendar (RFC 5545).

    Each event keeps its identity, so that a program changes it in place. An agenda
    and a next step's words stay in the team.
    """
    told = Calendar()
    told.add("prodid", "-//Evenrise//learning teams//EN")
    told.add("version", "2.0")
    # A name of its own is not text to the library, which would leave line ends in it.
    told.add("x-wr-calname", vText(team.name if team else _("My learning teams")))
    for one in meetings_to_come(person, team):
        told.add_component(meeting_event(one))
    written: bytes = told.to_ical()
    return written


def meetings_to_come(
    person: Person, team: LearningTeam | None = None
) -> list[TeamMeeting]:
    """The meetings of one's teams, by day; those that did not take place are gone."""
    teams = teams_of(person) if team is None else teams_of(person).filter(pk=team.pk)
    rows = TeamMeeting.objects.filter(
        team__in=teams.order_by().values("pk"), removed_at__isnull=True
    )
    return list(rows.exclude(held=False).select_related("team").order_by("on", "pk"))


def meeting_event(one: TeamMeeting) -> Event:
    """A meeting as a day of a calendar: the team's name and where."""
    told = Event()
    told.add("uid", f"team-meeting-{one.pk}@evenrise")
    told.add("dtstamp", one.at)
    told.add("dtstart", one.on)
    told.add("dtend", one.on + dt.timedelta(days=1))
    told.add("summary", one.team.name)
    if one.place:
        told.add("location", one.place)
    told.add("url", address(reverse("team_meeting", args=(one.team_id, one.pk))))
    told.add("transp", "TRANSPARENT")
    return told
