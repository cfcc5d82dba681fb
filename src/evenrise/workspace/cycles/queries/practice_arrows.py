"""What a plan's rungs led to: practices of the shared cycles that served them."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from evenrise.workspace.cycles.models import PracticeTried
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.further import Arrow
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.said import words_of


def practice_arrows(
    person: Person,  # noqa: ARG001 - whoever asks hands it over
    plan: Plan,
) -> Mapping[str, list[Arrow]]:
    """Practices by the rung's key; of shared cycles alone, for any reader."""
    language = reader_language()
    rows = (
        PracticeTried.objects.filter(
            cycle__rung__plan=plan,
            cycle__shared_at__isnull=False,
            cycle__removed_at__isnull=True,
            practice__retired_at__isnull=True,
        )
        .select_related("practice", "cycle__rung")
        .order_by("practice", "id")
    )
    found: dict[str, dict[str, Arrow]] = {}
    for one in rows:
        rung = one.cycle.rung
        if rung is None:
            continue
        told = words_of(one.practice, "title", language)
        url = reverse("practice", args=[one.practice.slug])
        arrow = Arrow("practice", told.text, url, one.practice.made_at.date())
        found.setdefault(rung.key, {}).setdefault(one.practice.slug, arrow)
    return {key: list(arrows.values()) for key, arrows in found.items()}
