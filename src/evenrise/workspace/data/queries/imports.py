"""Imports as their pages show them, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evenrise.publishing.numbers import count, day
from evenrise.vocabulary.text import Language
from evenrise.workspace.data.asking import mark_of, place_words, without_example
from evenrise.workspace.data.committing import is_stale
from evenrise.workspace.data.models import DataQuestion, Import
from evenrise.workspace.data.queries.changes import (
    FileLine,
    IndicatorChange,
    TableChange,
    file_line,
    indicator_change,
    summary,
    table_change,
)
from evenrise.workspace.data.standing import stack
from evenrise.workspace.data.states import AT_WORK, State, Verb, after
from evenrise.workspace.data.warning import leaving, other_district
from evenrise.workspace.data.words import (
    NIGHT,
    NOBODY,
    ORIGINS,
    PHASES,
    QUESTION_STATES,
    SEVERITIES,
    STATES,
    moment,
)


_HEAVY = ("story", "samples", "moves", "seen")
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
class StepLine:
    """One part of the work, and whether it is done or being done."""

    words: str
    done: bool
    now: bool


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
    steps: list[StepLine]

    @property
    def percent(self) -> int:
        """0 to 100 of the present step."""
        return round(100 * min(1.0, self.done / self.total)) if self.total else 0


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
    same_tables: str
    nothing_changes: bool
    summary: str
    first: bool
    indicators: list[IndicatorChange]
    quiet_indicators: bool
    questions: list[Asked]
    questions_total: int
    new_questions: int
    warning: str
    other_district: str
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
        key=one.key,
        state=state,
        words=words,
        done=one.done,
        total=one.total,
        at_work=state in AT_WORK,
        stopping=one.stop_asked,
        steps=_steps(one, how) if state is State.READING else [],
    )


def _steps(one: Import, how: Language) -> list[StepLine]:
    phases = [phase for phase in PHASES if phase != "queue"]
    if not one.connection:
        phases.remove("fetch")
    now = phases.index(one.step) if one.step in phases else -1
    return [
        StepLine(PHASES[phase][how], place < now, place == now)
        for place, phase in enumerate(phases)
    ]


def import_page(one: Import, how: Language) -> ImportPage:
    """All that the page of an import shows."""
    story: dict[str, Any] = one.story or {}
    tables = [
        table_change(table, told, one.samples.get(table, {}), how)
        for table, told in story.get("differences", {}).items()
    ]
    moves: dict[str, Any] = one.moves or {}
    stood = stack()
    stands = bool(stood) and stood[-1].brought_id == one.pk
    many = leaving(one)
    other = other_district(one) if one.state == State.READY else None
    asked = _asked(story.get("questions", ()), how)
    state = State(one.state)
    same = not any(
        told[word]
        for told in story.get("differences", {}).values()
        for word in ("new", "changed", "gone")
    )
    changes = [indicator_change(told, how) for told in moves.get("indicators", ())]
    return ImportPage(
        line=line(one, how),
        progress=progress_part(one, how),
        origin=ORIGINS[one.origin][how],
        as_of=day(one.as_of, how),
        problem=one.problem_es if how == "es" and one.problem_es else one.problem,
        problem_is_english=how == "en" or not one.problem_es,
        reason=one.reason,
        sent=[str(file["name"]) for file in one.files],
        files=[file_line(told, how) for told in story.get("files", ())],
        refused=int(story.get("rows_refused", 0)),
        tables=[table for table in tables if not table.quiet],
        same_tables=", ".join(table.name for table in tables if table.quiet),
        nothing_changes=bool(story) and same and not changes,
        summary=summary(story, moves, how),
        first=bool(moves.get("first")),
        indicators=changes,
        quiet_indicators=bool(moves) and not changes,
        questions=asked[:_QUESTIONS],
        questions_total=len(asked),
        new_questions=sum(not one_asked.state for one_asked in asked),
        warning=many.ask()[how] if many.many and state is State.READY else "",
        other_district="" if other is None else other[how],
        stale=state is State.READY and is_stale(one),
        stands=stands,
        standing_pk=stood[-1].pk if stands and len(stood) > 1 else 0,
        may={verb.value: after(state, verb) is not None for verb in Verb},
        files_gone=one.files_gone,
        files_until="" if one.files_until is None else moment(one.files_until, how),
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
            place_words(told.get("where", ""), how),
            QUESTION_STATES[known[mark]][how] if mark in known else "",
        )
        for told, mark in zip(questions, marks, strict=True)
    ]
    return sorted(asked, key=lambda one: bool(one.state))
