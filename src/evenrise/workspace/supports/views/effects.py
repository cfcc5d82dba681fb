"""Does it help? All supports, and one."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.queries.effects import help_page, helps_page


@needs(Right.SEE_FINDINGS)
@require_safe
def helps(request: HttpRequest) -> HttpResponse:
    """Which supports help, as far as our records can tell?"""
    person = cast("Person", request.user)
    told = {
        "page": helps_page(reader_language()),
        "tab": "helps",
        "counts": person.may(Right.SEE_STUDENTS),
    }
    return render(request, "supports/helps.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def help_of(request: HttpRequest, key: str) -> HttpResponse:
    """Does this support help?"""
    person = cast("Person", request.user)
    page = help_page(key, reader_language())
    if page is None:
        raise Http404
    told = {
        "page": page,
        "trail": [(reverse("helps"), _("Does it help?"))],
        "counts": person.may(Right.SEE_STUDENTS),
    }
    return render(request, "supports/help_of.html", told)
