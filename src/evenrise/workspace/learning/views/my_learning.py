"""One's own learning: hours by school year, what comes, a file, a calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.workspace.foundation.door import needs, public
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import csv_file, who
from evenrise.workspace.learning.actions.learning_calendar import LEARNING
from evenrise.workspace.learning.models import LearningCalendarKey
from evenrise.workspace.learning.queries import my_learning as queries
from evenrise.workspace.learning.queries.learning_calendar import (
    learning_calendar_of,
)
from evenrise.workspace.people.notices import address
from evenrise.workspace.people.roles import Right


@needs(Right.INQUIRE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_learning(request: HttpRequest) -> HttpResponse:
    """What have I learned, and what comes?"""
    person, language, secret = who(request), reader_language(), ""
    if "drop" in request.POST:
        LEARNING.drop(person)
        messages.success(request, _("The address opens nothing any more."))
        return redirect("my_learning")
    if "make" in request.POST:
        secret = LEARNING.make(person)
    told = {
        "page": queries.my_learning(person, timezone.now(), language),
        "address": address(reverse("learning_feed", args=[secret])) if secret else "",
        "key": LearningCalendarKey.objects.filter(person=person).exists(),
    }
    return render(request, "learning/my_learning.html", told)


@needs(Right.INQUIRE)
@require_safe
def my_learning_csv(request: HttpRequest) -> HttpResponse:
    """The credit record as a file."""
    rows = queries.file_rows(who(request), reader_language())
    return csv_file("learning.csv", queries.FILE_HEADS, rows)


@public
@never_cache
@require_safe
def learning_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's sessions, for whoever has their secret address."""
    del request
    person = LEARNING.person_of(secret)
    if person is None:
        raise Http404
    response = HttpResponse(
        learning_calendar_of(person), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'inline; filename="learning.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
