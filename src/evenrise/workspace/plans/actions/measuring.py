"""Verbs about a plan's measures: promise, change, remove, bring back."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import get_language

from evenrise.publishing.page_store import PageStore
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.actions.finding import held_plan, held_rung
from evenrise.workspace.plans.actions.touching import keep_version, touch
from evenrise.workspace.plans.content import MeasureContent
from evenrise.workspace.plans.models import Measure, Plan, Rung
from evenrise.workspace.plans.queries.promising import MEASURED, Wanted, promised


def add_measure(
    person: Person, *, plan: str, key: str, wanted: Wanted, pages: PageStore | None
) -> Measure:
    """Promise something on a goal, a strategy or a step; the baseline is the facts'.

    Args:
        person: who does it.
        plan: the plan's slug.
        key: the rung's.
        wanted: what is promised.
        pages: the protected facts.

    Raises:
        NotYours: when the plan is not theirs, or the rung is not there.
        PromiseProblem: when it cannot be promised so.
    """
    with transaction.atomic():
        one, rung = _held(person, plan, key)
        content = promised(pages, wanted, one.school_id or "", _language(), _free(rung))
        _before(person, rung)
        last = rung.measures.aggregate(last=Max("place"))["last"]
        measure = Measure(
            rung=rung, key=content.key, place=0 if last is None else last + 1
        )
        _fill(measure, content)
        record(person, "plans.add_measure", _about(measure))
    return measure


def change_measure(  # noqa: PLR0913 - what is changed, and what the page had shown
    person: Person,
    *,
    plan: str,
    key: str,
    measure: str,
    wanted: Wanted,
    pages: PageStore | None,
    seen: int,
) -> Measure:
    """Change a promise; what stood before is kept with the rung.

    Raises:
        NotYours: when it is not there, or not theirs.
        Overtaken: when its rung was changed since.
        PromiseProblem: when it cannot be promised so.
    """
    with transaction.atomic():
        one, rung = _held(person, plan, key)
        found = _own(rung, measure)
        if rung.version != seen:
            raise Overtaken
        content = promised(pages, wanted, one.school_id or "", _language(), found.key)
        _before(person, rung)
        _fill(found, content)
        record(person, "plans.change_measure", _about(found))
    return found


def remove_measure(person: Person, *, plan: str, key: str, measure: str) -> Measure:
    """Take a promise out of the plan; `restore_measure` brings it back.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    return _put_away(person, plan, key, measure, away=True)


def restore_measure(person: Person, *, plan: str, key: str, measure: str) -> Measure:
    """Undo a removal.

    Raises:
        NotYours: when it was not removed, or is not theirs.
    """
    return _put_away(person, plan, key, measure, away=False)


def _put_away(
    person: Person, plan: str, key: str, measure: str, *, away: bool
) -> Measure:
    with transaction.atomic():
        _plan, rung = _held(person, plan, key)
        found = _own(rung, measure, removed=not away)
        _before(person, rung)
        found.removed_at = timezone.now() if away else None
        found.save(update_fields=["removed_at"])
        verb = "plans.remove_measure" if away else "plans.restore_measure"
        record(person, verb, _about(found))
    return found


def _held(person: Person, plan: str, key: str) -> tuple[Plan, Rung]:
    one = held_plan(person, plan)
    rung = held_rung(one, key)
    if rung.kind not in MEASURED:
        raise NotYours
    return one, rung


def _own(rung: Rung, measure: str, *, removed: bool = False) -> Measure:
    found = rung.measures.filter(
        key=measure.replace("\x00", ""), removed_at__isnull=not removed
    ).first()
    if found is None:
        raise NotYours
    found.rung = rung
    return found


def _before(person: Person, rung: Rung) -> None:
    """Keep the rung as it stood, and count the change."""
    keep_version(person, rung)
    Rung.objects.filter(pk=rung.pk).update(version=F("version") + 1)
    touch(rung.plan, timezone.now())


def _free(rung: Rung) -> str:
    taken = set(rung.measures.values_list("key", flat=True))
    at = len(taken) + 1
    while f"m{at}" in taken:
        at += 1
    return f"m{at}"


def _fill(measure: Measure, content: MeasureContent) -> None:
    told = asdict(content)
    for name, value in told.items():
        if name not in {"key", "place", "groups"}:
            setattr(measure, name, value)
    measure.groups = list(told["groups"])
    measure.save()


def _about(measure: Measure) -> About:
    rung = measure.rung
    return About("measure", f"{rung.plan.slug}/{rung.key}/{measure.key}")


def _language() -> Language:
    return "es" if (get_language() or "en").startswith("es") else "en"
