"""Addresses that belong to no room."""

from __future__ import annotations

from django.urls import path

from evenrise.workspace.foundation import views


urlpatterns = [
    path("language", views.language, name="language"),
    path("health", views.health, name="health"),
    path("privacy", views.privacy, name="privacy"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("patterns", views.patterns, name="patterns"),
]
