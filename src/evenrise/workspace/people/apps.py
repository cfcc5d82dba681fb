"""The app `people`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
