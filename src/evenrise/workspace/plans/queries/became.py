"""What became of a finding or a recommendation: the part that plans add to its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.models import StandsOn
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import Link, LinkTo, Plan
from evenrise.workspace.plans.queries.trace_gaps import put_into
from evenrise.workspace.plans.said import (
    Words,
    kind_words,
    plan_url,
    rung_url,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A rung that stands on it."""

    plan: Words
    plan_url: str
    kind: str
    title: Words
    url: str
    through: str = ""  # the address of the recommendation between them


@dataclass(frozen=True, slots=True)
class Became:
    """The rungs that stand on it, and the plans into which it may be put."""

    taken: tuple[Taken, ...]
    into: tuple[tuple[str, str], ...]  # title, address


def finding_became(person: Person, key: str) -> Became | None:
    """What plans made of a finding."""
    return _became(person, LinkTo.FINDING, key)


def recommendation_became(person: Person, key: str) -> Became | None:
    """What plans made of a recommendation."""
    return _became(person, LinkTo.RECOMMENDATION, key)


def _became(person: Person, kind: str, key: str) -> Became | None:
    language = reader_language()
    stands = Q(kind=kind, key=key)
    if kind == LinkTo.FINDING:
        stands |= Q(kind=LinkTo.RECOMMENDATION, key__in=_asked_from(key))
    links = list(
        Link.objects.filter(
            stands, rung__removed_at=None, rung__plan__set_aside_at=None
        )
        .select_related("rung__plan")
        .order_by("rung__plan__kind", "rung__plan__slug", "rung__place", "id")
    )
    into = tuple(_into(person, kind, key, language))
    if not links and not into:
        return None
    return Became(tuple(_taken(one, kind, language) for one in links), into)


def _asked_from(key: str) -> list[str]:
    """The recommendations that stand on a finding, as links name them."""
    asked = StandsOn.objects.filter(
        finding_key=key, recommendation__withdrawn_at=None
    ).values_list("recommendation_id", flat=True)
    return [str(pk) for pk in asked]


def _taken(one: Link, kind: str, language: Language) -> Taken:
    plan = one.rung.plan
    between = one.kind != kind
    return Taken(
        plan=words_of(plan, "title", language),
        plan_url=plan_url(plan),
        kind=kind_words(one.rung.kind),
        title=words_of(one.rung, "title", language),
        url=rung_url(plan, one.rung.key),
        through=reverse("recommendation", args=[one.key]) if between else "",
    )


def _into(
    person: Person, kind: str, key: str, language: Language
) -> Iterable[tuple[str, str]]:
    if not person.may(Right.WRITE_PLANS):
        return
    for plan in Plan.objects.filter(set_aside_at=None):
        if may_write(person, plan):
            title = words_of(plan, "title", language).text or plan.slug
            yield title, put_into(plan, kind, key)
