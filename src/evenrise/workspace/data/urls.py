"""Addresses of the room `data`."""

from __future__ import annotations

from django.urls import URLPattern


urlpatterns: list[URLPattern] = []
