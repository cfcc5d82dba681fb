"""Addresses of the room `cycles`; one file a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from evenrise.workspace.cycles.urls import (
    inquiry,
    measures,
    meetings,
    practices,
    spots,
)


urlpatterns: list[URLPattern | URLResolver] = [
    *measures.urlpatterns,
    *meetings.urlpatterns,
    *practices.urlpatterns,
    *spots.urlpatterns,
    *inquiry.urlpatterns,
]
