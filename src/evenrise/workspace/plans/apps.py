"""The app `plans`, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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


def _offer_tree() -> None:
    """The ladder, and the steps that are a person's."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.plans.queries.mine import steps_due  # noqa: PLC0415

    sees = (Right.SEE_FINDINGS,)
    offer(Entry(32, "plans", _("Plans"), sees, "plans"))
    offer(Entry(33, "my_steps", _("My steps"), sees, "plans"))
    offer(Entry(39, "departments", _("Departments"), sees, "plans"))
    offer_due(steps_due)


def _offer_trace() -> None:
    """What became of a finding and of a recommendation."""
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.insights.further import (  # noqa: PLC0415
        FINDING_PARTS,
        RECOMMENDATION_PARTS,
    )
    from evenrise.workspace.plans.queries.became import (  # noqa: PLC0415
        finding_became,
        recommendation_became,
    )
    from evenrise.workspace.plans.queries.trace_due import due_trace  # noqa: PLC0415

    template = "plans/parts/became.html"
    FINDING_PARTS.offer(10, template, finding_became)
    RECOMMENDATION_PARTS.offer(10, template, recommendation_became)
    offer_due(due_trace)


def _offer_measures() -> None:
    """Red lights that wait for a written response."""
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.plans.queries.red_lights import (  # noqa: PLC0415
        due_lights,
    )

    offer_due(due_lights)


def _offer_life() -> None:
    """Comments that wait, what reviews asked for, one's own calendar."""
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.plans.queries.comments import (  # noqa: PLC0415
        comments_due,
    )
    from evenrise.workspace.plans.queries.editions import (  # noqa: PLC0415
        hearings_due,
    )
    from evenrise.workspace.plans.queries.reviews import (  # noqa: PLC0415
        decisions_due,
    )

    offer_due(hearings_due)
    offer_due(comments_due)
    offer_due(decisions_due)
    see = (Right.SEE_FINDINGS,)
    offer(Entry(36, "calendar_keys", _("My calendar"), see, "plans"))
