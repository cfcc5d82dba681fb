"""Addresses of a plan's money."""

from __future__ import annotations

from django.urls import URLPattern


urlpatterns: list[URLPattern] = []
