"""Cycles on the pages of other rooms: of a finding, of a plan, on the start page."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_of, cycles_read_by
from evenrise.workspace.cycles.models import Cycle, CycleState, MeasureKind
from evenrise.workspace.cycles.queries.cycles_list import begin_url
from evenrise.workspace.cycles.said import cycle_url, state_words, title_of
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.further import Arrow
from evenrise.workspace.plans.models import Plan, Rung, RungKind
from evenrise.workspace.plans.said import Words, words_of


_BY_HAND = (MeasureKind.SHARE, MeasureKind.EVENTS, MeasureKind.VALUE)
_SERVED = (RungKind.GOAL, RungKind.STRATEGY, RungKind.STEP)
_FEW = 3  # lines of one kind on a start page
_A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tried:
    """One cycle as another room's page shows it."""

    url: str
    title: Words
    state: str
    found: Words
    private: bool


@dataclass(frozen=True, slots=True)
class BeingTried:
    """The cycles that a person reads about something, and where one begins."""

    cycles: tuple[Tried, ...]
    begin: str


def tried_of_finding(person: Person, key: str) -> BeingTried | None:
    """What is tried because of a finding."""
    found = cycles_read_by(person).filter(finding_key=key)
    begin = begin_url(finding=key) if person.may(Right.INQUIRE) else ""
    return _being_tried(found, begin)


def tried_of_rung(person: Person, rung: Rung) -> BeingTried | None:
    """What is tried for a part of a plan."""
    if rung.kind not in _SERVED:
        return None
    found = cycles_read_by(person).filter(rung=rung)
    named = f"{rung.plan.slug}/{rung.key}"
    begin = begin_url(rung=named) if person.may(Right.INQUIRE) else ""
    return _being_tried(found, begin)


def _being_tried(found: QuerySet[Cycle], begin: str) -> BeingTried | None:
    language = reader_language()
    cycles = tuple(_tried(one, language) for one in found.order_by("-id"))
    return BeingTried(cycles, begin) if cycles or begin else None


def _tried(one: Cycle, language: Language) -> Tried:
    return Tried(
        cycle_url(one),
        title_of(one, language),
        state_words(one.state),
        words_of(one, "text", language),
        one.shared_at is None,
    )


def cycle_arrows(person: Person, plan: Plan) -> dict[str, list[Arrow]]:
    """What each rung of a plan led to: cycles that the person reads, with the result.

    What a cycle found, in words for everybody, is told once it is decided.
    """
    language = reader_language()
    rows = (
        cycles_read_by(person)
        .filter(rung__plan=plan, rung__removed_at=None)
        .select_related("rung")
        .order_by("id")
    )
    found: dict[str, list[Arrow]] = defaultdict(list)
    for one in rows:
        if one.rung is not None:
            found[one.rung.key].append(_arrow(one, language))
    return found


def _arrow(one: Cycle, language: Language) -> Arrow:
    told = {
        "title": title_of(one, language).text,
        "state": state_words(one.state).lower(),
    }
    words = _("Cycle: %(title)s (%(state)s)") % told
    if one.decided_on and (result := words_of(one, "text", language).text):
        words = f"{words}: {result}"
    return Arrow("cycle", words, cycle_url(one), one.decided_on or one.begins_on)


def due_cycles(person: Person) -> Iterable[Due]:
    """Lines of the start page: cycles to look back on, weeks that nobody counted."""
    if not person.may(Right.INQUIRE):
        return []
    today, language = timezone.localdate(), reader_language()
    running = list(cycles_of(person).filter(state=CycleState.RUNNING).order_by("until"))
    over = [one for one in running if one.until is not None and one.until < today]
    lines = []
    if over:
        words = ngettext(
            "%(n)s of your cycles is due to be looked back on",
            "%(n)s of your cycles are due to be looked back on",
            len(over),
        ) % {"n": len(over)}
        url = cycle_url(over[0]) if len(over) == 1 else _mine(CycleState.RUNNING)
        lines.append(Due(words, url))
    waiting = [one for one in running if one not in over]
    return [*lines, *_uncounted(waiting, today, language)]


def news_of_cycles(person: Person, since: dt.datetime) -> Iterable[Due]:
    """Teams that took the person in since, and how many cycles others shared."""
    if not person.may(Right.SEE_FINDINGS):
        return
    language = reader_language()
    joined = cycles_of(person).filter(
        members__person=person, members__added_at__gt=since, members__left_at=None
    )
    for one in joined.exclude(made_by=person)[:_FEW]:
        words = _("You are in the team of a cycle: %(title)s") % {
            "title": title_of(one, language).text
        }
        yield Due(words, cycle_url(one))
    own = cycles_of(person).values("pk")
    shared = cycles_read_by(person).filter(shared_at__gt=since).exclude(pk__in=own)
    if count := shared.count():
        words = ngettext(
            "A team shared %(n)s cycle", "Teams shared %(n)s cycles", count
        ) % {"n": count}
        yield Due(words, reverse("cycles"))


def _mine(state: str) -> str:
    return f"{reverse('cycles')}?mine=yes&state={state}"


def _uncounted(
    running: list[Cycle], today: dt.date, language: Language
) -> Iterable[Due]:
    """Running cycles with a measure kept by hand whose last full week is not there."""
    last_monday = today - dt.timedelta(days=today.weekday()) - _A_WEEK
    begun = {one.pk: one for one in running if one.begins_on and one.begins_on <= today}
    rows = (
        Cycle.objects.filter(
            pk__in=begun,
            measures__kind__in=_BY_HAND,
            measures__removed_at=None,
        )
        .annotate(latest=Max("measures__weeks__week_on"))
        .values_list("pk", "latest")
    )
    for pk, latest in rows:
        one = begun[pk]
        begins = one.begins_on or today
        if begins > last_monday + _A_WEEK or (latest and latest >= last_monday):
            continue
        words = _("Last week is not counted yet: %(title)s") % {
            "title": title_of(one, language).text
        }
        yield Due(words, cycle_url(one))
