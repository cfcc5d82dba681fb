"""Pages of the catalogue: what there is, one thing to learn, and the verbs on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.learning.access import organizes
from evenrise.workspace.learning.actions import offerings as verbs
from evenrise.workspace.learning.forms.catalogue import (
    OfferingForm,
    WhatChangedForm,
    offering_initial,
)
from evenrise.workspace.learning.models import Offering
from evenrise.workspace.learning.queries.asked import LENGTH_WORDS
from evenrise.workspace.learning.queries.catalogue import Wanted, catalogue_page
from evenrise.workspace.learning.queries.choosing_offerings import (
    DISTRICT,
    offering_choices,
    standard_choices,
)
from evenrise.workspace.learning.queries.offering_page import (
    offering_named,
    offering_page,
)
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


_REMOVED = "learning_changed_undo"  # of the session: what was removed, for Undo


@needs(Right.INQUIRE)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What can I learn, and when?"""
    person, language, wanted = who(request), reader_language(), _wanted(request)
    told = {
        "page": catalogue_page(person, wanted, timezone.now(), language),
        "wanted": wanted,
        "standards": standard_choices(language),
        "lengths": LENGTH_WORDS,
        "organizes": person.may(Right.ORGANIZE_LEARNING),
    }
    return render(request, "learning/catalogue.html", told)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    month = asked.get("month", "")
    whole = len(month) == 7 and month[:4].isdecimal() and month[4] == "-"
    return Wanted(
        words=asked.get("q", "")[:100].strip(),
        month=month if whole and month.isascii() else "",
        standard=number(asked.get("standard", "")),
        length=asked.get("length", ""),
        all=asked.get("whom", "") == "all",
    )


@needs(Right.INQUIRE)
@require_safe
def offering(request: HttpRequest, slug: str) -> HttpResponse:
    """What is this, when is it, and what did people say of it?"""
    person, one = who(request), _there(slug)
    page = offering_page(person, one, timezone.now(), reader_language())
    told = {"one": one, "page": page, "trail": catalogue_trail()}
    if page.organizes:
        kept = request.session.get(_REMOVED)
        told["removed"] = kept[1] if kept and kept[0] == slug else None
    return render(request, "learning/offering.html", told)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def offering_new(request: HttpRequest) -> HttpResponse:
    """What do we offer to learn?"""
    person, language = who(request), reader_language()
    form = OfferingForm(
        request.POST if request.method == "POST" else None,
        person=person,
        choices=offering_choices(person, None, language),
        initial={
            "place": _first_place(person),
            "initiative": request.GET.get("initiative", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.make_offering(person, said=form.said()), request, form
        )
        if made is not None:
            words = _("It is in the catalogue. Now give it a day.")
            return done(request, words, reverse("session_new", args=[made.slug]))
    told = {"form": form, "one": None, "trail": catalogue_trail()}
    return render(request, "learning/offering_form.html", told, status=status_of(form))


def _first_place(person: Person) -> str:
    places = places_with(person, Right.ORGANIZE_LEARNING)
    return DISTRICT if places.district else min(places.schools, default="")


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def offering_change(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to change about what we offer?"""
    person, language = who(request), reader_language()
    one = own_offering(person, slug)
    form = OfferingForm(
        request.POST if request.method == "POST" else None,
        person=person,
        choices=offering_choices(person, one, language),
        initial=offering_initial(one),
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        changed = attempt(
            lambda: verbs.change_offering(
                person, slug=slug, said=form.said(), seen=seen
            ),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("It is changed."), offering_address(slug))
    told = {"form": form, "one": one, "trail": offering_trail(one)}
    return render(request, "learning/offering_form.html", told, status=status_of(form))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def offering_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """No longer offer it; the page offers to bring it back."""
    person = who(request)
    if attempt(lambda: verbs.withdraw_offering(person, slug=slug), request):
        words = _("It is no longer offered. What people learned stays.")
        return done(request, words, offering_address(slug))
    return redirect(offering_address(slug))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def offering_restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer it again."""
    person = who(request)
    if attempt(lambda: verbs.withdraw_offering(person, slug=slug, gone=False), request):
        return done(request, _("It is offered again."), offering_address(slug))
    return redirect(offering_address(slug))


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def what_changed_new(request: HttpRequest, slug: str) -> HttpResponse:
    """What was changed because of what people said?"""
    person = who(request)
    one = own_offering(person, slug)
    sent = request.method == "POST"
    form = WhatChangedForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in ("text_en", "text_es")}
        if attempt(
            lambda: verbs.tell_what_changed(person, slug=slug, **texts), request, form
        ):
            words = _("Everybody who opens this page reads it now.")
            return done(request, words, offering_address(slug))
    told = {"form": form, "trail": offering_trail(one)}
    return render(
        request, "learning/what_changed_form.html", told, status=status_of(form)
    )


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def what_changed_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove such a text, or (`again`) bring it back."""
    person, again = who(request), "again" in request.POST
    one = there(
        attempt(
            lambda: verbs.remove_what_changed(person, key=key, gone=not again), request
        )
    )
    slug = one.offering.slug
    if again:
        request.session.pop(_REMOVED, None)
        return done(request, _("It is back."), offering_address(slug))
    request.session[_REMOVED] = [slug, key]
    return redirect(offering_address(slug))


def own_offering(person: Person, slug: str) -> Offering:
    """An offering that the person organizes; or "not there"."""
    one = _there(slug)
    if not organizes(person, one):
        raise Http404
    return one


def _there(slug: str) -> Offering:
    found: Offering = there(offering_named(slug))
    return found


def offering_address(slug: str) -> str:
    """The page of an offering."""
    return reverse("offering", args=[slug])


def catalogue_trail() -> list[tuple[str, str]]:
    """Where a page of the catalogue stands."""
    return [(reverse("catalogue"), _("Catalogue"))]


def offering_trail(one: Offering) -> list[tuple[str, str]]:
    """Where a page about an offering stands."""
    title, _written = one.said("title", reader_language())
    return [*catalogue_trail(), (offering_address(one.slug), title)]


def status_of(form: Any) -> int:
    """422 for a form that came back with problems."""
    return 422 if form.is_bound and form.errors else 200
