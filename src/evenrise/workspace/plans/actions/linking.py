"""Verbs of the trace: make a rung stand on something, take it away, bring it back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions.touching import keep_version, touch
from evenrise.workspace.plans.content import LinkContent
from evenrise.workspace.plans.models import Link, Plan, Rung
from evenrise.workspace.plans.queries.choosing_links import links_to


def stand_on(person: Person, *, plan: Plan, key: str, values: Iterable[str]) -> int:
    """Make a rung stand on findings, recommendations, themes or comments.

    Args:
        person: who does it.
        plan: whose rung it is.
        key: the rung's.
        values: `kind|key` each; what is linked already stays as it is.

    Returns:
        How many links were added.

    Raises:
        NotYours: when the plan, the rung or what it is to stand on is not theirs.
    """
    with transaction.atomic():
        rung = _own(person, plan, key)
        wanted = links_to(plan, values)
        if not wanted:
            raise NotYours
        there = set(rung.links.values_list("kind", "key"))
        new = [one for one in wanted if (one.kind, one.key) not in there]
        if new:
            keep_version(person, rung)
            _add(person, rung, new)
            record(person, "plans.stand_on", _about(rung), links=len(new))
    return len(new)


def take_link_away(person: Person, *, plan: Plan, key: str, link: int) -> Link:
    """The rung no longer stands on it; `bring_link_back` undoes it."""
    with transaction.atomic():
        rung = _own(person, plan, key)
        one = rung.links.filter(pk=link).first()
        if one is None:
            raise NotYours
        keep_version(person, rung)
        Link.objects.filter(pk=one.pk).delete()
        touch(plan, timezone.now())
        record(person, "plans.take_link_away", _about(rung), kind=one.kind)
    return one


def bring_link_back(
    person: Person, *, plan: Plan, key: str, kind: str, to: str
) -> None:
    """Undo the taking away: the link in the words that it had.

    Args:
        person: who does it.
        plan: whose rung it is.
        key: the rung's.
        kind: of what it stood on.
        to: the key of what it stood on.

    Raises:
        NotYours: also when no version of the rung ever stood on it.
    """
    with transaction.atomic():
        rung = _own(person, plan, key)
        kept = (
            LinkContent(**link)
            for version in rung.versions.order_by("-number")
            for link in version.content["links"]
            if (link["kind"], link["key"]) == (kind, to)
        )
        one = next(kept, None)
        if one is None:
            raise NotYours
        if rung.links.filter(kind=kind, key=to).exists():
            return
        keep_version(person, rung)
        _add(person, rung, [one])
        record(person, "plans.bring_link_back", _about(rung), kind=kind)


def _own(person: Person, plan: Plan, key: str) -> Rung:
    rung = (
        Rung.objects.select_for_update(of=("self",))
        .filter(plan=plan, key=key, removed_at=None)
        .first()
    )
    if rung is None or plan.set_aside_at is not None or not may_write(person, plan):
        raise NotYours
    rung.plan = plan  # so that the caller's plan knows its new version
    return rung


def _add(person: Person, rung: Rung, links: Iterable[LinkContent]) -> None:
    Link.objects.bulk_create(
        Link(
            rung=rung,
            kind=one.kind,
            key=one.key,
            headline_en=one.headline_en,
            headline_es=one.headline_es,
            snapshot=one.snapshot,
            by=person,
        )
        for one in links
    )
    touch(rung.plan, timezone.now())


def _about(rung: Rung) -> About:
    return About("rung", f"{rung.plan.slug}/{rung.key}")
