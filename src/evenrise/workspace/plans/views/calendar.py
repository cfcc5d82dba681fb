"""The secret address of one's own calendar, and the calendar behind it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.publishing import numbers
from evenrise.workspace.foundation.door import needs, public
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.notices import address
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.calendar_keys import STEPS
from evenrise.workspace.plans.models import CalendarKey
from evenrise.workspace.plans.queries.calendar import calendar_of, entries
from evenrise.workspace.plans.said import plans_trail


@needs(Right.SEE_FINDINGS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_keys(request: HttpRequest) -> HttpResponse:
    """What comes when, and how does it get into my own calendar?"""
    person, secret, language = who(request), "", reader_language()
    if "drop" in request.POST:
        STEPS.drop(person)
        messages.success(request, _("The address opens nothing any more."))
        return redirect("calendar_keys")
    if request.method == "POST":
        secret = STEPS.make(person)
    told = {
        "address": address(reverse("calendar_feed", args=[secret])) if secret else "",
        "key": CalendarKey.objects.filter(person=person).first(),
        "days": [
            (numbers.day(one.on, language), one.words)
            for one in entries(person, language)
        ],
        "trail": plans_trail(),
    }
    return render(request, "plans/calendar.html", told)


@public
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's calendar, for whoever has its secret address."""
    del request
    person = STEPS.person_of(secret)
    if person is None:
        raise Http404
    response = HttpResponse(
        calendar_of(person), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'inline; filename="plans.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
