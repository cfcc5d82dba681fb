"""The app `plans`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the room's pages, its parts of other pages, and its tasks."""
        _offer_tree()
        _offer_trace()
        _offer_measures()
        _offer_life()
        _offer_money()


def _offer_tree() -> None:
    """The ladder, and the steps that are a person's."""


def _offer_trace() -> None:
    """What became of a finding and of a recommendation."""


def _offer_measures() -> None:
    """Red lights that wait for a written response."""


def _offer_life() -> None:
    """Comments that wait, reviews that are due."""


def _offer_money() -> None:
    """Where the money goes."""
