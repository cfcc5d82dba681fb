"""Powers on, powers off."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.actions.powers import (
    switch_powers_off,
    switch_powers_on,
)
from evenrise.workspace.people.forms.powers import PowersForm
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.people.sessions import POWERS, fingerprint


@needs(Right.SWITCH_POWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def powers(request: HttpRequest) -> HttpResponse:
    """Do I need an administrator's powers now, and what for?"""
    person = cast("Person", request.user)
    form = PowersForm(request, person, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        turn = switch_powers_on(
            person,
            session=fingerprint(request),
            reason=form.cleaned_data["reason"],
            minutes=settings.POWERS_MINUTES,
        )
        request.session[POWERS] = turn.pk
        return redirect("persons")
    return render(
        request,
        "people/powers.html",
        {"form": form, "turn": person.powers, "minutes": settings.POWERS_MINUTES},
    )


@needs(Right.SWITCH_POWERS)
@require_POST
def powers_off(request: HttpRequest) -> HttpResponse:
    """Switch them off now."""
    person = cast("Person", request.user)
    if person.powers is not None:
        switch_powers_off(person, turn=person.powers)
    request.session.pop(POWERS, None)
    return redirect("powers")
