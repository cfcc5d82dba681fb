"""What the pages of flags show: the list, those not known, the file, one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing.numbers import count, day
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.models import Flag, FlagRun
from evenrise.workspace.supports.queries.flag_lines import (
    DOMAIN_WORDS,
    Begun,
    FlagLine,
    FlagWords,
    UnknownLine,
    counted_words,
    flag_lines,
    flag_words,
    reasons_words,
    stands,
    supports_begun,
    unknown_lines,
)
from evenrise.workspace.supports.queries.flag_rules import rule_name
from evenrise.workspace.supports.queries.flags import (
    COUNTED,
    FlagsWanted,
    cut,
    fresh_since,
    last_run,
    narrowed,
    open_flags_within,
    students_flagged,
    students_waiting,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWords:
    """What the list stands on: the day, the rule."""

    as_of: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagsPage:
    """One page of the list; `run` is None before the first run."""

    answer: str
    lines: tuple[FlagLine, ...]
    later: int
    first: bool
    run: RunWords | None


def flags_page(reach: Reach, wanted: FlagsWanted) -> FlagsPage:
    """The list of students with a flag, page by page.

    Args:
        reach: how far the person reaches.
        wanted: filters, and where the page begins.
    """
    run = last_run()
    every = open_flags_within(reach)
    found = narrowed(every, wanted, run)
    part = cut(found, wanted, run)
    whole = not (part.later or wanted.after)
    lines = flag_lines(part.flags, every, fresh_since(run))
    if run is None:
        told = _("Nobody has looked yet, so this list cannot say who has a flag.")
    elif whole:
        told = _answer(len(lines), sum(line.waits for line in lines))
    else:
        told = _answer(students_flagged(found), students_waiting(found))
    return FlagsPage(
        answer=told,
        lines=lines,
        later=part.later,
        first=not wanted.after,
        run=run_words(run),
    )


def run_words(run: FlagRun | None) -> RunWords | None:
    """Day and rule of a run, in words."""
    if run is None:
        return None
    language = page_language()
    return RunWords(
        as_of=day(run.as_of, language), rule=rule_name(run.rule_set)[language]
    )


def _answer(students: int, waiting: int) -> str:
    if not students:
        return _("No student in this list has a flag today.")
    found = ngettext(
        "%(students)s has a flag today.", "%(students)s have a flag today.", students
    ) % {"students": counted_words(students, COUNTED)}
    if not waiting:
        return found + " " + _("Something has begun for each of them.")
    if waiting == students <= COUNTED:
        return found + " " + _("Nothing has begun yet.")
    if waiting > COUNTED:
        more = _("For more than %(count)s of them nothing has begun.")
        return found + " " + more % {"count": count(COUNTED, page_language())}
    more = ngettext(
        "For %(count)s of them nothing has begun.",
        "For %(count)s of them nothing has begun.",
        waiting,
    )
    return found + " " + more % {"count": count(waiting, page_language())}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownRows:
    """One page of students of whom something is not known."""

    lines: tuple[UnknownLine, ...]
    count: str
    pages: Any
    asks_school: bool


def unknown_rows(found: Page[Any], *, asks_school: bool) -> UnknownRows:
    """A page of the list.

    Args:
        found: states with their students.
        asks_school: the list is of a whole district: a school is to be chosen first.
    """
    if asks_school:
        return UnknownRows(lines=(), count="", pages=None, asks_school=True)
    return UnknownRows(
        lines=unknown_lines(found.object_list),
        count=counted_words(found.paginator.count, 10**9),
        pages=found,
        asks_school=False,
    )


FILE_HEADER = (
    "student_id",
    "given_name",
    "family_name",
    "grade",
    "school_id",
    "school",
    "domain",
    "since",
    "reasons",
    "support_planned_on",
    "first_session_on",
)


@dataclass(frozen=True, slots=True)
class FlagsFile:
    """The rows of the file, and whom it shows: (student, why it was allowed)."""

    rows: list[tuple[object, ...]]
    looks: list[tuple[str, str]]


def flags_file(reach: Reach, wanted: FlagsWanted, limit: int) -> FlagsFile | None:
    """The whole list as rows, one a flag; None when it is longer than `limit`."""
    found = narrowed(open_flags_within(reach), wanted, last_run())
    flags = list(
        found.select_related("student", "student__school").order_by(
            "student__sort_name", "student_id", "-level", "opened_on"
        )[: limit + 1]
    )
    if len(flags) > limit:
        return None
    seen = students_within(reach).filter(pk__in=found.order_by().values("student"))
    return FlagsFile(
        [_row(flag) for flag in flags],
        [(one.pk, str(getattr(one, "reason", ""))) for one in seen.only("pk")],
    )


def _row(flag: Flag) -> tuple[object, ...]:
    student = flag.student
    return (
        student.student_id,
        student.given_name,
        student.family_name,
        student.grade,
        student.school_id,
        "" if student.school is None else student.school.name,
        str(DOMAIN_WORDS[flag.domain]),
        flag.opened_on.isoformat(),
        " ".join(reasons_words(flag.reasons)),
        flag.first_support_on,
        flag.first_session_on,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """One flag, to be answered."""

    key: int
    student_id: str
    url: str
    name: str
    flag: FlagWords
    open: bool
    closed: str
    answers: tuple[tuple[int, str], ...]
    begun: tuple[Begun, ...]
    rule: str


def answer_page(flag: Flag) -> AnswerPage:
    """The page on which a person answers a flag of a student within reach."""
    run = last_run()
    language = page_language()
    words = flag_words(flag, fresh_since(run), None if run is None else run.as_of)
    kept = [one for one in flag.answers.all() if stands(one)]
    return AnswerPage(
        key=flag.pk,
        student_id=flag.student_id,
        url=reverse("student", args=(flag.student_id,)),
        name=flag.student.name,
        flag=words,
        open=flag.closed_on is None,
        closed="" if flag.closed_on is None else day(flag.closed_on, language),
        answers=tuple(
            (one.pk, told) for one, told in zip(kept, words.answers, strict=True)
        ),
        begun=tuple(supports_begun([flag.student_id]).get(flag.student_id, ())),
        rule=rule_name(flag.rule_set)[language],
    )
