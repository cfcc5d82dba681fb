"""The district's departments, and how far the steps are that each answers for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from evenrise.vocabulary.text import Language
from evenrise.workspace.plans.models import (
    Department,
    Plan,
    Rung,
    RungKind,
    StepState,
)
from evenrise.workspace.plans.queries.plans import StepCounts, counted_row
from evenrise.workspace.plans.said import plan_url


@dataclass(frozen=True, slots=True)
class DepartmentShown:
    """A department with its steps, plan by plan."""

    department: Department
    name: str
    other_name: str  # in the other language
    counts: StepCounts
    plans: tuple[tuple[str, str, int], ...]  # address, title, steps


def departments_shown(today: dt.date, language: Language) -> list[DepartmentShown]:
    """Every department; three queries whatever their number."""
    other = "es" if language == "en" else "en"
    steps = Rung.objects.filter(
        kind=RungKind.STEP, removed_at=None, plan__set_aside_at=None
    )
    counts = _counts(steps, today)
    plans = _plans(steps, language)
    found = [
        DepartmentShown(
            one,
            str(getattr(one, f"name_{language}")),
            str(getattr(one, f"name_{other}")),
            counts.get(one.pk, StepCounts()),
            tuple(plans.get(one.pk, ())),
        )
        for one in Department.objects.all()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def _counts(steps: QuerySet[Rung], today: dt.date) -> dict[int, StepCounts]:
    late = Q(ends_on__lt=today, state__in=(StepState.PLANNED, StepState.BEGUN))
    rows = (
        steps.exclude(department=None)
        .values("department")
        .annotate(
            steps=Count("pk"),
            done=Count("pk", filter=Q(state=StepState.DONE)),
            begun=Count("pk", filter=Q(state=StepState.BEGUN)),
            stopped=Count("pk", filter=Q(state=StepState.STOPPED)),
            late=Count("pk", filter=late),
        )
        .order_by()
    )
    return {row["department"]: counted_row(row) for row in rows}


def _plans(
    steps: QuerySet[Rung], language: Language
) -> dict[int, list[tuple[str, str, int]]]:
    rows = (
        steps.exclude(department=None)
        .values_list("department", "department__key", "plan")
        .annotate(steps=Count("pk"))
        .order_by("plan__kind", "plan")
    )
    told = list(rows)
    plans = Plan.objects.select_related("school").in_bulk([row[2] for row in told])
    found: dict[int, list[tuple[str, str, int]]] = {}
    for department, key, plan, number in told:
        one = plans[plan]
        title, _written = one.said("title", language)
        words = f"{one.school.name}: {title}" if one.school else title
        url = f"{plan_url(one)}?{urlencode({'department': key})}"
        found.setdefault(department, []).append((url, words, number))
    return found
