"""Where a plan's money goes: planned and spent, by step, source, school and year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights import shown
from evenrise.workspace.people.models import Person
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.dollars import dollars
from evenrise.workspace.plans.models import (
    BudgetLine,
    FundingSource,
    Plan,
    Rung,
    Spending,
)
from evenrise.workspace.plans.queries.content import rungs_in_order
from evenrise.workspace.plans.queries.ladder import numbers_of
from evenrise.workspace.plans.said import Words, numbered, rung_url, words_of


@dataclass(frozen=True, slots=True)
class Sums:
    """Planned against spent, in words and as a share to draw."""

    label: str
    planned: str
    spent: str
    left: str
    share: str  # spent of the planned; blank where nothing is planned
    over: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    """One budget line."""

    pk: int
    source: str
    year: str
    school: str
    sums: Sums
    until: str


@dataclass(frozen=True, slots=True)
class OfRung:
    """A rung with its budget lines."""

    key: str
    name: str
    title: Words
    url: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPage:
    """Everything that the page shows."""

    answer: str
    until: str
    total: Sums
    by: tuple[tuple[str, str, tuple[Sums, ...]], ...]  # title, head of the rows, rows
    rungs: tuple[OfRung, ...]
    writes: bool


def lines_of(plan: Plan) -> QuerySet[BudgetLine]:
    """The plan's budget lines, each with what was spent (`spent`) and until when."""
    counts = Q(spending__taken_back_at=None)
    nothing = Value(Decimal(0), DecimalField(max_digits=14, decimal_places=2))
    return (
        BudgetLine.objects.filter(
            rung__plan=plan, rung__removed_at=None, removed_at=None
        )
        .select_related("rung", "school")
        .annotate(
            spent=Coalesce(Sum("spending__amount", filter=counts), nothing),
            until=Max("spending__until", filter=counts),
        )
        .order_by("school_year", "source", "id")
    )


def money_page(person: Person, plan: Plan, language: Language) -> MoneyPage:
    """The plan's money for somebody who reads it; a handful of queries.

    Args:
        person: who reads.
        plan: that is read.
        language: the reader's.
    """
    rungs = rungs_in_order(plan)
    live = {rung.pk for rung in rungs}
    lines = [one for one in lines_of(plan) if one.rung_id in live]
    total = _sums(_("Everything"), lines, language)
    told = {"planned": total.planned, "spent": total.spent}
    until = max((one.until for one in lines if one.until), default=None)  # type: ignore[attr-defined]
    answer = _("%(planned)s are planned; %(spent)s were spent.") % told
    return MoneyPage(
        answer=answer if lines else _("No money is planned for this plan yet."),
        until=shown.day_words(until, language),
        total=total,
        by=_by(plan, lines, language),
        rungs=tuple(_of_rungs(plan, rungs, lines, language)),
        writes=plan.set_aside_at is None and may_write(person, plan),
    )


def _by(
    plan: Plan, lines: Sequence[BudgetLine], language: Language
) -> tuple[tuple[str, str, tuple[Sums, ...]], ...]:
    whole = place_words(plan, None)
    return (
        (
            _("By funding source"),
            _("Funding source"),
            _grouped(lines, lambda one: str(FundingSource(one.source).label), language),
        ),
        (
            _("By school year"),
            _("School year"),
            _grouped(lines, lambda one: shown.year_words(one.school_year), language),
        ),
        (
            _("By school"),
            _("School"),
            _grouped(
                lines, lambda one: one.school.name if one.school else whole, language
            ),
        ),
    )


def place_words(plan: Plan, name: str | None) -> str:
    """Where the money of a line goes: a school by its name, else the plan's place."""
    if name:
        return name
    return plan.school.name if plan.school else _("The whole district")


def _grouped(
    lines: Iterable[BudgetLine], of: Callable[[BudgetLine], str], language: Language
) -> tuple[Sums, ...]:
    groups: dict[str, list[BudgetLine]] = {}
    for one in lines:
        groups.setdefault(of(one), []).append(one)
    return tuple(_sums(label, own, language) for label, own in sorted(groups.items()))


def _sums(label: str, lines: Sequence[BudgetLine], language: Language) -> Sums:
    planned = sum((one.planned for one in lines), Decimal(0))
    spent = sum((one.spent for one in lines), Decimal(0))  # type: ignore[attr-defined]
    return sums(label, planned, spent, language)


def sums(label: str, planned: Decimal, spent: Decimal, language: Language) -> Sums:
    """Planned against spent."""
    share = float(spent / planned) if planned > 0 else None
    return Sums(
        label=label,
        planned=dollars(planned, language),
        spent=dollars(spent, language),
        left=dollars(planned - spent, language),
        share="" if share is None else shown.share_words(share, language),
        over=spent > planned,
    )


def _of_rungs(
    plan: Plan, rungs: list[Rung], lines: Iterable[BudgetLine], language: Language
) -> Iterable[OfRung]:
    numbers = numbers_of(plan, rungs)
    by_rung: dict[int, list[BudgetLine]] = {}
    for one in lines:
        by_rung.setdefault(one.rung_id, []).append(one)
    for rung in rungs:
        if rung.pk in by_rung:
            yield OfRung(
                rung.key,
                numbered(rung.kind, numbers.get(rung.key, "")),
                words_of(rung, "title", language),
                rung_url(plan, rung.key),
                tuple(_line(plan, one, language) for one in by_rung[rung.pk]),
            )


def _line(plan: Plan, one: BudgetLine, language: Language) -> LineShown:
    until: dt.date | None = one.until  # type: ignore[attr-defined]
    return LineShown(
        one.pk,
        str(FundingSource(one.source).label),
        shown.year_words(one.school_year),
        place_words(plan, one.school.name if one.school else None),
        _sums("", [one], language),
        shown.day_words(until, language),
    )


@dataclass(frozen=True, slots=True)
class Booked:
    """One booking on a line."""

    spending: Spending
    amount: str
    until: str
    back: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """One budget line with its bookings."""

    line: BudgetLine
    shown: LineShown
    booked: tuple[Booked, ...]


def line_page(plan: Plan, line: int, language: Language) -> LinePage | None:
    """A budget line of the plan; None where it is not there."""
    one = lines_of(plan).filter(pk=line).first()
    if one is None:
        return None
    booked = Spending.objects.filter(line=one).select_related("by").order_by("-id")
    return LinePage(
        one,
        _line(plan, one, language),
        tuple(
            Booked(
                row,
                dollars(row.amount, language),
                shown.day_words(row.until, language),
                row.taken_back_at is not None,
            )
            for row in booked
        ),
    )


FILE_HEADS = (
    "rung",
    "budget",
    "number",
    "title",
    "source",
    "school",
    "school_year",
    "planned",
    "spent",
    "amount",
    "until",
    "note",
)


def file_rows(plan: Plan, language: Language) -> list[tuple[object, ...]]:
    """The budget lines as a file in which `amount` and `until` can be filled."""
    rungs = rungs_in_order(plan)
    numbers = numbers_of(plan, rungs)
    by_rung: dict[int, list[BudgetLine]] = {}
    for one in lines_of(plan):
        by_rung.setdefault(one.rung_id, []).append(one)
    return [
        (
            rung.key,
            one.key,
            numbers.get(rung.key, ""),
            words_of(rung, "title", language).text,
            one.source,
            one.school_id or "",
            one.school_year,
            one.planned,
            one.spent,  # type: ignore[attr-defined]
            "",
            "",
            "",
        )
        for rung in rungs
        for one in by_rung.get(rung.pk, ())
    ]
