"""Pages of hours: of the staff by school and role, and of partners and volunteers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
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
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import (
    csv_file,
    done,
    number,
    there,
    who,
)
from evenrise.workspace.learning.actions import partners as verbs
from evenrise.workspace.learning.forms.partners import PartnerForm, PartnerHoursForm
from evenrise.workspace.learning.queries import (
    learning_hours as hours,
    partners as told,
)
from evenrise.workspace.learning.queries.choosing_offerings import place_choices
from evenrise.workspace.learning.views.catalogue import catalogue_trail, status_of
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


_REMOVED = "learning_hours_undo"  # of the session: hours just taken back, for Undo


@needs(Right.ORGANIZE_LEARNING)
@require_safe
def learning_hours(request: HttpRequest) -> HttpResponse:
    """Whom does learning reach, and for how many hours?"""
    year = number(request.GET.get("year", ""))
    today = timezone.localdate()
    page = hours.hours_page(who(request), year, today, reader_language())
    shown = {"page": page, "trail": catalogue_trail()}
    return render(request, "learning/learning_hours.html", shown)


@needs(Right.ORGANIZE_LEARNING)
@require_safe
def learning_hours_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as a file."""
    year = number(request.GET.get("year", ""))
    today = timezone.localdate()
    rows = hours.file_rows(who(request), year, today, reader_language())
    return csv_file("learning-hours.csv", hours.FILE_HEADS, rows)


@needs(Right.INQUIRE)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Who helps us from outside, and for how many hours?"""
    year = number(request.GET.get("year", ""))
    today = timezone.localdate()
    page = told.partners_page(who(request), year, today, reader_language())
    shown = {"page": page, "trail": catalogue_trail()}
    if page.organizes:
        shown["removed"] = request.session.get(_REMOVED)
    return render(request, "learning/partners.html", shown)


@needs(Right.INQUIRE)
@require_safe
def partners_csv(request: HttpRequest) -> HttpResponse:
    """Every entry as a file."""
    del request
    return csv_file("partners.csv", told.FILE_HEADS, told.file_rows())


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_new(request: HttpRequest) -> HttpResponse:
    """Who gives hours?"""
    person, sent = who(request), request.method == "POST"
    form = PartnerForm(request.POST if sent else None, person=person)
    if sent and form.is_valid():
        named = form.cleaned_data
        made = attempt(
            lambda: verbs.add_partner(person, name=named["name"], kind=named["kind"]),
            request,
            form,
        )
        if made is not None:
            words = _("The partner is added. Note the hours that were given.")
            return done(request, words, reverse("partner_hours_new", args=[made.pk]))
    shown = {"form": form, "trail": _trail()}
    return render(request, "learning/partner_form.html", shown, status=status_of(form))


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def partner_end(request: HttpRequest, key: int) -> HttpResponse:
    """A partner gives no hours any more, or (`again`) does."""
    person, again = who(request), "again" in request.POST
    one = attempt(
        lambda: verbs.end_partner(person, partner=key, ended=not again), request
    )
    if one is None:
        return redirect("partners")
    words = (
        _("%(name)s gives hours again.")
        if again
        else _("%(name)s gives no hours any more. What was given stays.")
    )
    return done(request, words % {"name": one.name}, reverse("partners"))


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_hours_new(request: HttpRequest, key: int) -> HttpResponse:
    """What did this partner give?"""
    person, sent = who(request), request.method == "POST"
    one = there(told.partner_named(key))
    form = PartnerHoursForm(
        request.POST if sent else None,
        person=person,
        places=place_choices(person),
        initial={"on": timezone.localdate()},
    )
    if sent and form.is_valid():
        made = attempt(
            lambda: verbs.add_hours(person, partner=key, given=form.given()),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The hours are noted."), reverse("partners"))
    shown = {"form": form, "one": one, "trail": _trail()}
    return render(
        request, "learning/partner_hours_form.html", shown, status=status_of(form)
    )


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def partner_hours_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take noted hours back, or (`again`) count them again."""
    person, again = who(request), "again" in request.POST
    one = attempt(
        lambda: verbs.take_hours_back(person, key=key, gone=not again), request
    )
    request.session.pop(_REMOVED, None)
    if one is not None and again:
        return done(request, _("The hours count again."), reverse("partners"))
    if one is not None:
        request.session[_REMOVED] = key
    return redirect("partners")


def _trail() -> list[tuple[str, str]]:
    return [*catalogue_trail(), (reverse("partners"), _("Partners"))]
