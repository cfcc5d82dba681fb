"""The app `supports`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SupportsConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.supports"
    label = "supports"
    default_auto_field = "django.db.models.BigAutoField"
