"""Learning walks: a question, a school, what was seen; shared with the school."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
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
from evenrise.workspace.learning.actions import walks as verbs
from evenrise.workspace.learning.forms.walks import SeenForm, ThanksForm, WalkForm
from evenrise.workspace.learning.models import LearningWalk
from evenrise.workspace.learning.queries.walks import (
    walk_lines,
    walk_note_or_404,
    walk_or_404,
    walk_page,
)
from evenrise.workspace.learning.views.telling import saved, tried
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@needs(Right.INQUIRE)
@require_safe
def walks(request: HttpRequest) -> HttpResponse:
    """Where do we go to learn?"""
    return render(request, "learning/walks.html", {"lines": walk_lines(who(request))})


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_new(request: HttpRequest) -> HttpResponse:
    """Where do we go, and with which question?"""
    person, sent = who(request), request.method == "POST"
    form = WalkForm(
        request.POST if sent else None, person=person, language=reader_language()
    )
    if sent and form.is_valid():
        told = form.told()
        made = saved(lambda: verbs.make_walk(person, told=told), form)
        if made is not None:
            messages.success(request, _("The walk is planned."))
            return redirect("walk", made.pk)
    told_form = {"form": form, "one": None}
    status = 422 if sent else 200
    return render(request, "learning/walk_form.html", told_form, status=status)


@needs(Right.INQUIRE)
@require_safe
def walk(request: HttpRequest, key: int) -> HttpResponse:
    """What did we see, and what do we wonder?"""
    person = who(request)
    page = walk_page(person, walk_or_404(person, key))
    return render(request, "learning/walk.html", {"page": page})


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_change(request: HttpRequest, key: int) -> HttpResponse:
    """Where do we go, and with which question, from now on?"""
    person, sent = who(request), request.method == "POST"
    one = _planned(person, key)
    form = WalkForm(
        request.POST if sent else None,
        person=person,
        language=reader_language(),
        initial=_as_told(one),
    )
    if sent and form.is_valid():
        told = form.told()
        if saved(lambda: verbs.change_walk(person, walk=key, told=told), form):
            messages.success(request, _("Saved."))
            return redirect("walk", key)
    told_form = {"form": form, "one": one}
    status = 422 if sent else 200
    return render(request, "learning/walk_form.html", told_form, status=status)


def _planned(person: Person, key: int) -> LearningWalk:
    one = walk_or_404(person, key)
    if one.by_id != person.pk or one.removed_at is not None:
        raise Http404
    return one


def _walked(person: Person, key: int) -> LearningWalk:
    one = walk_or_404(person, key)
    if not walk_page(person, one).walks:
        raise Http404
    return one


def _as_told(one: LearningWalk) -> dict[str, Any]:
    return {
        "school": one.school_id,
        "on": one.on,
        "question": one.question,
        "map": one.map_id or "",
        "walkers": list(one.walkers.values_list("pk", flat=True)),
    }


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_note_new(request: HttpRequest, key: int) -> HttpResponse:
    """What did we see in this stop, and what do we wonder?"""
    person, sent = who(request), request.method == "POST"
    one = _walked(person, key)
    form = SeenForm(
        request.POST if sent else None, person=person, school_id=one.school_id
    )
    if sent and form.is_valid():
        told = form.told()
        if saved(lambda: verbs.note_walk(person, walk=key, seen=told), form):
            messages.success(request, _("Saved."))
            return redirect("walk", key)
    return _note_page(request, one, form)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_note_change(request: HttpRequest, key: int, note: int) -> HttpResponse:
    """What did I mean to say of this stop?"""
    person, sent = who(request), request.method == "POST"
    one = _walked(person, key)
    known = walk_note_or_404(person, one, note)
    form = SeenForm(
        request.POST if sent else None,
        person=person,
        school_id=one.school_id,
        initial={"stop": known.stop, "seen": known.seen, "wondered": known.wondered},
    )
    if sent and form.is_valid():
        told = form.told()
        if saved(lambda: verbs.change_walk_note(person, note=note, seen=told), form):
            messages.success(request, _("Saved."))
            return redirect("walk", key)
    return _note_page(request, one, form)


def _note_page(request: HttpRequest, one: LearningWalk, form: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    told = {"form": form, "one": one}
    return render(request, "learning/walk_note.html", told, status=status)


@needs(Right.INQUIRE)
@require_POST
def walk_note_remove(request: HttpRequest, key: int, note: int) -> HttpResponse:
    """Remove what I wrote, or (`restore`) bring it back."""
    person, gone = who(request), "restore" not in request.POST
    _walked(person, key)
    verb = verbs.remove_walk_note
    if tried(lambda: verb(person, note=note, gone=gone), request):
        words = (
            _("It is removed. You can bring it back here.")
            if gone
            else _("It is back.")
        )
        messages.success(request, words)
    return redirect("walk", key)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def walk_thanks(request: HttpRequest, key: int) -> HttpResponse:
    """What does the school hear from us?"""
    person, sent = who(request), request.method == "POST"
    one = _planned(person, key)
    form = ThanksForm(
        request.POST if sent else None,
        person=person,
        school_id=one.school_id,
        initial={"thanks": one.thanks, "seen": one.thanks},
    )
    if sent and form.is_valid():
        told = form.cleaned_data
        verb = verbs.thank
        if saved(lambda: verb(person, walk=key, **told), form):
            messages.success(request, _("Saved."))
            return redirect("walk", key)
    return _note_page(request, one, form)


@needs(Right.INQUIRE)
@require_POST
def walk_share(request: HttpRequest, key: int) -> HttpResponse:
    """Share the walk with the school, or (`no`) take it back."""
    person, shared = who(request), "no" not in request.POST
    if tried(lambda: verbs.share_walk(person, walk=key, shared=shared), request):
        words = (
            _("The staff of the school read it now. Thank you for telling them.")
            if shared
            else _("Only those who go along read it now.")
        )
        messages.success(request, words)
    return redirect("walk", key)


@needs(Right.INQUIRE)
@require_POST
def walk_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a walk, or (`restore`) bring it back."""
    person, gone = who(request), "restore" not in request.POST
    if tried(lambda: verbs.remove_walk(person, walk=key, gone=gone), request):
        words = (
            _("It is removed. You can bring it back here.")
            if gone
            else _("It is back.")
        )
        messages.success(request, words)
    return redirect("walk", key)
