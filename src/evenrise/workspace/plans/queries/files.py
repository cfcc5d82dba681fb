"""Files of a plan on the page: what was brought, and what one would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.how_far import how_far
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.plans.content import read_content
from evenrise.workspace.plans.models import Plan, PlanFile
from evenrise.workspace.plans.queries.differences import (
    DifferencePage,
    difference_shown,
)


State = PlanFile.State
_SHOWN = 25  # files in the list
_RUNGS_SHOWN = 300  # of one difference; the rest is counted


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that was brought."""

    key: int
    name: str
    state: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class ProblemShown:
    """What was not taken, and where."""

    where: str
    said: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file: how far it is, what it would change, what was not taken."""

    line: FileLine
    state: str
    at_work: bool
    percent: int
    answer: str
    difference: DifferencePage | None
    refused: Sequence[ProblemShown]
    remarks: Sequence[ProblemShown]
    may_undo: bool
    overtaken: bool


def files_of(plan: Plan, language: Language) -> list[FileLine]:
    """What was brought, the latest first."""
    rows = (
        PlanFile.objects.filter(plan=plan)
        .select_related("by")
        .defer("payload", "before", "after", "problems")[:_SHOWN]
    )
    return [_line(one, language) for one in rows]


def file_named(plan: Plan, key: int) -> PlanFile | None:
    """A file of a plan."""
    return (
        PlanFile.objects.select_related("by", "plan").filter(plan=plan, pk=key).first()
    )


def file_page(one: PlanFile, language: Language) -> FilePage:
    """Everything about one file."""
    looks = one.state in {State.READY, State.DONE, State.UNDONE}
    shown = (
        difference_shown(
            read_content(bytes(one.before)),
            read_content(bytes(one.after)),
            language,
            most=_RUNGS_SHOWN,
        )
        if looks and one.before is not None and one.after is not None
        else None
    )
    version = one.plan.version
    return FilePage(
        line=_line(one, language),
        state=one.state,
        at_work=one.state in {State.READING, State.WRITING},
        percent=round(100 * _done(one)),
        answer=_answer(one, shown),
        difference=shown,
        refused=_problems(one, language, refused=True),
        remarks=_problems(one, language, refused=False),
        may_undo=one.state == State.DONE and one.version_after == version,
        overtaken=one.state == State.READY and one.version_before != version,
    )


def writing_of(key: int) -> str:
    """What the writing of a file is called where it tells how far it is."""
    return f"plan-file-{key}"


def _done(one: PlanFile) -> float:
    return how_far(writing_of(one.pk)) if one.state == State.WRITING else one.done


def state_words(state: str) -> str:
    """How far a file is."""
    return {
        State.READING: _("Being read"),
        State.READY: _("Waits for your decision"),
        State.WRITING: _("Being written"),
        State.DONE: _("Taken in"),
        State.UNDONE: _("Undone"),
        State.REFUSED: _("Not taken"),
        State.LEFT: pgettext("file", "Left"),
    }[State(state)]


def _line(one: PlanFile, language: Language) -> FileLine:
    return FileLine(
        one.pk,
        one.name,
        state_words(one.state),
        one.by.name,
        day_words(one.at, language),
    )


def _answer(one: PlanFile, shown: DifferencePage | None) -> str:
    if one.state == State.READY and shown is not None:
        return shown.answer + " " + _("Nothing has changed yet: look, then decide.")
    if one.state == State.DONE:
        return _("It was taken in: the plan says what the file says.")
    if one.state == State.UNDONE:
        return _("It was undone: the plan says again what it said before.")
    if one.state == State.REFUSED:
        return _("Nothing of this file was taken, and the plan is as it was.")
    if one.state == State.LEFT:
        return _("It was left: the plan is as it was.")
    return _("You may leave this page: the work goes on without you.")


def _problems(
    one: PlanFile, language: Language, *, refused: bool
) -> list[ProblemShown]:
    return [
        ProblemShown(
            problem.get("where_es" if language == "es" else "where")
            or problem.get("where", ""),
            problem[language],
        )
        for problem in one.problems
        if bool(problem.get("refused", True)) is refused
    ]
