"""Addresses of teams, meetings, family contacts and notes."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver


urlpatterns: list[URLPattern | URLResolver] = []
