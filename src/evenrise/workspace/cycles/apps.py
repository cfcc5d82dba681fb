"""The app `cycles`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.cycles"
    label = "cycles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the room's pages and its parts of other pages."""
        _offer_inquiry()
        _offer_measures()
        _offer_meetings()
        _offer_spots()


def _offer_inquiry() -> None:
    """Cycles: the list, their place in plans and findings, what waits."""


def _offer_measures() -> None:
    """What a cycle watches by the week."""


def _offer_meetings() -> None:
    """Meetings by a protocol, and practices."""


def _offer_spots() -> None:
    """Places to learn from, and surveys of beliefs."""
