"""Addresses of whether somebody acted, and whether it helped."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver


urlpatterns: list[URLPattern | URLResolver] = []
