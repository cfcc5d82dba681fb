"""What the forms of plans offer: places, years, plans, people, steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from evenrise.vocabulary.school_year import SchoolYear
from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.people.models import Person, RoleGrant, School
from evenrise.workspace.people.roles import Right, roles_with
from evenrise.workspace.plans.models import (
    BELOW,
    Department,
    Plan,
    PlanKind,
    Rung,
    RungKind,
)
from evenrise.workspace.plans.queries.content import rungs_in_order
from evenrise.workspace.plans.queries.ladder import numbers_of
from evenrise.workspace.plans.said import numbered, years_words
from evenrise.workspace.plans.starting_plans import starting_plans


Choice = tuple[str, str]
DISTRICT = "-"  # whose plan: the district's
_YEARS = (-3, 8)  # before and after this school year
_NONE: Choice = ("", "–")


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """By the form's field."""

    of: Mapping[str, list[Choice]]


@dataclass(frozen=True, slots=True)
class RungChoices:
    """By the form's field; a field without any choice is left out."""

    of: Mapping[str, list[Choice]]
    people: QuerySet[Person]


def plan_choices(
    person: Person, plan: Plan | None, today: dt.date, language: Language
) -> PlanChoices:
    """What the form of a plan offers; `plan` is the one that is changed."""
    now = SchoolYear.of(today).spring
    springs = set(range(now + _YEARS[0], now + _YEARS[1] + 1))
    if plan is not None:
        springs |= {plan.begins_year, plan.ends_year}
    years = [(str(spring), years_words(spring, spring)) for spring in sorted(springs)]
    others = list(
        Plan.objects.select_related("school").filter(set_aside_at=None).order_by("kind")
    )
    return PlanChoices(
        {
            "begins_year": years,
            "ends_year": years,
            "parent": [
                ("", _("No other plan")),
                *(
                    (one.slug, _titled(one, language))
                    for one in others
                    if (plan is None or one.pk != plan.pk) and _may_be_above(one, plan)
                ),
            ],
            "place": _places(person),
            "begin": [
                *_starting(person, language),
                ("above:", _("The goals of the plan above, for a school to fill")),
                *(
                    (
                        f"plan:{one.slug}",
                        _("A copy of: %(title)s") % {"title": _titled(one, language)},
                    )
                    for one in others
                ),
                ("empty:", _("Nothing: an empty plan")),
            ],
        }
    )


def _may_be_above(one: Plan, plan: Plan | None) -> bool:
    return plan is None or bool(plan.school_id) or one.kind == PlanKind.DISTRICT


def _starting(person: Person, language: Language) -> list[Choice]:
    """The starting plans; first those of the kind that the person writes."""
    district = places_with(person, Right.WRITE_PLANS).district
    first = PlanKind.DISTRICT if district else PlanKind.SCHOOL
    told = sorted(starting_plans().items(), key=lambda one: one[1].kind != first)
    return [
        (f"starting:{name}", str(getattr(content, f"title_{language}")))
        for name, content in told
    ]


def _titled(plan: Plan, language: Language) -> str:
    title, _written = plan.said("title", language)
    return f"{plan.school.name}: {title}" if plan.school else title


def _places(person: Person) -> list[Choice]:
    places = places_with(person, Right.WRITE_PLANS)
    schools = School.objects.filter(current=True).order_by("name")
    if not places.district:
        schools = schools.filter(pk__in=places.schools)
    first = [(DISTRICT, _("The district"))] if places.district else []
    return [*first, *((one.pk, one.name) for one in schools)]


def rung_choices(
    plan: Plan, rung: Rung | None, kind: str, today: dt.date, language: Language
) -> RungChoices:
    """What the form of a rung offers; a step asks for most.

    Args:
        plan: in which the rung stands, or will stand.
        rung: the one that is changed.
        kind: the rung's.
        today: roles of today say who can be named.
        language: the reader's.
    """
    told: dict[str, list[Choice]] = {"serves": _above(plan, language)}
    if kind == RungKind.STEP:
        told["department"] = [_NONE, *department_choices(language)]
        told["depends"] = _steps(plan, rung, language)
    return RungChoices(told, _people(plan, rung, today))


def department_choices(language: Language) -> list[Choice]:
    """Every department, by name."""
    rows = Department.objects.values_list("key", f"name_{language}")
    return sorted(rows, key=lambda row: row[1].casefold())


def _people(plan: Plan, rung: Rung | None, today: dt.date) -> QuerySet[Person]:
    """Who may see plans and works in the district's office, or in the plan's school."""
    seers = roles_with(Right.SEE_FINDINGS)
    grants = RoleGrant.objects.on(today).filter(role__in=seers)
    if plan.school_id:
        grants = grants.filter(Q(school=None) | Q(school=plan.school_id))
    among = Q(pk__in=grants.values("person"), is_active=True)
    if rung is not None and rung.person_id:
        among |= Q(pk=rung.person_id)
    return Person.objects.filter(among).only("name", "email").order_by("name")


def _steps(plan: Plan, rung: Rung | None, language: Language) -> list[Choice]:
    return [
        (key, label)
        for kind, key, _pk, label in _labels(plan, language)
        if kind == RungKind.STEP and (rung is None or key != rung.key)
    ]


def _above(plan: Plan, language: Language) -> list[Choice]:
    """What can be served: the goals, strategies and steps of the plan above."""
    if plan.parent is None:
        return []
    kinds = {RungKind.GOAL, RungKind.STRATEGY, RungKind.STEP}
    found = [
        (str(pk), label)
        for kind, _key, pk, label in _labels(plan.parent, language)
        if kind in kinds
    ]
    return [_NONE, *found] if found else []


def parents_for(rung: Rung, language: Language) -> list[Choice]:
    """Below what else a rung could stand: keys of rungs; blank for the plan."""
    kinds = BELOW[rung.kind]
    rows = rungs_in_order(rung.plan)
    numbers = numbers_of(rung.plan, rows)
    within = {rung.pk}
    for one in rows:  # in reading order: a parent before what stands below it
        if one.parent_id in within:
            within.add(one.pk)
    found = [
        (one.key, _label(one, numbers, language))
        for one in rows
        if one.kind in kinds and one.pk not in within and one.pk != rung.parent_id
    ]
    if "" in kinds and rung.parent_id:
        found.insert(0, ("", _("The plan itself")))
    return found


def _labels(plan: Plan, language: Language) -> list[tuple[str, str, int, str]]:
    rows = rungs_in_order(plan)
    numbers = numbers_of(plan, rows)
    return [(one.kind, one.key, one.pk, _label(one, numbers, language)) for one in rows]


def _label(one: Rung, numbers: Mapping[str, str], language: Language) -> str:
    title, _written = one.said("title", language)
    return f"{numbered(one.kind, numbers.get(one.key, ''))}: {title}"
