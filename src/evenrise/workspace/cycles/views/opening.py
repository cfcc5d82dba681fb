"""What the pages of cycles begin with: the cycle, a verb tried, one kind of form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenrise.workspace.cycles.access import cycles_of, cycles_read_by, leads
from evenrise.workspace.cycles.models import Cycle
from evenrise.workspace.cycles.said import cycle_trail, cycle_url
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.views.opening import attempt


Done = TypeVar("Done")
_WITH = ("school", "rung__plan", "follows", "decided_by")


def read_cycle(request: HttpRequest, pk: int) -> tuple[Person, Cycle]:
    """The person, and a cycle that they read.

    Raises:
        Http404: when it is not there, or neither theirs nor shared.
    """
    person = who(request)
    found = cycles_read_by(person).select_related(*_WITH).filter(pk=pk).first()
    if found is None:
        raise Http404
    return person, found


def own_cycle(
    request: HttpRequest, pk: int, *, lead: bool = False
) -> tuple[Person, Cycle]:
    """The person, and a cycle of their own team.

    Raises:
        Http404: when it is not there, or not theirs (`lead`: not led by them).
    """
    person = who(request)
    found = cycles_of(person).select_related(*_WITH).filter(pk=pk).first()
    if found is None or (lead and not leads(person, found)):
        raise Http404
    return person, found


def deed(
    request: HttpRequest, verb: Callable[[], Any], words: str, url: str
) -> HttpResponse:
    """Do it, say so, and go to the page that shows it; what stopped it is said there.

    Raises:
        Http404: when it is not theirs.
    """
    if attempt(verb, request) is None:
        return redirect(url)
    return done(request, words, url)


def show_form(
    request: HttpRequest, cycle: Cycle, form: forms.BaseForm, told: dict[str, Any]
) -> HttpResponse:
    """A page with one form: `question`, and what else `told` says of it.

    `told` may have `answer`, `save` (the button), `back`, and `notes` (words that
    stand above the form).
    """
    shown = {
        "cycle": cycle,
        "form": form,
        "back": cycle_url(cycle),
        "trail": cycle_trail(cycle, reader_language()),
        **told,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cycles/form.html", shown, status=status)
