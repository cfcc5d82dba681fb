"""The start of this room: what stands, how fresh it is, what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evenrise.publishing.numbers import count, day
from evenrise.records.connections import Connection
from evenrise.vocabulary.errors import ArgumentProblem
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.freshness import Freshness, freshness
from evenrise.workspace.data.models import DataQuestion, Import, Standing
from evenrise.workspace.data.queries.imports import ImportLine, lines
from evenrise.workspace.data.queries.questions import QuestionLine, open_first
from evenrise.workspace.data.reading import district_settings
from evenrise.workspace.data.standing import stack
from evenrise.workspace.data.states import AT_WORK, State
from evenrise.workspace.data.words import (
    NOBODY,
    days_ago,
    moment,
    school_days_ago,
    table_name,
    weeks_words,
)


_FEW = 5


@dataclass(frozen=True, slots=True)
class StandingLine:
    """What stands (or stood): which snapshot, since when, by whom."""

    pk: int
    snapshot: str
    district: str
    as_of: str
    since: str
    by: str
    key: str  # of the import that brought it; empty for a command
    is_undo: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """How fresh one table is, in words."""

    name: str
    rows: str
    brought: str
    reaches: str
    attention: bool
    marks: SafeString  # one a week, the oldest first
    marks_words: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """All of the start page."""

    standing: StandingLine | None
    tables: list[TableLine]
    behind: list[TableLine]
    waiting: list[ImportLine]
    recent: list[ImportLine]
    questions: list[QuestionLine]
    open_questions: int
    connections: list[Connection]
    settings_problem: str


def home_page(today: dt.date, how: Language, *, brings: bool) -> HomePage:
    """What the start page shows.

    Args:
        today: the day.
        how: the reader's language.
        brings: whether the reader may see imports.
    """
    stood = stack()
    tables = [table_line(one, today, how) for one in freshness(today)]
    connections, problem = _connections(how) if brings else ([], "")
    open_count = DataQuestion.objects.filter(state=DataQuestion.State.OPEN).count()
    waits = (State.READY, State.INTERRUPTED, *AT_WORK)
    return HomePage(
        standing=standing_line(stood[-1], how) if stood else None,
        tables=tables,
        behind=[one for one in tables if one.attention],
        waiting=lines(Import.objects.filter(state__in=waits), how) if brings else [],
        recent=lines(Import.objects.exclude(state__in=waits)[:_FEW], how)
        if brings
        else [],
        questions=open_first(how)[:_FEW],
        open_questions=open_count,
        connections=connections,
        settings_problem=problem,
    )


def _connections(how: Language) -> tuple[list[Connection], str]:
    try:
        return list(district_settings().connections.values()), ""
    except ArgumentProblem as problem:
        return [], problem[how]


def standing_line(one: Standing, how: Language) -> StandingLine:
    """One row of what stands, in words."""
    brought = one.brought
    return StandingLine(
        pk=one.pk,
        snapshot=one.snapshot,
        district=one.district_name,
        as_of=day(one.as_of, how),
        since=moment(one.since, how),
        by=one.by.name if one.by is not None else NOBODY[how],
        key="" if brought is None else brought.key,
        is_undo=one.undoes_id is not None,
        reason="" if brought is None else brought.reason,
    )


def table_line(one: Freshness, today: dt.date, how: Language) -> TableLine:
    """How fresh a table is, in words."""
    brought = ""
    if one.brought_on is not None:
        ago = days_ago((today - one.brought_on).days, how)
        brought = f"{day(one.brought_on, how)} ({ago})"
    reaches = ""
    if one.reaches is not None and one.behind is not None:
        reaches = f"{day(one.reaches, how)} ({school_days_ago(one.behind, how)})"
    return TableLine(
        table_name(one.table, how),
        count(one.rows, how),
        brought,
        reaches,
        one.attention,
        _marks(one.weeks),
        weeks_words(sum(map(bool, one.weeks)), len(one.weeks), how),
    )


def _marks(weeks: tuple[int, ...]) -> SafeString:
    """One mark a week, filled where something was brought in; words stand beside it."""
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="6" r="4" fill="{}" stroke="currentColor"/>',
        (
            (6 + 12 * place, "currentColor" if often else "none")
            for place, often in enumerate(weeks)
        ),
    )
    wide = 12 * len(weeks)
    return format_html(
        '<svg width="{0}" height="12" viewBox="0 0 {0} 12" aria-hidden="true">'
        "{1}</svg>",
        wide,
        dots,
    )


def history(how: Language) -> tuple[list[StandingLine], int | None]:
    """Everything that ever stood, the newest first; the one that can be undone."""
    stood = stack()
    rows = Standing.objects.select_related("by", "brought").order_by("-id")[:200]
    last = stood[-1].pk if len(stood) > 1 else None
    return [standing_line(row, how) for row in rows], last


def today() -> dt.date:
    """The day where the district is."""
    return timezone.localdate()
