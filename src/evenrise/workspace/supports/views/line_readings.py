"""Which rule gives a support: saying it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports import tasks_effects
from evenrise.workspace.supports.actions import line_readings as verbs
from evenrise.workspace.supports.forms.line_readings import LineReadingForm
from evenrise.workspace.supports.queries.menu import kind_named, kind_shown
from evenrise.workspace.supports.views.attempts import attempt, who


@needs(Right.ORGANIZE_SUPPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def kind_line(request: HttpRequest, key: str) -> HttpResponse:
    """Which rule decides who is given this support?"""
    person, _reach = who(request)
    kind = kind_named(key)
    if kind is None:
        raise Http404
    form = LineReadingForm(
        request.POST or None, initial={"read_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            made = attempt(lambda: verbs.read_line(person, key=key, **form.told), form)
            transaction.on_commit(tasks_effects.after_menu, robust=True)
        if made is not None:
            messages.success(
                request,
                _("Written down. What follows is judged at this line when it can be."),
            )
            return redirect("kind", key)
    status = 422 if request.method == "POST" else 200
    told = {"form": form, "kind": kind_shown(kind, {})}
    return render(request, "supports/kind_line.html", told, status=status)


@needs(Right.ORGANIZE_SUPPORTS)
@require_POST
def undo_line(request: HttpRequest, reading: int) -> HttpResponse:
    """Take back that a line gives a support on a day."""
    person, _reach = who(request)
    with transaction.atomic():
        key = attempt(lambda: verbs.take_back_line(person, reading=reading))
        transaction.on_commit(tasks_effects.after_menu, robust=True)
    messages.success(request, _("Taken back."))
    return redirect("kind", str(key))
