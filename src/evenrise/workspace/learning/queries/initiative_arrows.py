"""Initiatives on the pages of other rooms: a plan's trace, a practice."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.learning.models import Initiative
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.further import Arrow, Arrows
from evenrise.workspace.plans.models import Plan
from evenrise.workspace.plans.said import Words, words_of


@dataclass(frozen=True, slots=True)
class Made:
    """The initiatives made of a practice, and where to begin one."""

    initiatives: tuple[tuple[str, Words], ...]
    begin_url: str


def initiative_arrows(person: Person, plan: Plan) -> Arrows:  # noqa: ARG001 - all see
    """The initiatives that serve the plan's rungs; one query."""
    language = reader_language()
    found: dict[str, list[Arrow]] = {}
    for one in (
        Initiative.objects.filter(rung__plan=plan, removed_at=None)
        .select_related("rung")
        .order_by("begins_on", "id")
    ):
        url = reverse("initiative", args=[one.slug])
        title, _written = one.said("title", language)
        arrow = Arrow("initiative", title, url, one.begins_on)
        found.setdefault(one.rung.key if one.rung else "", []).append(arrow)
    return found


def initiatives_of_practice(person: Person, practice: Practice) -> Made | None:
    """What the district asks others to learn of this practice."""
    language = reader_language()
    made = tuple(
        (reverse("initiative", args=[one.slug]), words_of(one, "title", language))
        for one in practice.initiatives.filter(removed_at=None)
    )
    begins = person.may(Right.ORGANIZE_LEARNING) and practice.retired_at is None
    url = f"{reverse('initiative_new')}?practice={practice.slug}" if begins else ""
    return Made(made, url) if made or url else None
