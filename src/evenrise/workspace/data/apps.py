"""The app `data`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DataConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"
