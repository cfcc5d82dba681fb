"""Addresses of whether somebody acted, and whether it helped."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import acted, effects, tiers


urlpatterns: list[URLPattern | URLResolver] = [
    path("answers/", acted.acted, name="acted"),
    path("answers/tiers", tiers.tiers, name="tiers"),
    path("answers/helps", effects.helps, name="helps"),
    path("answers/helps/<str:key>", effects.help_of, name="help_of"),
]
