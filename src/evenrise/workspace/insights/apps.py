"""The app `insights`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"
