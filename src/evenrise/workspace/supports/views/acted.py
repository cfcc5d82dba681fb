"""Did somebody act in time?"""

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
from evenrise.workspace.supports.queries.acted_page import acted_page
from evenrise.workspace.supports.tasks_effects import renew_kept


@needs(Right.SEE_STUDENTS)
@require_safe
def acted(request: HttpRequest) -> HttpResponse:
    """Did somebody act in time, for the students within reach?"""
    person = cast("Person", request.user)
    page = acted_page(reach_today(person), reader_language())
    if page.made and ask_anew("acted"):
        renew_kept.enqueue()
    told = {"page": page, "tab": "acted", "counts": True}
    return render(request, "supports/acted.html", told)
