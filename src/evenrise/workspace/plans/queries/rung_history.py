"""A rung's own history: what was reported of it, what changed in it, and when."""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.content import RungContent, read_rung
from evenrise.workspace.plans.models import Rung, RungKind, StepReport
from evenrise.workspace.plans.queries.content import rung_content
from evenrise.workspace.plans.said import state_words


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a rung, the latest first."""

    by: str
    day: str
    parts: str  # which parts, in words


@dataclass(frozen=True, slots=True)
class ReportShown:
    """Somebody said how far the step is."""

    pk: int
    state: str
    note: str
    by: str
    day: str
    mine: bool
    back: bool


def reports_of(person: Person, rung: Rung, language: Language) -> list[ReportShown]:
    """What was reported of a step, the latest first; not more than thirty."""
    if rung.kind != RungKind.STEP:
        return []
    rows = StepReport.objects.filter(rung=rung).select_related("by").order_by("-id")
    writes = may_write(person, rung.plan)
    return [
        ReportShown(
            one.pk,
            state_words(one.state),
            one.note,
            one.by.name,
            day_words(one.at, language),
            one.taken_back_at is None and (writes or one.by_id == person.pk),
            one.taken_back_at is not None,
        )
        for one in rows[:30]
    ]


def changes_of(rung: Rung, language: Language) -> list[Change]:
    """What each change touched: each version beside the one after it."""
    versions = list(rung.versions.select_related("by").order_by("number"))[-20:]
    contents = [read_rung(one.content) for one in versions]
    after = [*contents, rung_content(rung)][1:]
    told = [
        Change(one.by.name, day_words(one.at, language), changed_parts(old, new))
        for one, old, new in zip(versions, contents, after, strict=True)
    ]
    return told[::-1]


def changed_parts(old: RungContent, new: RungContent) -> str:
    """Which parts of a rung differ, in words."""
    named = _part_names()
    found = [
        named[one.name]
        for one in fields(RungContent)
        if one.name in named and getattr(old, one.name) != getattr(new, one.name)
    ]
    return ", ".join(dict.fromkeys(found)) or _("removed or brought back")


def _part_names() -> dict[str, str]:
    english, spanish = _("English"), _("Spanish")
    words = {
        "title": _("title"),
        "text": _("text"),
        "theory": _("theory of action"),
        "done": _("what done means"),
    }
    told = {}
    for name, word in words.items():
        told[f"{name}_en"] = f"{word} ({english})"
        told[f"{name}_es"] = f"{word} ({spanish})"
    place = _("its place")
    return told | {
        "parent": place,
        "place": place,
        "department": _("department"),
        "person": _("person"),
        "begins_on": _("days"),
        "ends_on": _("days"),
        "depends": _("what it waits for"),
        "serves": _("what it serves"),
        "lcff": _("LCFF state priorities"),
        "contributing": _("LCAP service"),
        "service": _("LCAP service"),
        "links": _("what it stands on"),
        "measures": _("measures"),
        "budget": _("budget"),
    }
