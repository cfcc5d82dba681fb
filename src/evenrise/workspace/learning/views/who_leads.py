"""Who leads: whether leading is shared across roles and schools."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.learning.queries.who_leads import who_leads_page
from evenrise.workspace.people.roles import Right


@needs(Right.INQUIRE)
@require_safe
def who_leads(request: HttpRequest) -> HttpResponse:
    """Is leading shared here?"""
    told = {"page": who_leads_page(who(request))}
    return render(request, "learning/who_leads.html", told)
