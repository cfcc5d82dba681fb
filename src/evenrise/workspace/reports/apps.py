"""The app `reports`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the room to the navigation, and its asks to the start pages."""
        from evenrise.workspace.foundation.furniture import (  # noqa: PLC0415
            Entry,
            offer,
        )
        from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
        from evenrise.workspace.people.roles import Right  # noqa: PLC0415
        from evenrise.workspace.plans.further import EDITION_PARTS  # noqa: PLC0415
        from evenrise.workspace.reports.due import releases_due  # noqa: PLC0415
        from evenrise.workspace.reports.plan_part import public_part  # noqa: PLC0415

        offer_due(releases_due, first=True)
        EDITION_PARTS.offer(10, "reports/parts/edition.html", public_part)
        offer(
            Entry(
                70,
                "reports",
                _("Reports"),
                (Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES),
            )
        )
