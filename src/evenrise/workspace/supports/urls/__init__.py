"""Addresses of the room `supports`; one file a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from evenrise.workspace.supports.urls import answers, care, flags, known, meetings


urlpatterns: list[URLPattern | URLResolver] = [
    *flags.urlpatterns,
    *care.urlpatterns,
    *meetings.urlpatterns,
    *known.urlpatterns,
    *answers.urlpatterns,
]
