"""Flags in words: the reasons as sentences, since when, and what was begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.findings.early_warning.reasons import reason_text
from evenrise.publishing.numbers import day
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.models import (
    Domain,
    Flag,
    FlagAnswer,
    State,
    Support,
    WatchState,
)


DOMAIN_WORDS = dict(Domain.choices)
# With whoever said it: one question, however many there are.
ANSWERS = Prefetch("answers", FlagAnswer.objects.select_related("by"))


@dataclass(frozen=True, slots=True)
class FlagWords:
    """One flag as a page tells it; `answers` are what people said about it."""

    key: int
    domain: str
    reasons: tuple[str, ...]
    since: str
    new: bool
    waits: bool  # nothing begun because of it
    answers: tuple[str, ...] = ()
    begin_url: str = ""
    not_seen: str = ""  # since when it is not known whether it still holds


@dataclass(frozen=True, slots=True)
class Begun:
    """A support that runs: its name, whose it is, since when."""

    key: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLine:
    """One student of the list."""

    student_id: str
    url: str
    name: str
    grade: str
    school: str
    flags: tuple[FlagWords, ...]
    begun: tuple[Begun, ...]
    waits: bool


@dataclass(frozen=True, slots=True)
class UnknownLine:
    """A student of whom something is not known."""

    url: str
    name: str
    grade: str
    school: str
    unknown: tuple[str, ...]


def flag_lines(
    leading: Sequence[Flag], flags: QuerySet[Flag], fresh: dt.date
) -> tuple[FlagLine, ...]:
    """The rows of a page: two questions, however many rows there are.

    Args:
        leading: one flag a student, with its student and school, in their order.
        flags: the open flags within reach, for the others of the same students.
        fresh: a flag opened after this day is new.
    """
    keys = [flag.student_id for flag in leading]
    every: dict[str, list[FlagWords]] = {key: [] for key in keys}
    found = flags.filter(student__in=keys).prefetch_related(ANSWERS)
    for flag in found.order_by("-level", "opened_on", "pk"):
        every[flag.student_id].append(flag_words(flag, fresh))
    begun = supports_begun(keys)
    return tuple(
        FlagLine(
            student_id=flag.student_id,
            url=reverse("student", args=(flag.student_id,)),
            name=family_first(flag.student),
            grade=grade_words(flag.student.grade),
            school=school_of(flag.student),
            flags=tuple(every[flag.student_id]),
            begun=tuple(begun.get(flag.student_id, ())),
            waits=any(words.waits for words in every[flag.student_id]),
        )
        for flag in leading
    )


def family_first(student: Student) -> str:
    """A student's name as lists are ordered by it."""
    parts = (student.family_name, student.given_name)
    return ", ".join(filter(None, parts)) or student.student_id


def school_of(student: Student) -> str:
    """The name of a student's school."""
    return "" if student.school is None else student.school.name


def flag_words(flag: Flag, fresh: dt.date, run_on: dt.date | None = None) -> FlagWords:
    """One flag in the language of the page; its answers are read already.

    Args:
        flag: open or closed.
        fresh: a flag opened after this day is new.
        run_on: the day of the latest run, to tell a flag that was not seen again.
    """
    language = page_language()
    unseen = flag.closed_on is None and run_on is not None and flag.seen_on < run_on
    return FlagWords(
        key=flag.pk,
        domain=str(DOMAIN_WORDS[flag.domain]),
        reasons=tuple(reasons_words(flag.reasons)),
        since=day(flag.opened_on, language),
        new=flag.opened_on > fresh,
        waits=flag.first_support_on is None,
        begin_url=begin_url(flag.student_id, flag.pk),
        answers=tuple(answer_words(one) for one in flag.answers.all() if stands(one)),
        not_seen=day(flag.seen_on, language) if unseen else "",
    )


def begin_url(student_id: str, flag: int) -> str:
    """Where a support is begun because of a flag."""
    return f"{reverse('begin_support', args=(student_id,))}?flag={flag}"


def reasons_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """The reasons as sentences, each once; none that another one says as well."""
    language = page_language()
    told = list(dict.fromkeys(reason_text(one)[language] for one in reasons))
    return [
        one for one in told if not any(one in other for other in told if other != one)
    ]


def stands(answer: FlagAnswer) -> bool:
    """Whether an answer was not taken back."""
    return answer.kind != FlagAnswer.Kind.TAKEN_BACK


def answer_words(answer: FlagAnswer) -> str:
    """What a person said about a flag."""
    who = "" if answer.by is None else answer.by.name
    if answer.until is not None:
        return _("Set aside until %(day)s by %(who)s: %(reason)s") % {
            "day": day(answer.until, page_language()),
            "who": who,
            "reason": answer.reason,
        }
    return _(
        "The student or family says that a fact is wrong (%(who)s): %(reason)s"
    ) % {
        "who": who,
        "reason": answer.reason,
    }


def supports_begun(keys: Sequence[str]) -> dict[str, list[Begun]]:
    """The supports that run for some students; one question."""
    language = page_language()
    found: dict[str, list[Begun]] = {}
    running = Support.objects.filter(student__in=keys, ended_on__isnull=True)
    for one in running.select_related("kind", "owner").order_by("begins_on", "pk"):
        words = _("%(support)s, %(owner)s, since %(day)s") % {
            "support": one.kind.name[language],
            "owner": one.owner.name,
            "day": day(one.begins_on, language),
        }
        found.setdefault(one.student_id, []).append(Begun(one.pk, words))
    return found


def unknown_words(state: WatchState) -> tuple[str, ...]:
    """What is not known of a student, in the order of the domains."""
    return tuple(
        str(DOMAIN_WORDS[domain])
        for domain in Domain.values
        if getattr(state, domain) == State.NO_DATA
    )


def unknown_lines(states: Iterable[WatchState]) -> tuple[UnknownLine, ...]:
    """The rows of the list of students of whom something is not known."""
    return tuple(
        UnknownLine(
            reverse("student", args=(state.student_id,)),
            family_first(state.student),
            grade_words(state.student.grade),
            school_of(state.student),
            unknown_words(state),
        )
        for state in states
    )


def counted_words(count: int, most: int) -> str:
    """A number of students, or that there are more than are counted."""
    if count > most:
        return _("More than %(count)s students") % {"count": f"{most:,}"}
    return ngettext("%(count)s student", "%(count)s students", count) % {
        "count": f"{count:,}"
    }
