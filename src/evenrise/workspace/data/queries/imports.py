"""Imports as their pages show them, in words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evenrise.publishing.facts_csv import FORMULA
from evenrise.publishing.numbers import amount, count, day, school_year
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.asking import mark_of, without_example
from evenrise.workspace.data.committing import is_stale
from evenrise.workspace.data.leaving import leaving
from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.data.standing import stack
from evenrise.workspace.data.states import AT_WORK, State, Verb, after
from evenrise.workspace.data.words import (
    NIGHT,
    NOBODY,
    ORIGINS,
    PHASES,
    QUESTION_STATES,
    SEVERITIES,
    STATES,
    moment,
    table_name,
)


_HEAVY = ("story", "moves", "seen")
_FORMULA = re.compile(FORMULA)
_NAMED = 3  # files named in a list
_QUESTIONS = 50


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in a list."""

    key: str
    made: str
    by: str
    state: State
    state_words: str
    files: str
    count: int


@dataclass(frozen=True, slots=True)
class ProgressPart:
    """How far an import is."""

    key: str
    state: State
    words: str
    done: float
    total: float
    at_work: bool
    stopping: bool

    @property
    def percent(self) -> int:
        """0 to 100 of the present step."""
        return round(100 * min(1.0, self.done / self.total)) if self.total else 0


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that was not kept."""

    line: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file."""

    name: str
    known_as: str
    kept: str
    refused: str
    has_refused: bool
    refusals: list[Refused]
    more: str  # refused rows that are counted and not named
    notes: list[str]
    problem: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """One table: rows new, changed, gone and the same."""

    name: str
    new: str
    changed: str
    gone: str
    same: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class Move:
    """One published number that would move."""

    who: str
    year: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """One indicator: how many of its numbers would change, and the largest moves."""

    title: str
    changed: str
    new: str
    gone: str
    shown: str
    moves: list[Move]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that an import raises."""

    severity: str
    text: str
    file: str
    where: str
    state: str  # of the same question asked before; empty when it is new


@dataclass(frozen=True, slots=True)
class ImportPage:
    """All of an import's page."""

    line: ImportLine
    progress: ProgressPart
    origin: str
    as_of: str
    problem: str
    problem_is_english: bool
    reason: str
    sent: list[str]
    files: list[FileLine]
    refused: int
    tables: list[TableChange]
    nothing_changes: bool
    first: bool
    indicators: list[IndicatorChange]
    quiet_indicators: bool
    questions: list[Asked]
    questions_total: int
    new_questions: int
    warning: str
    stale: bool
    stands: bool
    standing_pk: int
    may: dict[str, bool]
    files_gone: bool
    files_until: str


def lines(imports: QuerySet[Import], how: Language) -> list[ImportLine]:
    """Imports of a list; one query."""
    return [line(one, how) for one in imports.select_related("by").defer(*_HEAVY)]


def line(one: Import, how: Language) -> ImportLine:
    """One import in a list."""
    names = [str(file["name"]) for file in one.files[:_NAMED]]
    more = len(one.files) - len(names)
    told = ", ".join(names)
    if more > 0:
        told += f" + {count(more, how)}"
    if one.by is not None:
        by = one.by.name
    else:
        by = (NIGHT if one.origin == Import.Origin.NIGHT else NOBODY)[how]
    state = State(one.state)
    return ImportLine(
        one.key,
        moment(one.made_at, how),
        by,
        state,
        STATES[state][how],
        told or one.connection,
        len(one.files),
    )


def progress_part(one: Import, how: Language) -> ProgressPart:
    """How far an import is, for the page and for asking again."""
    state = State(one.state)
    phase = PHASES.get(one.step) if state is State.READING else None
    words = (phase or STATES[state])[how]
    return ProgressPart(
        one.key, state, words, one.done, one.total, state in AT_WORK, one.stop_asked
    )


