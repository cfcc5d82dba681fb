"""Learning teams: which ones there are, what they aim at, who belongs to them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who, with_stand
from evenrise.workspace.learning.access import leads_team
from evenrise.workspace.learning.actions import learning_teams as verbs
from evenrise.workspace.learning.forms.learning_teams import (
    LearningTeamForm,
    MemberForm,
)
from evenrise.workspace.learning.models import LearningTeam, TeamKind
from evenrise.workspace.learning.queries.learning_teams import (
    WantedTeams,
    findings_to_tie,
    learning_team_or_404,
    learning_team_page,
    school_choices,
    team_lines,
)
from evenrise.workspace.learning.queries.team_meetings import meeting_lines
from evenrise.workspace.learning.views.telling import saved, tried
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


_LONGEST = 120  # letters of a search


@needs(Right.INQUIRE)
@require_safe
def learning_teams(request: HttpRequest) -> HttpResponse:
    """Who learns together here, and toward what?"""
    person, asked = who(request), request.GET
    wanted = WantedTeams(
        mine="mine" in asked,
        school=_words(asked.get("school", "")),
        kind=asked.get("kind", ""),
        words=_words(asked.get("q", "")),
    )
    told = {
        "lines": team_lines(person, wanted),
        "wanted": wanted,
        "schools": school_choices(person)[1:],
        "kinds": TeamKind.choices,
    }
    return render(request, "learning/learning_teams.html", told)


def _words(asked: str) -> str:
    return asked.replace("\x00", "")[:_LONGEST].strip()


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def learning_team_new(request: HttpRequest) -> HttpResponse:
    """Who learns together, toward what?"""
    person, sent = who(request), request.method == "POST"
    form = LearningTeamForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        told = form.told()
        made = saved(lambda: verbs.make_learning_team(person, told=told), form)
        if made is not None:
            messages.success(
                request, _("The team is made. Add colleagues and plan a meeting.")
            )
            return redirect("learning_team", made.pk)
    told_form = {"form": form, "team": None}
    status = 422 if sent else 200
    return render(request, "learning/learning_team_form.html", told_form, status=status)


@needs(Right.INQUIRE)
@require_safe
def learning_team(request: HttpRequest, key: int) -> HttpResponse:
    """What does this team aim at, and how far is it?"""
    person = who(request)
    one = learning_team_or_404(person, key)
    page = learning_team_page(person, one)
    told: dict[str, Any] = {"page": page, "team": one}
    if page.mine:
        told["lines"] = meeting_lines(one)
    if page.leads and not page.removed:
        told["form"] = MemberForm(team=one)
    return render(request, "learning/learning_team.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def learning_team_change(request: HttpRequest, key: int) -> HttpResponse:
    """What does this team aim at from now on?"""
    person, sent = who(request), request.method == "POST"
    one = _led(person, key)
    form = LearningTeamForm(request.POST if sent else None, person=person, team=one)
    if sent and form.is_valid():
        told, seen = form.told(), form.cleaned_data["seen"] or 0
        verb = verbs.change_learning_team
        if saved(lambda: verb(person, team=key, told=told, seen=seen), form):
            messages.success(request, _("Saved."))
            return redirect("learning_team", key)
    told_form = {"form": form, "team": one}
    status = 422 if sent else 200
    return render(request, "learning/learning_team_form.html", told_form, status=status)


def _led(person: Person, key: int) -> LearningTeam:
    one = learning_team_or_404(person, key)
    if one.removed_at is not None or not leads_team(person, one):
        raise Http404
    return one


@needs(Right.INQUIRE)
@with_stand
@require_http_methods(["GET", "HEAD", "POST"])
def learning_team_finding(request: HttpRequest, stand: Stand, key: int) -> HttpResponse:
    """Which finding does the team's goal stand on?"""
    person, language = who(request), reader_language()
    one = _led(person, key)
    if request.method == "POST":
        chosen = request.POST.get("finding", "")
        finding = stand.by_key.get(chosen)
        if finding is not None or chosen == "-":
            snapshot = stand.standing.snapshot
            verb = verbs.tie_to_finding
            tried(
                lambda: verb(person, team=key, finding=finding, snapshot=snapshot),
                request,
            )
            messages.success(request, _("Saved."))
            return redirect("learning_team", key)
    words = _words(request.GET.get("q", ""))
    told = {
        "team": one,
        "words": words,
        "found": findings_to_tie(stand, words, language),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/learning_team_finding.html", told, status=status)


@needs(Right.INQUIRE)
@require_POST
def learning_team_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a team, or (`restore`) bring it back."""
    person, gone = who(request), "restore" not in request.POST
    if tried(lambda: verbs.remove_learning_team(person, team=key, gone=gone), request):
        words = (
            _("The team is removed. You can bring it back here.")
            if gone
            else _("The team is back.")
        )
        messages.success(request, words)
    return redirect("learning_team", key)


@needs(Right.INQUIRE)
@require_POST
def team_join(request: HttpRequest, key: int) -> HttpResponse:
    """Add a colleague to a team that I lead."""
    person = who(request)
    one = _led(person, key)
    form = MemberForm(request.POST, team=one)
    if form.is_valid():
        other = form.cleaned_data["other"]
        if tried(lambda: verbs.add_to_team(person, team=key, other=other), request):
            messages.success(
                request, _("%(name)s is in the team.") % {"name": other.name}
            )
    else:
        messages.error(request, _("Choose a colleague first."))
    return redirect("learning_team", key)


@needs(Right.INQUIRE)
@require_POST
def team_leave(request: HttpRequest, key: int) -> HttpResponse:
    """Leave a team, or take somebody out of a team that I lead."""
    person = who(request)
    other = _other(request)
    if tried(lambda: verbs.leave_team(person, team=key, other=other), request):
        words = (
            _("You are not in this team any more.")
            if other is None or other.pk == person.pk
            else _("%(name)s is not in the team any more.") % {"name": other.name}
        )
        messages.success(request, words)
    return redirect("learning_team", key)


@needs(Right.INQUIRE)
@require_POST
def team_lead(request: HttpRequest, key: int) -> HttpResponse:
    """Say who leads the team too, or (`no`) does not any more."""
    person, leads = who(request), "no" not in request.POST
    other = _other(request)
    if other is None:
        raise Http404
    verb = verbs.set_lead
    if tried(lambda: verb(person, team=key, other=other, leads=leads), request):
        messages.success(request, _("Saved."))
    return redirect("learning_team", key)


def _other(request: HttpRequest) -> Person | None:
    """Whom a button names; None where it names nobody."""
    told = request.POST.get("person", "")
    if not told:
        return None
    if not told.isascii() or not told.isdigit() or len(told) > len("999999999"):
        raise Http404
    return get_object_or_404(Person, pk=int(told))
