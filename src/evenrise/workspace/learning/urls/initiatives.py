"""Addresses of learning: initiatives."""

from __future__ import annotations

from django.urls import URLPattern, path

from evenrise.workspace.learning.views import initiatives


_ONE = "initiatives/<slug:initiative>"
urlpatterns: list[URLPattern] = [
    path("initiatives", initiatives.initiatives, name="initiatives"),
    path("initiatives/new", initiatives.initiative_new, name="initiative_new"),
    path(_ONE, initiatives.initiative, name="initiative"),
    path(f"{_ONE}/change", initiatives.initiative_change, name="initiative_change"),
    path(f"{_ONE}/state", initiatives.initiative_move, name="initiative_move"),
    path(f"{_ONE}/remove", initiatives.initiative_remove, name="initiative_remove"),
    path(f"{_ONE}/restore", initiatives.initiative_restore, name="initiative_restore"),
    path(f"{_ONE}/mended", initiatives.mended_new, name="mended_new"),
    path(
        f"{_ONE}/mended/<int:mended>/back", initiatives.mended_back, name="mended_back"
    ),
]
