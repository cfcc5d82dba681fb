"""Lets everybody read a plan: proposed by one person, approved by another.

A release of a plan holds the bytes of what everybody reads (`plan_public.py`). Each
edition has its own line of releases: when progress is told anew, the release before is
replaced, and an adopted edition stays readable while its amendment is heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import LANGUAGES
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.content import digest_of
from evenrise.workspace.plans.models import Edition, EditionState
from evenrise.workspace.reports.actions import UNDER_WAY
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.plan_public import (
    PublicPlan,
    public_plan,
    read_told,
    told_of,
)
from evenrise.workspace.reports.releasing import public_pages
from evenrise.workspace.reports.states import State


# What everybody may read: what is heard, and what was adopted.
TOLD = (EditionState.HEARING, EditionState.HEARD, EditionState.ADOPTED)


@transaction.atomic
def propose_plan(*, person: Person, edition: Edition) -> Release:
    """Propose to let everybody read an edition, with its progress as of today.

    Raises:
        InputProblem: when it is neither heard nor adopted, a title lacks a language,
            no figures are public, or it is on its way already.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state not in TOLD:
        raise InputProblem(
            _("This edition is no longer in force; propose the one that is.")
        )
    today = public_pages()
    if today is None:
        raise InputProblem(
            _("No figures are public yet, and a plan's progress is read from them.")
        )
    figures, pages = today
    if Release.objects.filter(plan_edition=edition, state__in=UNDER_WAY).exists():
        raise InputProblem(_("This edition is on its way already."))
    value = public_plan(edition, timezone.localdate(), pages)
    missing = sum(
        not getattr(one, f"title_{language}")
        for one in value.content.rungs
        for language in LANGUAGES
    )
    if missing:
        raise InputProblem(
            ngettext(
                "%(count)d title of this edition stands in one language only; write "
                "it in the other and amend the plan before everybody reads it.",
                "%(count)d titles of this edition stand in one language only; write "
                "them in the other and amend the plan before everybody reads it.",
                missing,
            )
            % {"count": missing}
        )
    told = told_of(value)
    release = Release.objects.create(
        kind="plan",
        plan_edition=edition,
        told=told,
        content=digest_of(told),
        snapshot=figures.snapshot,
        proposed_by=person,
        state=State.PROPOSED,
        done=1,
    )
    record(person, "reports.propose_plan", About("release", str(release.pk)))
    return release


@dataclass(frozen=True, slots=True)
class PlanRelease:
    """A plan that everybody reads, or would read."""

    release: Release
    plan: PublicPlan


def plan_of(release: Release) -> PublicPlan:
    """What a release of a plan tells."""
    return _read(bytes(release.told or b""))


@lru_cache(maxsize=64)
def _read(told: bytes) -> PublicPlan:
    return read_told(told)


def public_plans() -> list[PlanRelease]:
    """All that everybody reads now: the district's plans first, then by their title."""
    found = Release.objects.filter(kind="plan", state=State.PUBLIC).exclude(
        plan_edition__state=EditionState.WITHDRAWN
    )
    plans = [
        PlanRelease(one, plan_of(one))
        for one in found.select_related("plan_edition").defer("plan_edition__content")
    ]
    return sorted(
        (one for one in plans if _still_so(one)),
        key=lambda one: (
            one.plan.content.kind,
            one.plan.content.slug,
            -one.plan.edition.number,
        ),
    )


def _still_so(one: PlanRelease) -> bool:
    """Whether the vote that it tells of was not taken back since."""
    edition = one.release.plan_edition
    voted = edition is not None and edition.state in {
        EditionState.ADOPTED,
        EditionState.REPLACED,
    }
    return voted or not one.plan.edition.adopted_on


def public_editions(slug: str) -> list[PlanRelease]:
    """The public editions of a plan, the newest first."""
    return [one for one in public_plans() if one.plan.content.slug == slug]


def in_force(editions: list[PlanRelease]) -> PlanRelease | None:
    """The edition to read first: the one adopted, or else the newest."""
    adopted = [one for one in editions if one.plan.edition.adopted_on]
    return next(iter([*adopted, *editions]), None)
