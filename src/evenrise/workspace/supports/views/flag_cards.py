"""How well flags find students, and what at the schools stands behind many of them."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import reach_today
from evenrise.workspace.supports.queries.flag_card_pages import (
    cards_page,
    conditions_page,
)


@needs(Right.SEE_STUDENTS)
@require_safe
def early_warning_cards(request: HttpRequest) -> HttpResponse:
    """How well do flags find students, and whom do they miss?"""
    return render(request, "supports/flag_cards.html", {"page": cards_page()})


@needs(Right.SEE_STUDENTS)
@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """What at the schools stands behind many flags?"""
    person = cast("Person", request.user)
    page = conditions_page(person, reach_today(person))
    return render(request, "supports/flag_conditions.html", {"page": page})
