"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenrise.workspace.foundation.door import signed_in
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.queries.start import start_page
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import with_stand


@signed_in
@require_safe
@with_stand
def start(request: HttpRequest, stand: Stand) -> HttpResponse:
    """What changed, and what is mine to do?"""
    page = start_page(stand, reader_language())
    return render(request, "insights/start.html", {"page": page})
