"""What was spent, from a file: tried row by row, then all of it booked, or nothing."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.foundation.tried_rows import (
    ColumnProblem,
    RowProblem,
    Tried,
    day_in,
    rows_in,
)
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions.touching import touch
from evenrise.workspace.plans.dollars import read_dollars
from evenrise.workspace.plans.models import BudgetLine, Plan, Spending


MOST = 5_000  # rows of one file
_NEEDED = ("rung", "budget", "amount", "until")
_IN_ONE_GO = 500


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row that can."""

    line: int
    budget: str
    amount: Decimal
    until: dt.date


def bring_spending(
    person: Person, *, plan: Plan, text: str, write: bool
) -> Tried[RowShown]:
    """Try a file, and book it when every row is good.

    Rows without an amount are passed over, so that the list of budget lines can be
    filled where something was spent. Booking the same amount twice until the same day
    is refused: most likely the file was brought before.

    Raises:
        InputProblem: when it is no CSV file with the columns rung, budget, amount and
            until, or has too many rows.
        NotYours: when the plan is not theirs.
    """
    if plan.set_aside_at is not None or not may_write(person, plan):
        raise NotYours
    rows = rows_in(text, needed=_NEEDED, most=MOST, filled="amount")
    with transaction.atomic():
        lines = {
            (one.rung.key, one.key): one
            for one in BudgetLine.objects.filter(
                rung__plan=plan, rung__removed_at=None, removed_at=None
            ).select_related("rung")
        }
        there = set(
            Spending.objects.filter(
                line__rung__plan=plan, taken_back_at=None
            ).values_list("line_id", "amount", "until")
        )
        made: list[Spending] = []
        shown: list[RowShown] = []
        problems: list[RowProblem] = []
        for number, row in rows:
            try:
                one = _spending(row, lines, there, person)
            except ColumnProblem as problem:
                problems.append(RowProblem(number, problem.column, str(problem)))
                continue
            there.add((one.line_id, one.amount, one.until))
            made.append(one)
            budget = f"{one.line.rung.key} / {one.line.key}"
            shown.append(RowShown(number, budget, one.amount, one.until))
        if problems or not write or not made:
            return Tried(tuple(shown), tuple(problems))
        batch = secrets.token_hex(6)
        for one in made:
            one.batch = batch
        Spending.objects.bulk_create(made, batch_size=_IN_ONE_GO)
        touch(plan, timezone.now())
        about = About("plan", plan.slug)
        record(person, "plans.bring_spending", about, batch=batch, rows=len(made))
    return Tried(tuple(shown), (), batch)


def undo_spending(person: Person, *, plan: Plan, batch: str) -> int:
    """Take back all that one file booked; returns how many bookings.

    Raises:
        NotYours: when there is nothing of this file, or the plan is not theirs.
    """
    if plan.set_aside_at is not None or not may_write(person, plan):
        raise NotYours
    with transaction.atomic():
        gone = Spending.objects.filter(
            line__rung__plan=plan, batch=batch, taken_back_at=None
        ).update(taken_back_at=timezone.now())
        if not batch or not gone:
            raise NotYours
        touch(plan, timezone.now())
        about = About("plan", plan.slug)
        record(person, "plans.undo_spending", about, batch=batch, rows=gone)
    return gone


def _spending(
    row: Mapping[str, str],
    lines: Mapping[tuple[str, str], BudgetLine],
    there: set[tuple[int, Decimal, dt.date]],
    person: Person,
) -> Spending:
    line = lines.get((row["rung"], row["budget"]))
    if line is None:
        raise ColumnProblem("budget", _("This plan has no such budget line."))
    amount = read_dollars(row["amount"])
    if amount is None or not amount:
        raise ColumnProblem("amount", _("Write dollars as 1234.50, and not 0."))
    until = day_in(row, "until", latest=timezone.localdate())
    if (line.pk, amount, until) in there:
        raise ColumnProblem(
            "amount", _("This amount is booked until this day already.")
        )
    note = row.get("note", "")[:300]
    return Spending(line=line, amount=amount, until=until, note=note, by=person)
