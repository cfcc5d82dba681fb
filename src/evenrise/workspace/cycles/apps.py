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
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.cycles.queries.joins import (  # noqa: PLC0415
        cycle_arrows,
        due_cycles,
        news_of_cycles,
        tried_of_finding,
        tried_of_rung,
    )
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import (  # noqa: PLC0415
        offer_due,
        offer_news,
    )
    from evenrise.workspace.insights.further import FINDING_PARTS  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.plans.further import (  # noqa: PLC0415
        RUNG_PARTS,
        offer_arrows,
    )

    sees = (Right.SEE_FINDINGS,)
    offer(Entry(41, "cycles", _("Cycles"), sees, "cycles"))
    template = "cycles/parts/being_tried.html"
    FINDING_PARTS.offer(20, template, tried_of_finding)
    RUNG_PARTS.offer(10, template, tried_of_rung)
    offer_arrows(cycle_arrows)
    offer_due(due_cycles)
    offer_news(news_of_cycles)


def _offer_measures() -> None:
    """What a cycle watches by the week."""
    from evenrise.workspace.cycles.further import CYCLE_PARTS  # noqa: PLC0415
    from evenrise.workspace.cycles.queries.watched import (  # noqa: PLC0415
        watched_part,
    )
    from evenrise.workspace.cycles.tasks import after_current  # noqa: PLC0415
    from evenrise.workspace.data.standing import when_current  # noqa: PLC0415

    CYCLE_PARTS.offer(30, "cycles/parts/watched.html", watched_part)
    when_current(after_current)


def _offer_meetings() -> None:
    """Meetings by a protocol, and practices."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.cycles.further import CYCLE_PARTS  # noqa: PLC0415
    from evenrise.workspace.cycles.queries.meeting_due import (  # noqa: PLC0415
        meetings_due,
    )
    from evenrise.workspace.cycles.queries.meetings import (  # noqa: PLC0415
        meetings_of_cycle,
    )
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    offer_due(meetings_due)
    offer(Entry(45, "protocols", _("Protocols"), (Right.INQUIRE,), "cycles"))
    template = "cycles/parts/cycle_meetings.html"
    CYCLE_PARTS.offer(70, template, meetings_of_cycle)
    _offer_practices()


def _offer_practices() -> None:
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.cycles.further import CYCLE_PARTS  # noqa: PLC0415
    from evenrise.workspace.cycles.queries.practice_arrows import (  # noqa: PLC0415
        practice_arrows,
    )
    from evenrise.workspace.cycles.queries.practices import (  # noqa: PLC0415
        practices_of_cycle,
    )
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415
    from evenrise.workspace.plans.further import offer_arrows  # noqa: PLC0415

    reads = (Right.SEE_FINDINGS,)
    offer(Entry(42, "practices", _("Practices"), reads, "cycles"))
    template = "cycles/parts/cycle_practices.html"
    CYCLE_PARTS.offer(80, template, practices_of_cycle)
    offer_arrows(practice_arrows)


def _offer_spots() -> None:
    """Places to learn from, and surveys of beliefs."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

    from evenrise.workspace.cycles.queries.meeting_due import (  # noqa: PLC0415
        surveys_due,
    )
    from evenrise.workspace.foundation.furniture import Entry, offer  # noqa: PLC0415
    from evenrise.workspace.insights.due import offer_due  # noqa: PLC0415
    from evenrise.workspace.people.roles import Right  # noqa: PLC0415

    reads = (Right.SEE_FINDINGS,)
    offer(Entry(43, "spots", _("Places to learn from"), reads, "cycles"))
    offer_due(surveys_due)
