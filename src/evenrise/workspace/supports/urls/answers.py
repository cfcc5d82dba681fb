"""Addresses of whether somebody acted, and whether it helped."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from evenrise.workspace.supports.views import acted, effects, tiers


urlpatterns: list[URLPattern | URLResolver] = [
    path("supports/in-time", acted.acted, name="acted"),
    path("supports/tiers", tiers.tiers, name="tiers"),
    path("supports/helps", effects.helps, name="helps"),
    path("supports/helps/<str:key>", effects.help_of, name="help_of"),
]
