"""Pages of a cycle's team: who is in it, who joins, who leads, who leaves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.cycles.access import leads
from evenrise.workspace.cycles.actions import team as verbs
from evenrise.workspace.cycles.forms.theory import JoinForm
from evenrise.workspace.cycles.queries.team import may_join, team_of
from evenrise.workspace.cycles.said import cycle_trail
from evenrise.workspace.cycles.views.opening import deed, own_cycle
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in this team, and who joins it?"""
    posts = request.method == "POST"
    person, one = own_cycle(request, pk, lead=posts)
    leading = leads(person, one)
    today = timezone.localdate()
    people = may_join(one, today) if leading else Person.objects.none()
    form = JoinForm(request.POST if posts else None, people=people)
    if posts and form.is_valid():
        who = form.cleaned_data["who"].pk
        made = attempt(
            lambda: verbs.add_member(person, cycle=pk, who=who), request, form
        )
        if made is not None:
            words = _("%(name)s is in the team.") % {"name": made.person.name}
            return done(request, words, reverse("cycle_team", args=[pk]))
    told = {
        "cycle": one,
        "form": form,
        "team": team_of(one, person),
        "leads": leading,
        "trail": cycle_trail(one, reader_language()),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cycles/team.html", told, status=status)


@needs(Right.INQUIRE)
@require_POST
def cycle_lead(request: HttpRequest, pk: int, who: int) -> HttpResponse:
    """Let somebody of the team lead it too, or (`no`) no longer."""
    person, _one = own_cycle(request, pk, lead=True)
    lead = "no" not in request.POST
    words = _("They lead the team too.") if lead else _("They no longer lead the team.")
    return deed(
        request,
        lambda: verbs.let_lead(person, cycle=pk, who=who, lead=lead),
        words,
        reverse("cycle_team", args=[pk]),
    )


@needs(Right.INQUIRE)
@require_POST
def cycle_leave(request: HttpRequest, pk: int, who: int) -> HttpResponse:
    """Leave the team, or take somebody out of it."""
    person, one = own_cycle(request, pk, lead=False)
    gone = attempt(lambda: verbs.leave(person, cycle=pk, who=who), request)
    team = reverse("cycle_team", args=[pk])
    if gone is None:
        return redirect(team)
    if who == person.pk:
        stays = reverse("cycle", args=[one.pk]) if one.shared_at else reverse("cycles")
        return done(request, _("You left the team."), stays)
    words = _("%(name)s is no longer in the team.") % {"name": gone.person.name}
    return done(request, words, team)
