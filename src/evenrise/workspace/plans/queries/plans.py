"""The list of plans: the district's, and those of schools; what stands, what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.models import (
    Edition,
    EditionState,
    Plan,
    PlanKind,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.said import Words, plan_url, words_of, years_words


_OPEN = (StepState.PLANNED, StepState.BEGUN)


@dataclass(frozen=True, slots=True)
class StepCounts:
    """How many steps there are and how far they are."""

    steps: int = 0
    done: int = 0
    begun: int = 0
    stopped: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        """In one phrase: "3 of 8 steps done, 1 late"."""
        if not self.steps:
            return _("no steps yet")
        told = ngettext(
            "%(done)s of %(steps)s step done",
            "%(done)s of %(steps)s steps done",
            self.steps,
        ) % {"done": self.done, "steps": self.steps}
        if self.late:
            told += ngettext(", %(late)s late", ", %(late)s late", self.late) % {
                "late": self.late
            }
        return told


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the list."""

    plan: Plan
    title: Words
    url: str
    whose: str  # the school's name; blank for the district
    years: str
    stands: str  # adopted, in hearing, or still a draft
    counts: StepCounts
    mine: bool  # whether the reader writes it


@dataclass(frozen=True, slots=True)
class PlansPage:
    """Every plan in work."""

    district: tuple[PlanLine, ...]
    schools: tuple[PlanLine, ...]
    aside: tuple[PlanLine, ...]

    @property
    def answer(self) -> str:
        """What stands, in one sentence."""
        if not self.district and not self.schools:
            return _("Nobody has begun a plan yet.")
        first = ngettext(
            "%(n)s plan of the district",
            "%(n)s plans of the district",
            len(self.district),
        ) % {"n": len(self.district)}
        second = ngettext(
            "%(n)s plan of a school", "%(n)s plans of schools", len(self.schools)
        ) % {"n": len(self.schools)}
        lines = [*self.district, *self.schools]
        late = sum(one.counts.late for one in lines)
        told = _("%(district)s, %(schools)s.") % {"district": first, "schools": second}
        if late:
            told += " " + ngettext(
                "%(n)s action step is late.", "%(n)s action steps are late.", late
            ) % {"n": late}
        return told


def plans_page(person: Person, today: dt.date, language: Language) -> PlansPage:
    """Every plan, with what counts of it; four queries whatever their number."""
    plans = list(
        Plan.objects.select_related("school").order_by("kind", "school__name", "pk")
    )
    counts = step_counts([plan.pk for plan in plans], today)
    stands = _stands(language)
    lines = [
        PlanLine(
            plan=plan,
            title=words_of(plan, "title", language),
            url=plan_url(plan),
            whose=plan.school.name if plan.school else "",
            years=years_words(plan.begins_year, plan.ends_year),
            stands=stands.get(plan.pk, _("Draft")),
            counts=counts.get(plan.pk, StepCounts()),
            mine=may_write(person, plan),
        )
        for plan in plans
    ]
    return PlansPage(*_sorted_out(lines))


def _sorted_out(lines: Iterable[PlanLine]) -> tuple[tuple[PlanLine, ...], ...]:
    told = list(lines)
    stand = [one for one in told if one.plan.set_aside_at is None]
    return (
        tuple(one for one in stand if one.plan.kind == PlanKind.DISTRICT),
        tuple(one for one in stand if one.plan.kind == PlanKind.SCHOOL),
        tuple(one for one in told if one.plan.set_aside_at is not None),
    )


def step_counts(plans: Iterable[int], today: dt.date) -> dict[int, StepCounts]:
    """How far the steps of plans are, by the plan's primary key; one query."""
    late = Q(ends_on__lt=today, state__in=_OPEN)
    rows = (
        Rung.objects.filter(plan__in=list(plans), kind=RungKind.STEP, removed_at=None)
        .values("plan")
        .annotate(
            steps=Count("pk"),
            done=Count("pk", filter=Q(state=StepState.DONE)),
            begun=Count("pk", filter=Q(state=StepState.BEGUN)),
            stopped=Count("pk", filter=Q(state=StepState.STOPPED)),
            late=Count("pk", filter=late),
        )
        .order_by()
    )
    return {row["plan"]: counted_row(row) for row in rows}


def counted_row(row: Mapping[str, Any]) -> StepCounts:
    """The counts of one row of a query that counted them by name."""
    return StepCounts(*(int(row[one.name]) for one in fields(StepCounts)))


def _stands(language: Language) -> dict[int, str]:
    """What the latest edition that counts says of each plan."""
    found: dict[int, str] = {}
    live = (EditionState.ADOPTED, EditionState.HEARING, EditionState.HEARD)
    rows = Edition.objects.filter(state__in=live).order_by("number")
    for plan, state, heard, adopted in rows.values_list(
        "plan", "state", "hearing_on", "adopted_on"
    ):
        on = adopted if state == EditionState.ADOPTED else heard
        label = str(EditionState(state).label)
        found[plan] = f"{label}, {numbers.day(on, language)}" if on else label
    return found
