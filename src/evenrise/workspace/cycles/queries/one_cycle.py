"""One cycle as its page shows it, in the order ask, try, study, decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_read_by, in_team, leads
from evenrise.workspace.cycles.content import open_sections
from evenrise.workspace.cycles.further import CYCLE_PARTS
from evenrise.workspace.cycles.models import (
    DECIDED,
    CauseState,
    Cycle,
    CycleState,
    StartsFrom,
)
from evenrise.workspace.cycles.queries.outline import Branch, outline_of
from evenrise.workspace.cycles.queries.team import Member, team_of
from evenrise.workspace.cycles.said import (
    cycle_url,
    group_words,
    state_words,
    title_of,
)
from evenrise.workspace.foundation.page_parts import ShownPart
from evenrise.workspace.insights.models import SaidBy
from evenrise.workspace.insights.shown import day_words, finding_url, listed
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Words, dates_words, rung_url, words_of


# Where parts of other subjects stand: with what is asked, with what is seen, after all.
_ASKED, _SEEN = 20, 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody said when the team asked."""

    key: int
    who: str
    said: str
    when: str


@dataclass(frozen=True, slots=True)
class Considered:
    """A cause, and what the evidence says of it."""

    key: int
    text: str
    state: str
    evidence: str
    ruled_out: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A cycle of the same chain."""

    url: str
    title: Words
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """One of a cycle's texts with its label, in the team's own language."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePage:
    """All that a cycle's page shows this person."""

    title: Words
    answer: str
    state: str
    lang: str  # of the team's texts; blank where it is the page's
    ground: str
    ground_url: str
    headline: Words
    rung: tuple[str, Words] | None
    facts: tuple[tuple[str, str], ...]
    asked: tuple[Told, ...]
    voices: tuple[Heard, ...]
    causes: tuple[Considered, ...]
    outline: tuple[Branch, ...]
    trying: tuple[Told, ...]
    small: tuple[tuple[str, str], ...]  # of what is tried: where, by whom, how small
    when: str
    prediction: str
    locked: str  # on which day the prediction was locked, in a sentence
    studied: tuple[Told, ...]
    result: str
    decision: str
    decided: str  # by whom, and when
    abandoned: bool
    found: Words  # in words for everybody
    before: Near | None
    after: tuple[Near, ...]
    team: tuple[Member, ...]
    shared: str
    writes: bool
    leads: bool
    is_decided: bool
    sections: tuple[str, ...]
    may_undo: bool
    with_asking: tuple[ShownPart, ...]
    with_seeing: tuple[ShownPart, ...]
    beside: tuple[ShownPart, ...]


def cycle_page(
    person: Person, one: Cycle, today: dt.date, language: Language
) -> CyclePage:
    """A cycle with all that this person reads of it.

    Args:
        person: who reads it: of the team, or of everybody once it is shared.
        one: the cycle.
        today: whether its last day has passed.
        language: the reader's.
    """
    writes = person.may(Right.INQUIRE) and in_team(person, one)
    parts = CYCLE_PARTS.shown(person, one)
    ground_url = finding_url(one.finding_key) if one.finding_key else ""
    return CyclePage(
        title=title_of(one, language),
        answer=_answer(one, today, language),
        state=state_words(one.state),
        lang="" if one.language == language else one.language,
        ground=str(StartsFrom(one.starts_from).label),
        ground_url=ground_url,
        headline=words_of(one, "headline", language),
        rung=_rung(one, language),
        facts=tuple(_facts(one, language)),
        asked=_told(
            (_("We notice"), one.notice),
            (_("We wonder"), one.wonder),
            (_("The aim"), one.aim),
        ),
        voices=tuple(_voices(one, language)),
        causes=tuple(_causes(one)),
        outline=outline_of(one),
        trying=_told(
            (_("We try"), one.change),
        ),
        small=tuple(_small(one)),
        when=dates_words(one.begins_on, one.until, language),
        prediction=one.prediction,
        locked=_locked(one, language),
        studied=_told(
            (_("What else happened, and to whom"), one.side_effects),
            (_("What the team learned"), one.learned),
        ),
        result=one.result,
        decision=one.reason,
        decided=_decided(one, language),
        abandoned=one.state == CycleState.ABANDONED,
        found=words_of(one, "text", language),
        before=_near(person, one, language),
        after=tuple(_after(person, one, language)),
        team=team_of(one, person),
        shared=day_words(one.shared_at, language),
        writes=writes,
        leads=writes and leads(person, one),
        is_decided=one.state in DECIDED,
        sections=open_sections(one) if writes else (),
        may_undo=writes and one.state not in DECIDED and one.versions.exists(),
        with_asking=_between(parts, -1, _ASKED),
        with_seeing=_between(parts, _ASKED, _SEEN),
        beside=_between(parts, _SEEN, 1_000),
    )


