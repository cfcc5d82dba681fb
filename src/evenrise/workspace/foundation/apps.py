"""The app `foundation`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check every address when the application starts."""
        from evenrise.workspace.foundation import checks  # noqa: F401, PLC0415
