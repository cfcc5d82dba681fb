"""Addresses of what a plan stands on."""

from __future__ import annotations

from django.urls import URLPattern


urlpatterns: list[URLPattern] = []
