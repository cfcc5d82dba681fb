"""Verbs of a plan's money: plan it by step, book what was spent, take either back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions.touching import keep_version, touch
from evenrise.workspace.plans.models import BudgetLine, Plan, Rung, Spending


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWritten:
    """A budget line as its author wrote it; blank school: the plan's own place."""

    source: str
    school_id: str
    school_year: int
    planned: Decimal


def add_line(
    person: Person, *, plan: Plan, key: str, written: LineWritten
) -> BudgetLine:
    """Plan money for a rung.

    Raises:
        NotYours: when the plan, the rung or the school is not theirs.
    """
    with transaction.atomic():
        _own(person, plan)
        rung = Rung.objects.filter(plan=plan, key=key, removed_at=None).first()
        if rung is None:
            raise NotYours
        keep_version(person, rung)
        line = BudgetLine.objects.create(
            rung=rung, key=_free_key(rung), **_fields(plan, written)
        )
        touch(plan, timezone.now())
        record(person, "plans.add_budget", _about(plan, line))
    return line


def change_line(
    person: Person, *, plan: Plan, line: int, written: LineWritten, seen: Decimal
) -> BudgetLine:
    """Change a budget line.

    Args:
        person: who does it.
        plan: whose line it is.
        line: its key.
        written: what it says from now on.
        seen: the amount that the page showed.

    Raises:
        Overtaken: when somebody changed the amount since.
        NotYours: when it is not theirs.
    """
    with transaction.atomic():
        one = _line(person, plan, line)
        if one.planned != seen:
            raise Overtaken
        fields = _fields(plan, written)
        if all(getattr(one, name) == value for name, value in fields.items()):
            return one
        keep_version(person, one.rung)
        for name, value in fields.items():
            setattr(one, name, value)
        one.save(update_fields=list(fields))
        touch(plan, timezone.now())
        record(person, "plans.change_budget", _about(plan, one))
    return one


def remove_line(
    person: Person, *, plan: Plan, line: int, gone: bool = True
) -> BudgetLine:
    """Remove a budget line with what was booked on it, or bring both back."""
    with transaction.atomic():
        one = _line(person, plan, line, also_removed=True)
        if (one.removed_at is not None) == gone:
            raise Overtaken
        keep_version(person, one.rung)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        touch(plan, timezone.now())
        verb = "plans.remove_budget" if gone else "plans.restore_budget"
        record(person, verb, _about(plan, one))
    return one


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentWritten:
    """Dollars spent since the last booking; below nothing corrects an earlier one."""

    amount: Decimal
    until: dt.date
    note: str = ""


def spend(person: Person, *, plan: Plan, line: int, written: SpentWritten) -> Spending:
    """Book what was spent of a budget line."""
    with transaction.atomic():
        one = _line(person, plan, line)
        made = Spending.objects.create(
            line=one,
            amount=written.amount,
            until=written.until,
            note=written.note.strip(),
            by=person,
        )
        touch(plan, timezone.now())
        record(person, "plans.spend", _about(plan, one), spending=made.pk)
    return made


def take_spending_back(
    person: Person, *, plan: Plan, spending: int, gone: bool = True
) -> Spending:
    """Take a booking back, or count it again."""
    with transaction.atomic():
        _own(person, plan)
        one = (
            Spending.objects.select_for_update(of=("self",))
            .select_related("line__rung")
            .filter(pk=spending, line__rung__plan=plan)
            .first()
        )
        if one is None:
            raise NotYours
        if (one.taken_back_at is not None) == gone:
            raise Overtaken
        one.taken_back_at = timezone.now() if gone else None
        one.save(update_fields=["taken_back_at"])
        touch(plan, timezone.now())
        verb = "plans.take_spending_back" if gone else "plans.restore_spending"
        record(person, verb, _about(plan, one.line), spending=one.pk)
    return one


def _own(person: Person, plan: Plan) -> None:
    if plan.set_aside_at is not None or not may_write(person, plan):
        raise NotYours


def _line(
    person: Person, plan: Plan, line: int, *, also_removed: bool = False
) -> BudgetLine:
    _own(person, plan)
    found = (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("rung")
        .filter(pk=line, rung__plan=plan, rung__removed_at=None)
    )
    one = (found if also_removed else found.filter(removed_at=None)).first()
    if one is None:
        raise NotYours
    one.rung.plan = plan
    return one


def _fields(plan: Plan, written: LineWritten) -> dict[str, object]:
    """The columns of a line; a school's plan plans for its own school alone."""
    school = written.school_id or None
    if school is not None and plan.school_id not in (None, school):
        raise NotYours
    if school is not None and not School.objects.filter(pk=school).exists():
        raise NotYours
    return {
        "source": written.source,
        "school_id": school,
        "school_year": written.school_year,
        "planned": written.planned,
    }


def _free_key(rung: Rung) -> str:
    """The first of b1, b2, ... that no line of the rung ever had."""
    taken = set(rung.budget.values_list("key", flat=True))
    number = 1
    while f"b{number}" in taken:
        number += 1
    return f"b{number}"


def _about(plan: Plan, line: BudgetLine) -> About:
    return About("budget", f"{plan.slug}/{line.rung.key}/{line.key}")
