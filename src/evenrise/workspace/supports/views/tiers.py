"""Are tiers used as intended?"""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.actions.effects import ask_anew
from evenrise.workspace.supports.queries.tiers_page import tiers_page
from evenrise.workspace.supports.tasks_effects import renew_kept


@needs(Right.SEE_STUDENTS)
@require_safe
def tiers(request: HttpRequest) -> HttpResponse:
    """Are tiers used as intended, and do students leave them again?"""
    person = cast("Person", request.user)
    page = tiers_page(reach_today(person), reader_language())
    if page.made and ask_anew("tiers"):
        renew_kept.enqueue()
    told = {"page": page, "tab": "tiers", "counts": True}
    return render(request, "supports/tiers.html", told)
