"""Pages of who came: the roll, all at one press, a file; each can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import csv_file, done, there, who
from evenrise.workspace.learning.access import keeps_roll
from evenrise.workspace.learning.actions import attending as verbs
from evenrise.workspace.learning.actions.bringing_roll import bring_roll
from evenrise.workspace.learning.forms.attending import (
    AddToRollForm,
    BringRollForm,
    read_marks,
)
from evenrise.workspace.learning.models import Session
from evenrise.workspace.learning.queries.roll import (
    FILE_HEADS,
    file_rows,
    roll_of,
    session_named,
)
from evenrise.workspace.learning.queries.when import when_words
from evenrise.workspace.learning.views.catalogue import offering_trail
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import words_of
from evenrise.workspace.plans.views.opening import attempt


_BATCH = "learning_roll_undo"  # of the session: the press or file that can be undone


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def session_roll(request: HttpRequest, key: int) -> HttpResponse:
    """Who came?"""
    person, one = _kept(request, key)
    wrong: list[str] = []
    if request.method == "POST":
        keys = [line.key for line in roll_of(one, reader_language()).lines]
        marks, wrong = read_marks(request.POST, keys)
        found = attempt(
            lambda: verbs.note_roll(person, session=key, marks=marks), request
        )
        if found is not None and not wrong:
            return done(request, _("The roll is noted."), _address(one))
    told = _told(request, one, AddToRollForm()) | {"wrong": wrong}
    return render(request, "learning/roll.html", told, status=422 if wrong else 200)


def _told(request: HttpRequest, one: Session, form: AddToRollForm) -> dict[str, Any]:
    language = reader_language()
    kept = request.session.get(_BATCH)
    return {
        "session": one,
        "title": words_of(one.offering, "title", language),
        "when": when_words(one, language),
        "roll": roll_of(one, language),
        "begun": one.begins_at <= timezone.now(),
        "form": form,
        "batch": kept[1] if kept and kept[0] == one.pk else "",
        "trail": offering_trail(one.offering),
    }


@needs(Right.INQUIRE)
@require_POST
def session_all_came(request: HttpRequest, key: int) -> HttpResponse:
    """Everybody of whom nothing is noted yet came."""
    person, one = _kept(request, key)
    found = attempt(lambda: verbs.all_came(person, session=key), request)
    if found is not None and found[1]:
        request.session[_BATCH] = [one.pk, found[0]]
    return redirect(_address(one))


@needs(Right.INQUIRE)
@require_POST
def session_roll_undo(request: HttpRequest, key: int, batch: str) -> HttpResponse:
    """Take back what one press or one file noted."""
    person, one = _kept(request, key)
    gone = attempt(lambda: verbs.undo_roll(person, session=key, batch=batch), request)
    request.session.pop(_BATCH, None)
    if gone:
        words = ngettext(
            "What was noted of %(n)s person is taken back.",
            "What was noted of %(n)s people is taken back.",
            gone,
        )
        messages.success(request, words % {"n": gone})
    return redirect(_address(one))


@needs(Right.INQUIRE)
@require_POST
def session_roll_add(request: HttpRequest, key: int) -> HttpResponse:
    """Somebody came who had not signed up."""
    person, one = _kept(request, key)
    form = AddToRollForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        added = attempt(
            lambda: verbs.add_to_roll(person, session=key, email=email), request, form
        )
        if added is not None:
            words = _("%(name)s is on the roll.") % {"name": added.person.name}
            return done(request, words, _address(one))
    return render(request, "learning/roll.html", _told(request, one, form), status=422)


@needs(Right.INQUIRE)
@require_safe
def session_roll_csv(request: HttpRequest, key: int) -> HttpResponse:
    """The roll as a file, to fill and bring back."""
    _person, one = _kept(request, key)
    return csv_file(f"roll-{one.pk}.csv", FILE_HEADS, file_rows(one))


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def session_bring(request: HttpRequest, key: int) -> HttpResponse:
    """Who came, by this file?"""
    person, one = _kept(request, key)
    sent = request.method == "POST"
    form = BringRollForm(
        request.POST if sent else None, request.FILES if sent else None
    )
    told = _told(request, one, AddToRollForm()) | {"form": form}
    told["trail"] = [*offering_trail(one.offering), (_address(one), _("Who came"))]
    if sent and form.is_valid():
        try:
            found = bring_roll(
                person, session=key, text=form.whole(), write="add" in request.POST
            )
        except InputProblem as problem:
            form.add_error("file", str(problem))
        else:
            if found.batch:
                request.session[_BATCH] = [one.pk, found.batch]
                return redirect(_address(one))
            told |= {"tried": found, "text": form.whole()}
    bad = sent and ("tried" not in told or told["tried"].problems)
    return render(request, "learning/roll_bring.html", told, status=422 if bad else 200)


def _kept(request: HttpRequest, key: int) -> tuple[Person, Session]:
    """A session whose roll the person keeps; or "not there"."""
    person = who(request)
    one: Session = there(session_named(key))
    if one.cancelled_at is not None or not keeps_roll(person, one):
        raise Http404
    return person, one


def _address(one: Session) -> str:
    return reverse("session_roll", args=[one.pk])
