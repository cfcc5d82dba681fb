"""Addresses of the menu, tiers, supports, sessions, reviews."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver


urlpatterns: list[URLPattern | URLResolver] = []
