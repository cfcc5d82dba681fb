"""The app `learning`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """The room's name and its place."""

    name = "evenrise.workspace.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the room's pages and its parts of other pages."""
        _offer_maps()
        _offer_standards()
        _offer_teams()
        _offer_catalogue()
        _offer_initiatives()


def _offer_maps() -> None:
    """Maps of practice and placements."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    sees = (Right.SEE_FINDINGS,)
    offer(Entry(49, "ic_maps", _("Maps of practice"), sees, "learning"))


def _offer_standards() -> None:
    """Standards, self-assessments, and who leads."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.learning.queries.self_assessments import (  # noqa: PLC0415
        assessments_due,
    )
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    sees = (Right.SEE_FINDINGS,)
    offer(Entry(50, "standards", _("Standards"), sees, "learning"))
    offer_due(assessments_due)


def _offer_teams() -> None:
    """Learning teams, coaching, learning walks."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.learning.queries.coaching import (  # noqa: PLC0415
        coaching_due,
    )
    from evenrise.workspace.learning.queries.team_meetings import (  # noqa: PLC0415
        next_steps_due,
    )
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    staff = (Right.INQUIRE,)
    offer(Entry(47, "learning_teams", _("Learning teams"), staff, "learning"))
    offer(Entry(48, "coaching_cycles", _("Coaching"), staff, "learning"))
    offer(Entry(48, "walks", _("Walks"), staff, "learning"))
    offer(Entry(51, "who_leads", _("Who leads"), staff, "learning"))
    offer_due(coaching_due)
    offer_due(next_steps_due)


def _offer_catalogue() -> None:
    """The catalogue of learning, hours, partners."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.learning.queries.catalogue_due import (  # noqa: PLC0415
        learning_due,
    )
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    staff = (Right.INQUIRE,)
    offer(Entry(46, "catalogue", _("Catalogue"), staff, "learning"))
    offer(Entry(45, "my_learning", _("My learning"), staff, "learning"))
    offer_due(learning_due)


def _offer_initiatives() -> None:
    """Initiatives and their chain; their arrows in plans and on practices."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.cycles.further import PRACTICE_PARTS  # noqa: PLC0415
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.learning.queries.initiative_arrows import (  # noqa: PLC0415
        initiative_arrows,
        initiatives_of_practice,
    )
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.plans.further import offer_arrows  # noqa: PLC0415

    see = (Right.SEE_FINDINGS,)
    offer(Entry(44, "initiatives", _("Initiatives"), see, "cycles"))
    offer_arrows(initiative_arrows)
    template = "learning/parts/of_practice.html"
    PRACTICE_PARTS.offer(40, template, initiatives_of_practice)
