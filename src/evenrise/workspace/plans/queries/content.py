"""The content of a plan in work, read in a handful of queries whatever its length."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet

from evenrise.workspace.plans.content import (
    BudgetContent,
    DepartmentContent,
    GroupPromise,
    LinkContent,
    MeasureContent,
    PlanContent,
    RungContent,
    instant_told,
)
from evenrise.workspace.plans.models import (
    BudgetLine,
    Department,
    Link,
    Measure,
    Plan,
    Rung,
)


def content_of(plan: Plan) -> PlanContent:
    """Everything that the plan says now, without what was removed."""
    rungs = list(rungs_of(plan))
    used = {rung.department_id for rung in rungs if rung.department_id}
    departments = Department.objects.filter(pk__in=used).order_by("key")
    return PlanContent(
        slug=plan.slug,
        kind=plan.kind,
        school_id=plan.school_id or "",
        parent=plan.parent.slug if plan.parent else "",
        title_en=plan.title_en,
        title_es=plan.title_es,
        text_en=plan.text_en,
        text_es=plan.text_es,
        en_at=instant_told(plan.en_at),
        es_at=instant_told(plan.es_at),
        begins_year=plan.begins_year,
        ends_year=plan.ends_year,
        departments=tuple(
            DepartmentContent(key=one.key, name_en=one.name_en, name_es=one.name_es)
            for one in departments
        ),
        rungs=tuple(rung_content(rung) for rung in in_reading_order(rungs)),
    )


def rungs_of(plan: Plan) -> QuerySet[Rung]:
    """The plan's rungs with all that `rung_content` asks for: six queries."""
    return (
        Rung.objects.filter(plan=plan, removed_at=None)
        .select_related("parent", "department", "person", "serves__plan")
        .prefetch_related(
            Prefetch("links", Link.objects.order_by("kind", "key")),
            Prefetch("measures", Measure.objects.filter(removed_at=None)),
            Prefetch("budget", BudgetLine.objects.filter(removed_at=None)),
            Prefetch("depends", Rung.objects.filter(removed_at=None).order_by("key")),
        )
        .order_by("place", "id")
    )


def rungs_in_order(plan: Plan) -> list[Rung]:
    """The plan's rungs as they are read, each with its parent: one query."""
    return in_reading_order(
        Rung.objects.filter(plan=plan, removed_at=None)
        .select_related("parent")
        .order_by("place", "id")
    )


def in_reading_order(rungs: Iterable[Rung]) -> list[Rung]:
    """Each rung before what stands below it.

    What stands below a removed rung is gone with it.
    """
    below: dict[int | None, list[Rung]] = defaultdict(list)
    for rung in rungs:
        below[rung.parent_id].append(rung)
    found: list[Rung] = []
    waiting = below[None][::-1]
    while waiting:
        rung = waiting.pop()
        found.append(rung)
        waiting.extend(below[rung.pk][::-1])
    return found


def rung_content(rung: Rung) -> RungContent:
    """One rung as a value."""
    above = rung.serves
    return RungContent(
        key=rung.key,
        kind=rung.kind,
        parent=rung.parent.key if rung.parent else "",
        place=rung.place,
        **_words(rung),
        en_at=instant_told(rung.en_at),
        es_at=instant_told(rung.es_at),
        department=rung.department.key if rung.department else "",
        person=rung.person.email if rung.person else "",
        begins_on=_day(rung.begins_on),
        ends_on=_day(rung.ends_on),
        state=rung.state if rung.kind == "step" else "",
        depends=tuple(one.key for one in rung.depends.all()),
        serves=f"{above.plan.slug}/{above.key}" if above else "",
        lcff=tuple(rung.lcff),
        contributing=rung.contributing,
        service=rung.service,
        links=tuple(_link(one) for one in rung.links.all()),
        measures=tuple(measure_content(one) for one in rung.measures.all()),
        budget=tuple(_line(one) for one in rung.budget.all()),
    )


def measure_content(one: Measure) -> MeasureContent:
    """One measure as a value."""
    return MeasureContent(
        key=one.key,
        place=one.place,
        title_en=one.title_en,
        title_es=one.title_es,
        indicator=one.indicator,
        definition_version=one.definition_version,
        organization_id=one.organization_id,
        baseline_year=one.baseline_year,
        baseline=one.baseline,
        target=one.target,
        target_year=one.target_year,
        groups=tuple(_group(group) for group in one.groups),
        note_en=one.note_en,
        note_es=one.note_es,
    )


def _words(rung: Rung) -> dict[str, str]:
    names = ("title", "text", "theory", "done")
    return {f"{n}_{x}": getattr(rung, f"{n}_{x}") for n in names for x in ("en", "es")}


def _group(group: Mapping[str, Any]) -> GroupPromise:
    return GroupPromise(
        family=group["family"],
        group=group["group"],
        baseline_gap=group.get("baseline_gap"),
        target_gap=group.get("target_gap"),
    )


def _link(one: Link) -> LinkContent:
    return LinkContent(
        kind=one.kind,
        key=one.key,
        headline_en=one.headline_en,
        headline_es=one.headline_es,
        snapshot=one.snapshot,
    )


def _line(one: BudgetLine) -> BudgetContent:
    return BudgetContent(
        key=one.key,
        source=one.source,
        school_id=one.school_id or "",
        school_year=one.school_year,
        planned=f"{one.planned:.2f}",
    )


def _day(on: dt.date | None) -> str:
    return on.isoformat() if on else ""
