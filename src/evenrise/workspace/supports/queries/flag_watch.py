"""The part of a student's page about flags: today, earlier, what is not known."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from evenrise.publishing.numbers import day
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import Flag, WatchState
from evenrise.workspace.supports.queries.flag_lines import (
    ANSWERS,
    DOMAIN_WORDS,
    FlagWords,
    answer_words,
    flag_words,
    reasons_words,
    stands,
    unknown_words,
)
from evenrise.workspace.supports.queries.flag_pages import RunWords, run_words
from evenrise.workspace.supports.queries.flags import fresh_since


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A flag today, with what can be done about it."""

    flag: FlagWords
    begun: str
    session: str
    begin_url: str
    answer_url: str


@dataclass(frozen=True, slots=True)
class EarlierFlag:
    """A stretch that is over; without reasons where its records were taken back."""

    domain: str
    since: str
    until: str
    reasons: tuple[str, ...]
    answers: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPart:
    """What the part shows."""

    flags: tuple[OpenFlag, ...]
    unknown: tuple[str, ...]
    earlier: tuple[EarlierFlag, ...]
    watched: bool
    run: RunWords | None


def watch_part(person: Person, student: Student, reach: Reach) -> WatchPart | None:
    """The flags of a student whom the person may see; three questions.

    None where nothing is watched: before the first run, or for a student who left and
    never had a flag.
    """
    del reach
    state = WatchState.objects.select_related("run").filter(student=student).first()
    found = list(
        Flag.objects.filter(student=student)
        .order_by("-opened_on", "-level", "pk")
        .prefetch_related(ANSWERS)
    )
    if state is None and not found:
        return None
    run = None if state is None else state.run
    fresh = fresh_since(run)
    may = may_support(person)
    return WatchPart(
        flags=tuple(
            _open(
                flag,
                flag_words(flag, fresh, None if run is None else run.as_of),
                may=may,
            )
            for flag in found
            if flag.closed_on is None
        ),
        unknown=() if state is None else unknown_words(state),
        earlier=tuple(_earlier(flag) for flag in found if flag.closed_on is not None),
        watched=state is not None,
        run=run_words(run),
    )


def _open(flag: Flag, words: FlagWords, *, may: bool) -> OpenFlag:
    language = page_language()
    begun, held = flag.first_support_on, flag.first_session_on
    return OpenFlag(
        words,
        "" if begun is None else day(begun, language),
        "" if held is None else day(held, language),
        words.begin_url if may else "",
        reverse("flag_answer", args=(flag.pk,)) if may else "",
    )


def _earlier(flag: Flag) -> EarlierFlag:
    language = page_language()
    return EarlierFlag(
        str(DOMAIN_WORDS[flag.domain]),
        day(flag.opened_on, language),
        "" if flag.closed_on is None else day(flag.closed_on, language),
        tuple(reasons_words(flag.reasons)),
        tuple(answer_words(one) for one in flag.answers.all() if stands(one)),
        not flag.reasons,
    )
