"""Pages of what a cycle stands on: voices, causes, its theory of improvement."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.cycles.actions import drivers as driving, theory as verbs
from evenrise.workspace.cycles.forms.theory import (
    CauseForm,
    DriverForm,
    IdeaForm,
    VoiceForm,
)
from evenrise.workspace.cycles.models import Cycle, Driver, DriverKind
from evenrise.workspace.cycles.queries.voices import evidence_choices, removed_of
from evenrise.workspace.cycles.said import cycle_trail, cycle_url
from evenrise.workspace.cycles.views.opening import deed, own_cycle, show_form
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def voice_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom did the team ask, and what did they say?"""
    person, one = own_cycle(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = VoiceForm(posted, person=person, evidence=evidence_choices(person))
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.add_voice(person, cycle=pk, said=form.voice()), request, form
        )
        if made is not None:
            return done(request, _("It is kept."), cycle_url(one) + "#voices")
    question = _("Whom did the team ask, and what did they say?")
    return show_form(request, one, form, {"question": question})


@needs(Right.INQUIRE)
@require_POST
def voice_remove(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Remove what somebody said, or (`back`) bring it back."""
    person, one = own_cycle(request, pk)
    back = "back" in request.POST
    return _removed(
        request,
        one,
        lambda: verbs.remove_voice(person, cycle=pk, voice=voice, back=back),
        back=back,
    )


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cause_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Which cause does the team consider?"""
    person, one = own_cycle(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = CauseForm(posted, person=person)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.add_cause(person, cycle=pk, said=form.cause()), request, form
        )
        if made is not None:
            return done(request, _("The cause is added."), cycle_url(one) + "#causes")
    told = {"question": _("Which cause does the team consider?"), **_causes_help()}
    return show_form(request, one, form, told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def cause_change(request: HttpRequest, pk: int, cause: int) -> HttpResponse:
    """What does the evidence say of a cause?"""
    person, one = own_cycle(request, pk)
    found = there(one.causes.filter(pk=cause, removed_at=None).first())
    posted = request.POST if request.method == "POST" else None
    initial = {name: getattr(found, name) for name in ("text", "state", "evidence")}
    form = CauseForm(posted, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            lambda: verbs.change_cause(
                person, cycle=pk, cause=cause, said=form.cause()
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The change is saved."), cycle_url(one) + "#causes")
    told = {
        "question": _("What does the evidence say of this cause?"),
        "remove_url": reverse("cause_remove", args=[pk, cause]),
        **_causes_help(),
    }
    return show_form(request, one, form, told)


def _causes_help() -> dict[str, Any]:
    return {
        "answer": _(
            "A cause lies in what adults and the district do or do not do yet; never"
            " in what students lack."
        )
    }


@needs(Right.INQUIRE)
@require_POST
def cause_remove(request: HttpRequest, pk: int, cause: int) -> HttpResponse:
    """Remove a cause, or (`back`) bring it back."""
    person, one = own_cycle(request, pk)
    back = "back" in request.POST
    return _removed(
        request,
        one,
        lambda: verbs.remove_cause(person, cycle=pk, cause=cause, back=back),
        back=back,
    )


def _removed(
    request: HttpRequest, one: Cycle, verb: Any, *, back: bool
) -> HttpResponse:
    """Removed things wait on a page of their own; brought back, on the cycle's."""
    if back:
        return deed(request, verb, _("It is here again."), cycle_url(one))
    url = reverse("cycle_removed_parts", args=[one.pk])
    return deed(request, verb, _("It is removed."), url)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD"])
def cycle_removed_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What was removed from a cycle, to bring back."""
    _person, one = own_cycle(request, pk)
    told = {
        "cycle": one,
        "removed": removed_of(one),
        "trail": cycle_trail(one, reader_language()),
    }
    return render(request, "cycles/removed_parts.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def driver_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a driver, what it needs, or an idea (`kind`), below another (`parent`)."""
    person, one = own_cycle(request, pk)
    kind, parent = request.GET.get("kind", ""), number(request.GET.get("parent", ""))
    above = _standing(one, parent) if parent is not None else None
    if (above.kind if above else "") not in driving.BELOW.get(kind, ()):
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = DriverForm(posted, person=person)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: driving.add_driver(
                person,
                cycle=pk,
                kind=kind,
                parent=parent,
                text=form.cleaned_data["text"],
            ),
            request,
            form,
        )
        if made is not None:
            words = _("It stands in the theory.")
            return done(request, words, cycle_url(one) + "#theory")
    return show_form(request, one, form, {"question": _new_question(kind, one, above)})


def _new_question(kind: str, one: Cycle, above: Driver | None) -> str:
    if kind == DriverKind.PRIMARY:
        return _("What drives the aim?")
    told = {"text": above.text if above else one.aim}
    if kind == DriverKind.SECONDARY:
        return _("What does “%(text)s” need?") % told
    return _("Which idea could change “%(text)s”?") % told


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def driver_change(request: HttpRequest, pk: int, driver: int) -> HttpResponse:
    """Change the words of one thing of the theory, or its place."""
    person, one = own_cycle(request, pk)
    found = _standing(one, driver)
    posted = request.POST if request.method == "POST" else None
    kind = IdeaForm if found.kind == DriverKind.IDEA else DriverForm
    initial = {"text": found.text, "tried": found.tried}
    form = kind(posted, person=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        changed = attempt(
            lambda: driving.change_driver(
                person,
                cycle=pk,
                driver=driver,
                text=told["text"],
                tried=told.get("tried", False),
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The change is saved."), cycle_url(one) + "#theory")
    shown = {
        "question": _("How should “%(text)s” read?") % {"text": found.text},
        "move_url": reverse("driver_move", args=[pk, driver]),
        "remove_url": reverse("driver_remove", args=[pk, driver]),
    }
    return show_form(request, one, form, shown)


def _standing(one: Cycle, driver: int) -> Driver:
    found: Driver = there(one.drivers.filter(pk=driver, removed_at=None).first())
    return found


@needs(Right.INQUIRE)
@require_POST
def driver_move(request: HttpRequest, pk: int, driver: int) -> HttpResponse:
    """Move it up or down among those beside it."""
    person, one = own_cycle(request, pk)
    by = 1 if request.POST.get("where") == "down" else -1
    return deed(
        request,
        lambda: driving.move_driver(person, cycle=pk, driver=driver, by=by),
        _("It is moved."),
        cycle_url(one) + "#theory",
    )


@needs(Right.INQUIRE)
@require_POST
def driver_remove(request: HttpRequest, pk: int, driver: int) -> HttpResponse:
    """Remove it with all below it, or (`back`) bring it back."""
    person, one = own_cycle(request, pk)
    back = "back" in request.POST
    return _removed(
        request,
        one,
        lambda: driving.remove_driver(person, cycle=pk, driver=driver, back=back),
        back=back,
    )
