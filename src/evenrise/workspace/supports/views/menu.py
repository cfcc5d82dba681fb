"""The menu of supports: what there is, what is known about each."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports import tasks_effects
from evenrise.workspace.supports.actions import menu as verbs
from evenrise.workspace.supports.forms.menu import KindForm
from evenrise.workspace.supports.models import SupportKind
from evenrise.workspace.supports.queries.line_readings import readings_shown
from evenrise.workspace.supports.queries.menu import (
    kind_named,
    kind_shown,
    readings,
    whole_menu,
)
from evenrise.workspace.supports.views.attempts import attempt, who


@needs(Right.SEE_FINDINGS)
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Which supports does the district offer, and what is known about each?"""
    person, _reach = who(request)
    offered, retired = whole_menu()
    told = {
        "areas": offered,
        "retired": retired,
        "organizes": person.may(Right.ORGANIZE_SUPPORTS),
    }
    return render(request, "supports/menu.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def kind(request: HttpRequest, key: str) -> HttpResponse:
    """What is this support, and what is known about it?"""
    person, _reach = who(request)
    one = _there(key)
    told = {
        "kind": kind_shown(one, readings()),
        "readings": readings_shown(one),
        "organizes": person.may(Right.ORGANIZE_SUPPORTS),
    }
    return render(request, "supports/kind.html", told)


@needs(Right.ORGANIZE_SUPPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_kind(request: HttpRequest) -> HttpResponse:
    """Add a support to the menu."""
    person, _reach = who(request)
    form = KindForm(request.POST or None, initial={"weeks": 12, "minutes": 30})
    if request.method == "POST" and form.is_valid():
        made = verbs.add_kind(person, told=form.cleaned_data)
        messages.success(request, _("The support is on the menu."))
        return redirect("kind", made.key)
    return _form(request, form, None)


@needs(Right.ORGANIZE_SUPPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_kind(request: HttpRequest, key: str) -> HttpResponse:
    """Change what the menu says of a support."""
    person, _reach = who(request)
    one = _there(key)
    form = KindForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            attempt(lambda: verbs.change_kind(person, key=key, told=form.cleaned_data))
            transaction.on_commit(tasks_effects.after_menu, robust=True)
        messages.success(request, _("The menu is changed."))
        return redirect("kind", key)
    return _form(request, form, one)


@needs(Right.ORGANIZE_SUPPORTS)
@require_POST
def retire_kind(request: HttpRequest, key: str) -> HttpResponse:
    """No longer offer a support, or (`again`) offer it again."""
    person, _reach = who(request)
    again = "again" in request.POST
    attempt(lambda: verbs.retire_kind(person, key=key, retired=not again))
    words = (
        _("The support is offered again.")
        if again
        else _("The support is no longer offered. Those that run go on.")
    )
    messages.success(request, words)
    return redirect("kind", key)


def _there(key: str) -> SupportKind:
    found = kind_named(key)
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, form: KindForm, one: SupportKind | None
) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    shown = None if one is None else kind_shown(one, {})
    told = {"form": form, "kind": shown}
    return render(request, "supports/kind_form.html", told, status=status)
