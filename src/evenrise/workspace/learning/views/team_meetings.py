"""Meetings of a learning team: plan, hold, write down, and the team's calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.learning.access import in_team
from evenrise.workspace.learning.actions import team_meetings as verbs
from evenrise.workspace.learning.forms.learning_teams import HeldForm, PlanForm
from evenrise.workspace.learning.models import LearningTeam, TeamMeeting
from evenrise.workspace.learning.queries.learning_teams import learning_team_or_404
from evenrise.workspace.learning.queries.team_meetings import (
    beginnings,
    calendar_of_teams,
    first_agenda,
    meeting_or_404,
    meeting_page,
)
from evenrise.workspace.learning.views.telling import saved, tried
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_WRITTEN = {True: "yes", False: "no", None: ""}


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def team_meeting_new(request: HttpRequest, key: int) -> HttpResponse:
    """When do we meet, and what for?"""
    person, sent = who(request), request.method == "POST"
    team, language = _own(person, key), reader_language()
    agenda = first_agenda(team, request.GET.get("protocol", ""), language)
    form = PlanForm(
        request.POST if sent else None, person=person, initial={"agenda": agenda}
    )
    if sent and form.is_valid():
        planned = form.planned()
        verb = verbs.plan_team_meeting
        made = saved(lambda: verb(person, team=key, planned=planned), form)
        if made is not None:
            messages.success(request, _("The meeting is planned."))
            return redirect("team_meeting", key, made.pk)
    told = {"form": form, "team": team, "beginnings": beginnings(team, language)}
    status = 422 if sent else 200
    return render(request, "learning/team_meeting_form.html", told, status=status)


def _own(person: Person, key: int) -> LearningTeam:
    team = learning_team_or_404(person, key)
    if team.removed_at is not None or not in_team(person, team):
        raise Http404
    return team


@needs(Right.INQUIRE)
@require_safe
def team_meeting(request: HttpRequest, key: int, meeting: int) -> HttpResponse:
    """What was this meeting for, and what came of it?"""
    one = _of_team(who(request), key, meeting)
    told = {"page": meeting_page(one), "team": one.team}
    return render(request, "learning/team_meeting.html", told)


def _of_team(person: Person, key: int, meeting: int) -> TeamMeeting:
    one = meeting_or_404(person, meeting)
    if one.team_id != key:
        raise Http404
    return one


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def team_meeting_change(request: HttpRequest, key: int, meeting: int) -> HttpResponse:
    """What came of our meeting, and what comes next?"""
    person, sent = who(request), request.method == "POST"
    one = _of_team(person, key, meeting)
    if one.removed_at is not None:
        raise Http404
    form = HeldForm(
        request.POST if sent else None,
        person=person,
        team=one.team,
        initial=_as_told(one),
    )
    if sent and form.is_valid() and _changed(person, one, form):
        messages.success(request, _("Saved."))
        return redirect("team_meeting", key, meeting)
    told = {"form": form, "team": one.team, "meeting": one}
    status = 422 if sent else 200
    return render(request, "learning/team_meeting_form.html", told, status=status)


def _changed(person: Person, one: TeamMeeting, form: HeldForm) -> bool:
    planned, held = form.planned(), form.held_told()
    seen = form.cleaned_data["seen"]
    verb = verbs.change_team_meeting
    made = saved(
        lambda: verb(person, meeting=one.pk, planned=planned, held=held, seen=seen),
        form,
    )
    return made is not None


def _as_told(one: TeamMeeting) -> dict[str, Any]:
    return {
        "on": one.on,
        "minutes": one.minutes,
        "place": one.place,
        "agenda": one.agenda,
        "held": _WRITTEN[one.held],
        "there": list(one.there.values_list("pk", flat=True)),
        "product": one.product,
        "next_step": one.next_step,
        "next_by": one.next_by_id,
        "next_on": one.next_on,
        "seen": verbs.stamp(one),
    }


@needs(Right.INQUIRE)
@require_POST
def team_next_done(request: HttpRequest, key: int, meeting: int) -> HttpResponse:
    """The next step is done, or (`open`) not yet."""
    person, done = who(request), "open" not in request.POST
    _of_team(person, key, meeting)
    verb = verbs.next_step_done
    if tried(lambda: verb(person, meeting=meeting, done=done), request):
        messages.success(request, _("Saved."))
    return redirect("team_meeting", key, meeting)


@needs(Right.INQUIRE)
@require_POST
def team_meeting_remove(request: HttpRequest, key: int, meeting: int) -> HttpResponse:
    """Remove a meeting, or (`restore`) bring it back."""
    person, gone = who(request), "restore" not in request.POST
    _of_team(person, key, meeting)
    verb = verbs.remove_team_meeting
    if tried(lambda: verb(person, meeting=meeting, gone=gone), request):
        words = (
            _("The meeting is removed. You can bring it back here.")
            if gone
            else _("The meeting is back.")
        )
        messages.success(request, words)
    return redirect("team_meeting", key, meeting)


@needs(Right.INQUIRE)
@require_safe
def team_calendar(request: HttpRequest, key: int) -> HttpResponse:
    """The team's meetings as a file for one's own calendar."""
    person = who(request)
    team = _own(person, key)
    answer = HttpResponse(
        calendar_of_teams(person, team), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="learning-team.ics"'
    return answer