def import_page(one: Import, how: Language) -> ImportPage:
    """All that the page of an import shows."""
    story: dict[str, Any] = one.story or {}
    tables = [
        _table(table, told, how) for table, told in story.get("differences", {}).items()
    ]
    moves: dict[str, Any] = one.moves or {}
    stood = stack()
    stands = bool(stood) and stood[-1].brought_id == one.pk
    many = leaving(one)
    asked = _asked(story.get("questions", ()), how)
    state = State(one.state)
    same = not any(
        told[word]
        for told in story.get("differences", {}).values()
        for word in ("new", "changed", "gone")
    )
    changes = [_indicator(told, how) for told in moves.get("indicators", ())]
    return ImportPage(
        line=line(one, how),
        progress=progress_part(one, how),
        origin=ORIGINS[one.origin][how],
        as_of=day(one.as_of, how),
        problem=one.problem_es if how == "es" and one.problem_es else one.problem,
        problem_is_english=how == "en" or not one.problem_es,
        reason=one.reason,
        sent=[str(file["name"]) for file in one.files],
        files=[_file(told, how) for told in story.get("files", ())],
        refused=int(story.get("rows_refused", 0)),
        tables=tables,
        nothing_changes=bool(story) and same and not changes,
        first=bool(moves.get("first")),
        indicators=changes,
        quiet_indicators=bool(moves) and not changes,
        questions=asked[:_QUESTIONS],
        questions_total=len(asked),
        new_questions=sum(not one_asked.state for one_asked in asked),
        warning=many.ask()[how] if many.many and state is State.READY else "",
        stale=state is State.READY and is_stale(one),
        stands=stands,
        standing_pk=stood[-1].pk if stands and len(stood) > 1 else 0,
        may={verb.value: after(state, verb) is not None for verb in Verb},
        files_gone=one.files_gone,
        files_until="" if one.files_until is None else moment(one.files_until, how),
    )


def _file(told: dict[str, Any], how: Language) -> FileLine:
    known = told.get("recognised_as")
    refusals = [
        Refused(
            "" if row["line"] is None else count(row["line"], how),
            row["column"],
            row["reason"],
        )
        for row in told["refused"]
    ]
    more = int(told["rows_refused"]) - len(refusals)
    return FileLine(
        name=told["file"],
        known_as="" if known is None else known[how],
        kept=count(told["rows_kept"], how),
        refused=count(told["rows_refused"], how),
        has_refused=bool(told["rows_refused"]),
        refusals=refusals[:20],
        more=count(more + max(0, len(refusals) - 20), how)
        if more + max(0, len(refusals) - 20) > 0
        else "",
        notes=[note[how] for note in told["notes"]],
        problem=told["problem"] or "",
    )


def _table(table: str, told: dict[str, int], how: Language) -> TableChange:
    return TableChange(
        name=table_name(table, how),
        new=count(told["new"], how),
        changed=count(told["changed"], how),
        gone=count(told["gone"], how),
        same=count(told["same"], how),
        quiet=not (told["new"] or told["changed"] or told["gone"]),
    )


def _indicator(told: dict[str, Any], how: Language) -> IndicatorChange:
    unit = told["unit"]

    def value(number: float, n: int | None) -> str:
        told = amount(number, unit, how)
        return told if n is None else f"{told} (n = {count(n, how)})"

    return IndicatorChange(
        title=told["title"][how],
        changed=count(told["changed"], how),
        new=count(told["new"], how),
        gone=count(told["gone"], how),
        shown=count(told["shown"], how),
        moves=[
            Move(
                f"{move['organization']}, {move['group'][how]}",
                school_year(move["year"]),
                value(move["before"], move["n"][0]),
                value(move["after"], move["n"][1]),
            )
            for move in told["moves"]
        ],
    )


def _asked(questions: Any, how: Language) -> list[Asked]:
    """The questions, those that are new first; one query for what is known."""
    marks = [mark_of(told) for told in questions]
    known = dict(
        DataQuestion.objects.filter(mark__in=marks[:2000]).values_list("mark", "state")
    )
    asked = [
        Asked(
            SEVERITIES.get(told["severity"], SEVERITIES["warning"])[how],
            without_example(told["text"][how]),
            told.get("file", ""),
            told.get("where", ""),
            QUESTION_STATES[known[mark]][how] if mark in known else "",
        )
        for told, mark in zip(questions, marks, strict=True)
    ]
    return sorted(asked, key=lambda one: bool(one.state))


def refused_csv(one: Import) -> str:
    """The refused rows that were named: file, line, column, reason.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(("file", "line", "column", "reason"))
    for told in (one.story or {}).get("files", ()):
        for row in told["refused"]:
            write.writerow(
                _safe(row[name]) for name in ("file", "line", "column", "reason")
            )
    return out.getvalue()


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text
