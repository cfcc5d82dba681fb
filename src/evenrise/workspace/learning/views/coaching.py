"""Coaching cycles: ask a colleague, agree, write, close. For the two alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
from evenrise.workspace.learning.actions import coaching as verbs
from evenrise.workspace.learning.forms.coaching import (
    COACHES,
    AimForm,
    AskForm,
    NoteForm,
)
from evenrise.workspace.learning.models import CoachingNote, NoteKind
from evenrise.workspace.learning.queries.coaching import (
    coaching_lines,
    coaching_or_404,
    coaching_page,
    note_or_404,
)
from evenrise.workspace.learning.views.telling import saved, tried
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@needs(Right.INQUIRE)
@require_safe
def coaching_cycles(request: HttpRequest) -> HttpResponse:
    """With whom do I work on my practice?"""
    told = {"lines": coaching_lines(who(request))}
    return render(request, "learning/coaching_cycles.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def coaching_new(request: HttpRequest) -> HttpResponse:
    """With whom do I want to learn, and what?"""
    person, sent = who(request), request.method == "POST"
    form = AskForm(
        request.POST if sent else None, person=person, language=reader_language()
    )
    if sent and form.is_valid():
        other = form.cleaned_data["other"]
        coaches = form.cleaned_data["mine"] == COACHES
        coach, colleague = (person, other) if coaches else (other, person)
        made = saved(
            lambda: verbs.ask_coaching(
                person, coach=coach, colleague=colleague, aim=form.aim()
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("%(name)s is asked.") % {"name": other.name})
            return redirect("coaching", made.pk)
    status = 422 if sent else 200
    return render(request, "learning/coaching_new.html", {"form": form}, status=status)


@needs(Right.INQUIRE)
@require_safe
def coaching(request: HttpRequest, key: int) -> HttpResponse:
    """What do we two work on, and how far are we?"""
    person = who(request)
    page = coaching_page(person, coaching_or_404(person, key))
    return render(request, "learning/coaching.html", {"page": page})


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def coaching_change(request: HttpRequest, key: int) -> HttpResponse:
    """What do we two work on from now on?"""
    person, sent = who(request), request.method == "POST"
    one = coaching_or_404(person, key)
    form = AimForm(
        request.POST if sent else None,
        person=person,
        language=reader_language(),
        initial={
            "goal": one.goal,
            "component": one.component_id or "",
            "begins_on": one.begins_on,
            "ends_on": one.ends_on,
            "seen": one.goal,
        },
    )
    if sent and form.is_valid():
        seen = form.cleaned_data["seen"]
        if saved(
            lambda: verbs.change_coaching(
                person, coaching=key, aim=form.aim(), seen=seen
            ),
            form,
        ):
            messages.success(request, _("Saved."))
            return redirect("coaching", key)
    told = {"form": form, "one": one}
    status = 422 if sent else 200
    return render(request, "learning/coaching_change.html", told, status=status)


@needs(Right.INQUIRE)
@require_POST
def coaching_agree(request: HttpRequest, key: int) -> HttpResponse:
    """Yes, let us learn together."""
    person = who(request)
    if tried(lambda: verbs.agree_coaching(person, coaching=key), request):
        messages.success(request, _("You two have agreed. Now you can begin."))
    return redirect("coaching", key)


@needs(Right.INQUIRE)
@require_POST
def coaching_decline(request: HttpRequest, key: int) -> HttpResponse:
    """Not now; or the question is taken back."""
    person = who(request)
    if not tried(lambda: verbs.decline_coaching(person, coaching=key), request):
        return redirect("coaching", key)
    messages.success(request, _("This is off the table. Nothing of it is kept open."))
    return redirect("coaching_cycles")


@needs(Right.INQUIRE)
@require_POST
def coaching_close(request: HttpRequest, key: int) -> HttpResponse:
    """Close it, or (`reopen`) go on."""
    person, closed = who(request), "reopen" not in request.POST
    if tried(
        lambda: verbs.close_coaching(person, coaching=key, closed=closed), request
    ):
        words = (
            _("This coaching is closed. You can open it again at any time.")
            if closed
            else _("This coaching goes on.")
        )
        messages.success(request, words)
    return redirect("coaching", key)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def coaching_note_new(request: HttpRequest, key: int) -> HttpResponse:
    """What did we see, say or think?"""
    person, sent = who(request), request.method == "POST"
    one = coaching_or_404(person, key)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind if kind in NoteKind.values else NoteKind.OBSERVATION}
    form = NoteForm(request.POST if sent else None, person=person, initial=initial)
    if sent and form.is_valid():
        made = saved(
            lambda: verbs.write_coaching_note(
                person, coaching=key, written=form.written()
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("Saved, for you two."))
            return redirect("coaching", key)
    told = {"form": form, "page": coaching_page(person, one)}
    status = 422 if sent else 200
    return render(request, "learning/coaching_note.html", told, status=status)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def coaching_note_change(request: HttpRequest, key: int, note: int) -> HttpResponse:
    """What did I mean to say?"""
    person, sent = who(request), request.method == "POST"
    one = coaching_or_404(person, key)
    known = note_or_404(person, one, note)
    form = NoteForm(
        request.POST if sent else None, person=person, initial=_as_written(known)
    )
    if sent and form.is_valid() and _changed(person, known, form):
        messages.success(request, _("Saved, for you two."))
        return redirect("coaching", key)
    told = {"form": form, "page": coaching_page(person, one)}
    status = 422 if sent else 200
    return render(request, "learning/coaching_note.html", told, status=status)


def _changed(person: Person, note: CoachingNote, form: NoteForm) -> bool:
    written = form.written()
    verb = verbs.change_coaching_note
    return bool(saved(lambda: verb(person, note=note.pk, written=written), form))


def _as_written(note: CoachingNote) -> dict[str, Any]:
    return {"kind": note.kind, "on": note.on, "text": note.text}


@needs(Right.INQUIRE)
@require_POST
def coaching_note_remove(request: HttpRequest, key: int, note: int) -> HttpResponse:
    """Remove a note of mine, or (`restore`) bring it back."""
    person, gone = who(request), "restore" not in request.POST
    coaching_or_404(person, key)
    if tried(lambda: verbs.remove_coaching_note(person, note=note, gone=gone), request):
        words = (
            _("The note is removed. You alone still see it, and can bring it back.")
            if gone
            else _("The note is back.")
        )
        messages.success(request, words)
    return redirect("coaching", key)
