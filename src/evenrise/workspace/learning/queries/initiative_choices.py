"""What the form of an initiative offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.groups import ALL_FAMILY, FAMILIES, group_name
from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.learning.models import ICMap, Initiative, MapState
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import ROLES, Right, roles_with
from evenrise.workspace.plans.models import Rung, RungKind
from evenrise.workspace.plans.queries.readings import indicators_to_promise


Choice = tuple[str, str]
_NONE: Choice = ("", "–")


@dataclass(frozen=True, slots=True)
class InitiativeChoices:
    """By the form's field."""

    practice: list[Choice]
    rung: list[Choice]
    map: list[Choice]
    roles: list[Choice]
    schools: list[Choice]
    indicator: list[Choice]
    group: list[Choice]


def initiative_choices(
    person: Person,
    one: Initiative | None,
    pages: PageStore | None,
    language: Language,
) -> InitiativeChoices:
    """Everything that can be chosen; what stands in `one` is always among it."""
    return InitiativeChoices(
        practice=[_NONE, *_practices(one, language)],
        rung=[_NONE, *_rungs(language)],
        map=[_NONE, *_maps(one, language)],
        roles=[
            (role, ROLES[role].name[language]) for role in roles_with(Right.INQUIRE)
        ],
        schools=_schools(person, one),
        indicator=[_NONE, *_indicators(one, pages, language)],
        group=[(":", _("No group: all students alone")), *_groups(language)],
    )


def _practices(one: Initiative | None, language: Language) -> list[Choice]:
    kept = one.practice_id if one else None
    return [
        (str(each.pk), each.said("title", language)[0])
        for each in Practice.objects.all()
        if each.retired_at is None or each.pk == kept
    ]


def _maps(one: Initiative | None, language: Language) -> list[Choice]:
    kept = one.map_id if one else None
    return [
        (str(each.pk), each.said("title", language)[0])
        for each in ICMap.objects.filter(removed_at=None)
        if each.state == MapState.USED or each.pk == kept
    ]


def _rungs(language: Language) -> list[Choice]:
    kinds = (RungKind.GOAL, RungKind.STRATEGY, RungKind.STEP)
    rungs = Rung.objects.filter(
        kind__in=kinds, removed_at=None, plan__set_aside_at=None
    ).select_related("plan")
    return [
        (
            str(each.pk),
            ": ".join(
                (
                    each.plan.said("title", language)[0],
                    str(RungKind(each.kind).label),
                    each.said("title", language)[0],
                )
            ),
        )
        for each in rungs.order_by("plan", "kind", "place", "id")
    ]


def _schools(person: Person, one: Initiative | None) -> list[Choice]:
    places = places_with(person, Right.ORGANIZE_LEARNING)
    kept = {str(school.pk) for school in one.schools.all()} if one and one.pk else set()
    return [
        (str(pk), name)
        for pk, name in School.objects.filter(current=True)
        .order_by("name")
        .values_list("pk", "name")
        if places.hold(str(pk)) or str(pk) in kept
    ]


def _indicators(
    one: Initiative | None, pages: PageStore | None, language: Language
) -> list[Choice]:
    told = [] if pages is None else indicators_to_promise(pages)
    found = [(each.key, each.title[language]) for each in told]
    if one and one.indicator and one.indicator not in {key for key, _t in found}:
        found.append((one.indicator, one.indicator))
    return found


def _groups(language: Language) -> list[Choice]:
    return [
        (
            f"{family.code}:{group.code}",
            f"{family.name[language]}: {group_name(family.code, group.code)[language]}",
        )
        for family in FAMILIES.values()
        if family.code != ALL_FAMILY
        for group in family.groups
        if group.code != family.complement
    ]
