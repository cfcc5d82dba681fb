"""Teams of adults who meet about students: make one, say who belongs to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.actions import teams as verbs
from evenrise.workspace.supports.forms.teams import NewTeamForm, TeamForm
from evenrise.workspace.supports.queries.teams import (
    may_sit,
    meeting_lines,
    members_of,
    schools_for_teams,
    team_lines,
    team_or_404,
)
from evenrise.workspace.supports.views.words import tried


@needs(Right.SUPPORT_STUDENTS)
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """With whom do I talk about our students?"""
    return render(request, "supports/teams.html", {"lines": team_lines(who(request))})


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_team(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    person, sent = who(request), request.method == "POST"
    form = NewTeamForm(
        request.POST if sent else None,
        schools=schools_for_teams(person),
        person=person,
    )
    if sent and form.is_valid():
        made = verbs.make_team(person, **form.cleaned_data)
        messages.success(request, _("The team is made. Say who belongs to it."))
        return redirect("team", made.pk)
    return render(
        request, "supports/team_form.html", {"form": form}, status=422 if sent else 200
    )


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, key: int) -> HttpResponse:
    """Who belongs to this team, and when did it meet?"""
    person = who(request)
    found = team_or_404(person, key)
    if "end" in request.POST or "resume" in request.POST:
        ended = "end" in request.POST
        tried(lambda: verbs.end_team(person, team=key, ended=ended), request)
        words = _("The team has ended.") if ended else _("The team goes on.")
        messages.success(request, words)
        return redirect("team", key)
    sent = request.method == "POST"
    members = list(members_of(found))
    form = TeamForm(
        request.POST if sent else None,
        persons=may_sit(found.school),
        person=person,
        initial={"name": found.name, "members": [one.pk for one in members]},
    )
    if sent and form.is_valid():
        told = form.cleaned_data
        tried(lambda: verbs.change_team(person, team=found, **told), request)
        messages.success(request, _("The team is changed."))
        return redirect("teams")
    told = {
        "team": found,
        "members": members,
        "lines": meeting_lines(found),
        "form": form,
    }
    return render(request, "supports/team.html", told, status=422 if sent else 200)