def measured_parts(person: Person, one: Cycle) -> tuple[ShownPart, ...]:
    """What the cycle watches, for the pages on which a team studies and decides."""
    return _between(CYCLE_PARTS.shown(person, one), _ASKED, _SEEN)


def _between(parts: list[ShownPart], low: int, high: int) -> tuple[ShownPart, ...]:
    return tuple(one for one in parts if low <= one.place < high)


@dataclass(frozen=True, slots=True)
class StartingPage:
    """What is locked once a cycle starts."""

    title: Words
    lang: str
    told: tuple[Told, ...]


def starting_page(one: Cycle, language: Language) -> StartingPage:
    """What the page shows on which a team starts its test."""
    return StartingPage(
        title_of(one, language),
        "" if one.language == language else one.language,
        _told(
            (_("The aim"), one.aim),
            (_("We try"), one.change),
            (_("When"), dates_words(one.begins_on, one.until, language)),
            (_("Prediction"), one.prediction),
        ),
    )


def _told(*pairs: tuple[str, str]) -> tuple[Told, ...]:
    return tuple(Told(label, text) for label, text in pairs if text)


def _answer(one: Cycle, today: dt.date, language: Language) -> str:
    """Where the cycle stands, in one sentence."""
    until = {"day": day_words(one.until, language)}
    if one.state == CycleState.RUNNING and one.until is not None:
        if one.until < today:
            return _("Tried until %(day)s: it is time to look back.") % until
        return _("Being tried until %(day)s.") % until
    tells: dict[str, Callable[[], str]] = {
        CycleState.DRAFT: lambda: _(
            "Being thought through: the team asks before it tries."
        ),
        CycleState.RUNNING: lambda: _("Being tried now."),
        CycleState.STUDIED: lambda: _("The team looked at what happened."),
        CycleState.ADOPTED: lambda: _("The team adopted what it tried."),
        CycleState.ADAPTED: lambda: _("The team goes on with a changed idea."),
        CycleState.ABANDONED: lambda: _(
            "The team abandoned the idea: a good result, kept so that others need not"
            " test it again."
        ),
    }
    return tells[one.state]()


def _rung(one: Cycle, language: Language) -> tuple[str, Words] | None:
    rung = one.rung
    if rung is None or rung.removed_at is not None:
        return None
    return rung_url(rung.plan, rung.key), words_of(rung, "title", language)


def _facts(one: Cycle, language: Language) -> list[tuple[str, str]]:
    found = []
    if one.school:
        found.append((_("School"), one.school.name))
    if groups := group_words(one.groups, language):
        found.append((_("The aim names"), listed(groups)))
    return found


def _small(one: Cycle) -> list[tuple[str, str]]:
    told = (
        (_("Where"), one.where),
        (_("Who does it"), one.who),
        (_("How small"), one.how_small),
    )
    return [(label, words) for label, words in told if words]


def _locked(one: Cycle, language: Language) -> str:
    """When the prediction was locked, and whether that was before the change began."""
    if one.locked_at is None:
        return ""
    told = {"day": day_words(one.locked_at, language)}
    locked_on = timezone.localtime(one.locked_at).date()
    if one.begins_on is not None and locked_on > one.begins_on:
        return _("Locked on %(day)s, when the change had begun already.") % told
    return _("Locked on %(day)s, before the change began.") % told


def _voices(one: Cycle, language: Language) -> list[Heard]:
    rows = one.voices.filter(removed_at=None)
    return [
        Heard(
            voice.pk,
            str(SaidBy(voice.said_by).label)
            + (f" ({voice.how_many})" if voice.how_many else ""),
            voice.said,
            day_words(voice.asked_on, language),
        )
        for voice in rows
    ]


def _causes(one: Cycle) -> list[Considered]:
    return [
        Considered(
            cause.pk,
            cause.text,
            str(CauseState(cause.state).label),
            cause.evidence,
            cause.state == CauseState.RULED_OUT,
        )
        for cause in one.causes.filter(removed_at=None)
    ]


def _decided(one: Cycle, language: Language) -> str:
    if one.decided_by is None or one.decided_on is None:
        return ""
    told = {
        "name": one.decided_by.name,
        "day": day_words(one.decided_on, language),
    }
    return _("%(name)s, %(day)s") % told


def _near(person: Person, one: Cycle, language: Language) -> Near | None:
    """The cycle before, where this person reads it."""
    if one.follows_id is None:
        return None
    found = cycles_read_by(person).filter(pk=one.follows_id).first()
    return _of_chain(found, language) if found else None


def _after(person: Person, one: Cycle, language: Language) -> list[Near]:
    found = cycles_read_by(person).filter(follows=one).order_by("id")
    return [_of_chain(other, language) for other in found]


def _of_chain(one: Cycle, language: Language) -> Near:
    return Near(cycle_url(one), title_of(one, language), state_words(one.state))
