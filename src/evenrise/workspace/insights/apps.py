"""The app `insights`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """The room's name, its place, and what it adds to the navigation."""

    name = "evenrise.workspace.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the entries of the navigation."""
        from evenrise.workspace.foundation.furniture import (  # noqa: PLC0415
            Entry,
            offer,
        )
        from evenrise.workspace.people.roles import Right  # noqa: PLC0415

        see = (Right.SEE_FINDINGS,)
        offer(Entry(10, "start", _("Start")))
        offer(Entry(20, "findings", _("Findings"), see, "findings"))
        offer(Entry(25, "indicators", _("Indicators"), see, "findings"))
        offer(Entry(30, "schools", _("Schools"), see, "findings"))
        offer(Entry(50, "evidence", _("Evidence"), see, "findings"))
        offer(Entry(55, "recommendations", _("Recommendations"), see, "findings"))
