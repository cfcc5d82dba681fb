"""Pages of sessions: plan, move, cancel; sign up, sign off, three taps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.learning.access import organizes
from evenrise.workspace.learning.actions import sessions as verbs, signing_up
from evenrise.workspace.learning.forms.attending import FeedbackForm
from evenrise.workspace.learning.forms.catalogue import (
    CancelForm,
    SessionForm,
    session_initial,
)
from evenrise.workspace.learning.models import Session
from evenrise.workspace.learning.queries.choosing_offerings import may_lead
from evenrise.workspace.learning.queries.feedback import may_say
from evenrise.workspace.learning.queries.roll import session_named
from evenrise.workspace.learning.queries.said_already import may_say_now
from evenrise.workspace.learning.queries.when import when_words
from evenrise.workspace.learning.views.catalogue import (
    offering_address,
    offering_trail,
    own_offering,
    status_of,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import words_of
from evenrise.workspace.plans.views.opening import attempt


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest, slug: str) -> HttpResponse:
    """When is it, and where?"""
    person = who(request)
    offering = own_offering(person, slug)
    if offering.withdrawn_at is not None:
        raise Http404
    sent = request.method == "POST"
    form = SessionForm(
        request.POST if sent else None,
        person=person,
        leaders=may_lead(None, timezone.localdate()),
        initial={"leader": person.pk},
    )
    if sent and form.is_valid():
        made = attempt(
            lambda: verbs.add_session(person, slug=slug, said=form.said()),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The session is planned."), offering_address(slug))
    told = {
        "form": form,
        "session": None,
        "title": words_of(offering, "title", reader_language()),
        "trail": offering_trail(offering),
    }
    return render(request, "learning/session_form.html", told, status=status_of(form))


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def session_change(request: HttpRequest, key: int) -> HttpResponse:
    """What is to change about this session?"""
    person, one = _own(request, key)
    if one.cancelled_at is not None:
        raise Http404
    sent = request.method == "POST"
    form = SessionForm(
        request.POST if sent else None,
        person=person,
        leaders=may_lead(one, timezone.localdate()),
        initial=session_initial(one),
    )
    slug = one.offering.slug
    if sent and form.is_valid():
        changed = attempt(
            lambda: verbs.change_session(person, session=key, said=form.said()),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The session is changed."), offering_address(slug))
    told = {"form": form, "session": one, "trail": offering_trail(one.offering)}
    told["title"] = words_of(one.offering, "title", reader_language())
    return render(request, "learning/session_form.html", told, status=status_of(form))


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, key: int) -> HttpResponse:
    """Why does this session not take place?"""
    person, one = _own(request, key)
    if one.cancelled_at is not None:
        raise Http404
    sent = request.method == "POST"
    form = CancelForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        gone = attempt(
            lambda: verbs.cancel_session(
                person, session=key, why=form.cleaned_data["why"]
            ),
            request,
            form,
        )
        if gone is not None:
            words = _("The session is cancelled; who signed up is told by mail.")
            return done(request, words, offering_address(one.offering.slug))
    told = {"form": form, "trail": offering_trail(one.offering)}
    told["when"] = when_words(one, reader_language())
    return render(request, "learning/session_cancel.html", told, status=status_of(form))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def session_restore(request: HttpRequest, key: int) -> HttpResponse:
    """It takes place after all."""
    person, one = _own(request, key)
    attempt(lambda: verbs.restore_session(person, session=key), request)
    words = _("The session takes place after all; who signed up is told by mail.")
    return done(request, words, offering_address(one.offering.slug))


@needs(Right.INQUIRE)
@require_POST
def sign_up(request: HttpRequest, key: int) -> HttpResponse:
    """I want to come."""
    person, one = who(request), _there(key)
    made = attempt(lambda: signing_up.sign_up(person, session=key), request)
    url = _back(request, one)
    if made is None:
        return redirect(url)
    words = (
        _("All places are taken. You wait for one, and are told by mail.")
        if made.waiting
        else _("You are signed up.")
    )
    return done(request, words, url)


@needs(Right.INQUIRE)
@require_POST
def sign_off(request: HttpRequest, key: int) -> HttpResponse:
    """I cannot come after all."""
    person, one = who(request), _there(key)
    url = _back(request, one)

    def deed() -> bool:
        signing_up.sign_off(person, session=key)
        return True

    if attempt(deed, request):
        return done(request, _("You are signed off."), url)
    return redirect(url)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def session_feedback(request: HttpRequest, key: int) -> HttpResponse:
    """What was it worth?"""
    person, one = who(request), _there(key)
    if not may_say(person, one):
        raise Http404
    now, sent = timezone.now(), request.method == "POST"
    form = FeedbackForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():

        def deed() -> bool:
            signing_up.say(person, session=key, said=form.said())
            return True

        if attempt(deed, request, form):
            words = _("Thank you. It is kept without your name.")
            return done(request, words, reverse("my_learning"))
    told = {"form": form, "trail": offering_trail(one.offering)}
    told["title"] = words_of(one.offering, "title", reader_language())
    told["when"] = when_words(one, reader_language())
    told["opens"] = one.pk in may_say_now(person, [one], now)
    return render(
        request, "learning/session_feedback.html", told, status=status_of(form)
    )


def _there(key: int) -> Session:
    found: Session = there(session_named(key))
    return found


def _own(request: HttpRequest, key: int) -> tuple[Person, Session]:
    person, one = who(request), _there(key)
    if not organizes(person, one.offering):
        raise Http404
    return person, one


def _back(request: HttpRequest, one: Session) -> str:
    """To one's own learning when the button stood there, else to the offering."""
    if request.POST.get("back") == "mine":
        return reverse("my_learning")
    return offering_address(one.offering.slug)
