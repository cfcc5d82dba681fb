"""The app `data`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.data"
    label = "data"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand in the navigation, and say on every page whose data it shows."""
        from evenrise.workspace.data.standing import told_standing  # noqa: PLC0415
        from evenrise.workspace.foundation.furniture import (  # noqa: PLC0415
            Entry,
            offer,
            tell_standing,
        )
        from evenrise.workspace.people.roles import Right  # noqa: PLC0415

        tell_standing(told_standing)
        rights = (Right.BRING_FILES, Right.ANSWER_QUESTIONS)
        offer(Entry(60, "data", _("Data"), rights, "data"))
