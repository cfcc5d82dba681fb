"""The app `reports`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
