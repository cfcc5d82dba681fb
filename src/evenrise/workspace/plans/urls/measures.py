"""Addresses of what a plan promises."""

from __future__ import annotations

from django.urls import URLPattern


urlpatterns: list[URLPattern] = []
