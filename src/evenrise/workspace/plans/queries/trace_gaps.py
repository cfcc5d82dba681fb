"""Where a plan's trace has a gap: what stands on nothing, waits, or cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.insights.models import (
    Answer,
    Recommendation,
    StandsOn,
    Start,
    StartKind,
)
from evenrise.workspace.plans.models import Link, LinkTo, Plan
from evenrise.workspace.plans.queries.grounds import TAKEN_UP, said_in
from evenrise.workspace.plans.queries.trace_measures import MeasureShown


@dataclass(frozen=True, slots=True)
class Place:
    """A rung by its words, its key and its address."""

    words: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the plan itself shows to be missing."""

    steps: tuple[Place, ...]
    goals: tuple[Place, ...]
    measures: tuple[MeasureShown, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing something, and where it is put right."""

    words: str
    url: str
    written_in: str = ""
    mend: str = ""  # an address for whoever writes the plan
    mend_words: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of gap: what it is, and where it occurs; nothing where it does not."""

    key: str
    title: str
    found: tuple[Missing, ...]


def gaps_of(plan: Plan, seen: Seen, language: Language) -> tuple[Gap, ...]:
    """Every kind of gap, also those that do not occur.

    Recommendations count that were made to the plan's own place: a district's plan
    answers for those to the district, a school's plan for those to the school.

    Args:
        plan: that is read.
        seen: what is missing in the plan itself.
        language: the reader's.
    """
    asked = list(
        Recommendation.objects.filter(withdrawn_at=None, school=plan.school_id)
    )
    verdicts = _verdicts()
    placed = _placed(LinkTo.RECOMMENDATION)
    n_steps = len(seen.steps)
    unanswered = [one for one in asked if one.pk not in verdicts]
    waiting = [
        one
        for one in asked
        if verdicts.get(one.pk) in TAKEN_UP and str(one.pk) not in placed
    ]
    starts = _starts(plan, _placed(LinkTo.FINDING) | _through(placed), language)
    return (
        Gap(
            "steps",
            ngettext(
                "%(n)s action step stands on nothing that was found or asked",
                "%(n)s action steps stand on nothing that was found or asked",
                n_steps,
            )
            % {"n": n_steps},
            tuple(_step(plan, one) for one in seen.steps),
        ),
        Gap(
            "unanswered",
            ngettext(
                "%(n)s recommendation has no answer",
                "%(n)s recommendations have no answer",
                len(unanswered),
            )
            % {"n": len(unanswered)},
            tuple(_asked(one, language) for one in unanswered),
        ),
        Gap(
            "waiting",
            ngettext(
                "%(n)s recommendation was accepted and is in no plan",
                "%(n)s recommendations were accepted and are in no plan",
                len(waiting),
            )
            % {"n": len(waiting)},
            tuple(_asked(one, language, plan) for one in waiting),
        ),
        Gap(
            "starts",
            ngettext(
                "%(n)s finding was noted as the start of a plan and is in no plan",
                "%(n)s findings were noted as the start of a plan and are in no plan",
                len(starts),
            )
            % {"n": len(starts)},
            starts,
        ),
        Gap(
            "goals",
            ngettext(
                "%(n)s goal has no measure",
                "%(n)s goals have no measure",
                len(seen.goals),
            )
            % {"n": len(seen.goals)},
            tuple(Missing(one.words, one.url) for one in seen.goals),
        ),
        Gap(
            "measures",
            ngettext(
                "%(n)s measure has no data that can be shown",
                "%(n)s measures have no data that can be shown",
                len(seen.measures),
            )
            % {"n": len(seen.measures)},
            tuple(Missing(one.words, one.url) for one in seen.measures),
        ),
    )


def accepted_in_no_plan(places: Iterable[str | None]) -> int:
    """How many recommendations were accepted and wait for a plan.

    Args:
        places: the schools that are asked about; None stands for the district.
    """
    named = list(places)
    asked = Recommendation.objects.filter(
        Q(school__in=[one for one in named if one])
        | (Q(school=None) if None in named else Q(pk__in=[])),
        withdrawn_at=None,
        answers__latest=True,
        answers__verdict__in=TAKEN_UP,
    ).values_list("pk", flat=True)
    found = {str(pk) for pk in asked}
    return len(found - _placed(LinkTo.RECOMMENDATION)) if found else 0


def _verdicts() -> Mapping[int, str]:
    return dict(
        Answer.objects.filter(latest=True).values_list("recommendation_id", "verdict")
    )


def _placed(kind: str) -> set[str]:
    """What some plan stands on already."""
    there = Link.objects.filter(
        kind=kind, rung__removed_at=None, rung__plan__set_aside_at=None
    )
    return set(there.values_list("key", flat=True))


def _through(recommendations: set[str]) -> set[str]:
    """The findings on which recommendations stand that some plan took up."""
    return {
        finding
        for pk, finding in StandsOn.objects.values_list(
            "recommendation_id", "finding_key"
        )
        if str(pk) in recommendations
    }


def _step(plan: Plan, one: Place) -> Missing:
    return Missing(
        one.words,
        one.url,
        mend=reverse("link_new", args=[plan.slug, one.key]),
        mend_words=_("Say what it stands on"),
    )


def _asked(
    one: Recommendation, language: Language, plan: Plan | None = None
) -> Missing:
    said = said_in(one.text_en, one.text_es, language)
    return Missing(
        said.words,
        reverse("recommendation", args=[one.pk]),
        said.written_in if said.written_in != language else "",
        **_into(plan, LinkTo.RECOMMENDATION, str(one.pk)),
    )


def _into(plan: Plan | None, kind: str, key: str) -> dict[str, str]:
    if plan is None:
        return {}
    return {"mend": put_into(plan, kind, key), "mend_words": _("Put it into the plan")}


def put_into(plan: Plan, kind: str, key: str) -> str:
    """Where a finding or a recommendation is put into a plan."""
    return reverse("take_up", args=[plan.slug, str(kind), key])


def _starts(plan: Plan, placed: set[str], language: Language) -> tuple[Missing, ...]:
    """Findings that somebody noted for a plan, of the plan's own place; each once."""
    noted = Start.objects.filter(kind=StartKind.PLAN, withdrawn_at=None)
    if plan.school_id:
        noted = noted.filter(organization_id=plan.school_id)
    found = {
        one.finding_key: Missing(
            one.headline[language],
            shown.finding_url(one.finding_key),
            **_into(plan, LinkTo.FINDING, one.finding_key),
        )
        for one in noted
        if one.finding_key not in placed
    }
    return tuple(found.values())
