"""Verbs about whole plans: begin one, change what it says of itself, set it aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write_for
from evenrise.workspace.plans.actions.finding import held_plan
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.putting import put_content
from evenrise.workspace.plans.actions.slugs import free_slug
from evenrise.workspace.plans.actions.touching import touch
from evenrise.workspace.plans.content import PlanContent
from evenrise.workspace.plans.models import Plan, PlanKind
from evenrise.workspace.plans.queries.content import content_of
from evenrise.workspace.plans.starting_plans import begun_in, starting_plans


Begin = Literal["empty", "starting", "plan", "above"]
# Words that addresses of the room begin with.
_TAKEN = frozenset({"new", "steps", "departments", "calendar", "bring", "plan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSaid:
    """What a plan says of itself. `same_meaning`: a small correction."""

    title_en: str
    title_es: str
    text_en: str = ""
    text_es: str = ""
    begins_year: int
    ends_year: int
    parent: str = ""  # slug of the plan above
    same_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """With what a plan begins: nothing, a starting plan, a copy, the goals above."""

    how: Begin = "empty"
    name: str = ""  # of the starting plan, or slug of the plan that is copied


def begin_plan(
    person: Person, *, said: PlanSaid, school_id: str | None, begun: Begun
) -> Plan:
    """Begin a plan of the district, or of a school.

    Raises:
        NotYours: when the person does not write plans there.
        InputProblem: when the plan above or the one to begin with is not there.
    """
    if not may_write_for(person, school_id):
        raise NotYours
    content = _beginning(begun, said)
    titles = said.title_en, said.title_es
    if not any(titles):
        titles = content.title_en, content.title_es
    with transaction.atomic():
        now = timezone.now()
        made = Plan.objects.create(
            slug=free_slug(Plan.objects, titles[0] or titles[1], "plan", _TAKEN),
            kind=PlanKind.SCHOOL if school_id else PlanKind.DISTRICT,
            school_id=school_id,
            parent=_above(said.parent, school_id),
            begins_year=said.begins_year,
            ends_year=said.ends_year,
            template=begun.name if begun.how == "starting" else "",
            made_by=person,
            made_at=now,
        )
        told = replace(
            content,
            title_en=titles[0],
            title_es=titles[1],
            text_en=said.text_en or content.text_en,
            text_es=said.text_es or content.text_es,
            en_at=now.isoformat() if titles[0] else "",
            es_at=now.isoformat() if titles[1] else "",
            begins_year=said.begins_year,
            ends_year=said.ends_year,
        )
        put_content(person, plan=made, content=told)
        record(person, "plans.begin_plan", _about(made), begun=begun.how)
    return made


def change_plan(person: Person, *, plan: str, said: PlanSaid, seen: int) -> Plan:
    """Change what a plan says of itself.

    Raises:
        NotYours: when the person does not write the plan.
        Overtaken: when the plan was changed since, in another window.
        InputProblem: when it would stand below itself.
    """
    with transaction.atomic():
        one = held_plan(person, plan)
        if one.version != seen:
            raise Overtaken
        one.parent = _above(said.parent, one.school_id, one)
        put_words(
            one,
            {
                "title_en": said.title_en,
                "title_es": said.title_es,
                "text_en": said.text_en,
                "text_es": said.text_es,
            },
            same_meaning=said.same_meaning,
        )
        one.begins_year, one.ends_year = said.begins_year, said.ends_year
        one.save()
        touch(one, timezone.now())
        record(person, "plans.change_plan", _about(one))
    return one


def set_aside(person: Person, *, plan: str, aside: bool = True) -> Plan:
    """Set a plan aside, or take it up again; nothing in it is lost.

    Raises:
        NotYours: when the person does not write the plan.
    """
    with transaction.atomic():
        one = held_plan(person, plan, aside=True)
        one.set_aside_at = timezone.now() if aside else None
        one.save(update_fields=["set_aside_at"])
        Plan.objects.filter(pk=one.pk).update(version=F("version") + 1)
        verb = "plans.set_aside" if aside else "plans.take_up_again"
        record(person, verb, _about(one))
    return one


def _beginning(begun: Begun, said: PlanSaid) -> PlanContent:
    """The content that a plan begins with, its days moved to the plan's years."""
    empty = PlanContent(
        slug="plan",
        kind="district",
        begins_year=said.begins_year,
        ends_year=said.ends_year,
    )
    if begun.how == "starting":
        known = starting_plans()
        if begun.name not in known:
            raise InputProblem(_("This starting plan is not here; choose another."))
        return _dated_now(begun_in(known[begun.name], said.begins_year))
    if begun.how in {"plan", "above"}:
        name = said.parent if begun.how == "above" else begun.name
        other = Plan.objects.select_related("parent").filter(slug=name).first()
        if other is None:
            raise InputProblem(_("The plan to begin with is not here; choose another."))
        content = content_of(other)
        if begun.how == "above":
            return _goals_of(content, empty)
        return begun_in(_as_new(content), said.begins_year)
    return empty


def _dated_now(content: PlanContent) -> PlanContent:
    """Both languages of a starting plan are of the same day."""
    now = timezone.now().isoformat()
    rungs = tuple(replace(one, en_at=now, es_at=now) for one in content.rungs)
    return replace(content, rungs=rungs)


def _as_new(content: PlanContent) -> PlanContent:
    """A copy keeps words, evidence and who answers; not what was done or paid."""
    rungs = tuple(
        replace(
            one,
            state="planned" if one.kind == "step" else "",
            budget=(),
            measures=tuple(
                replace(m, baseline=None, baseline_year=None) for m in one.measures
            ),
        )
        for one in content.rungs
    )
    return replace(content, rungs=rungs)


def _goals_of(above: PlanContent, empty: PlanContent) -> PlanContent:
    """The goals of the plan above, each serving its own, for a school to fill."""
    goals = tuple(
        replace(
            one,
            parent="",
            place=place,
            measures=(),
            links=(),
            budget=(),
            serves=f"{above.slug}/{one.key}",
        )
        for place, one in enumerate(one for one in above.rungs if one.kind == "goal")
    )
    return replace(empty, rungs=goals)


def _above(slug: str, school_id: str | None, one: Plan | None = None) -> Plan | None:
    """The plan above.

    Raises:
        InputProblem: when it is not there, or would stand below itself.
    """
    if not slug:
        return None
    found = Plan.objects.filter(slug=slug, set_aside_at=None).first()
    if found is None or (school_id is None and found.kind == PlanKind.SCHOOL):
        raise InputProblem(_("The plan above is not here; choose another."))
    over: Plan | None = found
    while over is not None:
        if one is not None and over.pk == one.pk:
            raise InputProblem(_("A plan cannot stand below itself; choose another."))
        over = over.parent
    return found


def _about(one: Plan) -> About:
    return About("plan", one.slug)
