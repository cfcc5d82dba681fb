"""Pages of a cycle's life: start it, decide, share it, remove it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.cycles.actions import deciding as verbs
from evenrise.workspace.cycles.forms.cycles import DecideForm
from evenrise.workspace.cycles.models import CycleState
from evenrise.workspace.cycles.queries.one_cycle import measured_parts, starting_page
from evenrise.workspace.cycles.said import cycle_trail, cycle_url
from evenrise.workspace.cycles.views.opening import deed, own_cycle, show_form
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Is everything said that is locked when the test begins?"""
    person, one = own_cycle(request, pk)
    if request.method == "POST":
        seen = number(request.POST.get("seen", "")) or 0
        return deed(
            request,
            lambda: verbs.start_cycle(person, cycle=pk, seen=seen),
            _("The cycle has started; its prediction is locked."),
            cycle_url(one),
        )
    there(one if one.state == CycleState.DRAFT else None)
    language = reader_language()
    told = {
        "cycle": one,
        "page": starting_page(one, language),
        "missing": verbs.missing_to_start(one),
        "trail": cycle_trail(one, language),
    }
    return render(request, "cycles/start.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt, adapt or abandon: what does the team decide, and why?"""
    person, one = own_cycle(request, pk, lead=True)
    there(one if one.state == CycleState.STUDIED else None)
    initial = {name: getattr(one, name) for name in ("text_en", "text_es", "reason")}
    form = DecideForm(
        request.POST if request.method == "POST" else None,
        person=person,
        initial={**initial, "seen": one.version},
    )
    if request.method == "POST" and form.is_valid():
        decided = attempt(
            lambda: verbs.decide(
                person, cycle=pk, said=form.decided(), seen=form.version_seen
            ),
            request,
            form,
        )
        if decided is not None:
            return done(request, _("The team has decided."), cycle_url(one) + "#decide")
    told = {
        "question": _("What does the team decide, and why?"),
        "answer": _(
            "To abandon an idea that did not help is as good a result as to adopt one:"
            " it spares others the same road."
        ),
        "section": "decide",
        "measured": measured_parts(person, one),
    }
    return show_form(request, one, form, told)


@needs(Right.INQUIRE)
@require_POST
def cycle_decide_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""
    person, one = own_cycle(request, pk, lead=True)
    return deed(
        request,
        lambda: verbs.take_decision_back(person, cycle=pk),
        _("The decision is taken back; the cycle is open again."),
        cycle_url(one),
    )


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cycle_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will read this cycle once it is shared?"""
    person, one = own_cycle(request, pk, lead=True)
    if request.method == "POST":
        return deed(
            request,
            lambda: verbs.share(person, cycle=pk),
            _("The cycle is shared. It can be the team’s own again at any time."),
            cycle_url(one),
        )
    told = {"cycle": one, "trail": cycle_trail(one, reader_language())}
    return render(request, "cycles/share.html", told)


@needs(Right.INQUIRE)
@require_POST
def cycle_unshare(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a cycle its team's own again."""
    person, one = own_cycle(request, pk, lead=True)
    return deed(
        request,
        lambda: verbs.unshare(person, cycle=pk),
        _("Only the team reads this cycle now."),
        cycle_url(one),
    )


@needs(Right.INQUIRE)
@require_POST
def cycle_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a cycle; its page then offers to bring it back."""
    person, one = own_cycle(request, pk, lead=True)
    return deed(
        request,
        lambda: verbs.remove_cycle(person, cycle=pk),
        _("The cycle is removed."),
        cycle_url(one),
    )


@needs(Right.INQUIRE)
@require_POST
def cycle_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed cycle back."""
    person = who(request)
    return deed(
        request,
        lambda: verbs.restore_cycle(person, cycle=pk),
        _("The cycle is here again."),
        reverse("cycle", args=[pk]),
    )
