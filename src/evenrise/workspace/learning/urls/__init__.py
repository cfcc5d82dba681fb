"""Addresses of the room `learning`; one file a subject."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from evenrise.workspace.learning.urls import (
    catalogue,
    initiatives,
    maps,
    standards,
    teams,
)


urlpatterns: list[URLPattern | URLResolver] = [
    *maps.urlpatterns,
    *standards.urlpatterns,
    *teams.urlpatterns,
    *catalogue.urlpatterns,
    *initiatives.urlpatterns,
]
