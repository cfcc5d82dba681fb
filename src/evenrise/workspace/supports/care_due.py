"""What supports ask of a person on the start page: counts only, no student's name."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from evenrise.workspace.insights.due import Due
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.queries.mine import counts_due


def supports_due(person: Person) -> list[Due]:
    """Reviews due this week, and planned sessions that nobody logged yet."""
    if not may_support(person):
        return []
    counted = counts_due(person, reach_today(person), timezone.localdate())
    url, lines = reverse("supports"), []
    if reviews := counted["reviews"]:
        words = ngettext(
            "%(n)s review of a support is due this week",
            "%(n)s reviews of supports are due this week",
            reviews,
        )
        lines.append(Due(words % {"n": reviews}, url))
    if sessions := counted["sessions"]:
        words = ngettext(
            "%(n)s planned session of this week is not logged yet",
            "%(n)s planned sessions of this week are not logged yet",
            sessions,
        )
        lines.append(Due(words % {"n": sessions}, url))
    return lines
