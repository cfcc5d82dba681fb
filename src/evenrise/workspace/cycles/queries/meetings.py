"""Pages of a team's meetings: the protocol, the steps with their notes, the screen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from evenrise.vocabulary.text import Language
from evenrise.workspace.cycles.access import cycles_of, leads
from evenrise.workspace.cycles.models import Cycle, Meeting, MeetingNote
from evenrise.workspace.cycles.protocols import Protocol, protocols
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True)
class Named:
    """A role or a norm as a card shows it."""

    name: str
    does: str = ""
    who: str = ""  # of a meeting: whose role it is


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What was written in a step."""

    key: int
    text: str
    by: str
    mine: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a protocol, in a meeting with its notes."""

    number: int  # from 0, as the model counts
    name: str
    minutes: str
    what: str
    say: str
    now: bool = False
    past: bool = False
    notes: tuple[NoteShown, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtocolCard:
    """A protocol in the reader's language."""

    key: str
    name: str
    purpose: str
    needs: str
    minutes: str
    norms: tuple[str, ...]
    roles: tuple[Named, ...]
    steps: tuple[StepShown, ...]


def protocol_card(one: Protocol, language: Language) -> ProtocolCard:
    """A protocol as a page shows and prints it."""
    return ProtocolCard(
        key=one.key,
        name=one.name[language],
        purpose=one.purpose[language],
        needs=one.needs[language],
        minutes=minutes_words(one.minutes),
        norms=tuple(norm[language] for norm in one.norms),
        roles=tuple(
            Named(role.name[language], role.does[language]) for role in one.roles
        ),
        steps=tuple(_steps(one, language)),
    )


def protocol_cards(language: Language) -> list[ProtocolCard]:
    """Every protocol."""
    return [protocol_card(one, language) for one in protocols().values()]


def minutes_words(number: int) -> str:
    """So many minutes."""
    return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}


def _steps(
    one: Protocol,
    language: Language,
    now: int | None = None,
    notes: dict[int, list[NoteShown]] | None = None,
) -> list[StepShown]:
    told = notes or {}
    return [
        StepShown(
            number=number,
            name=step.name[language],
            minutes=minutes_words(step.minutes),
            what=step.what[language],
            say=step.say[language],
            now=number == now,
            past=now is not None and number < now,
            notes=tuple(told.get(number, ())),
        )
        for number, step in enumerate(one.steps)
    ]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting: where it stands, its steps and notes, its roles."""

    meeting: Meeting
    card: ProtocolCard
    on: str
    roles: tuple[Named, ...]
    steps: tuple[StepShown, ...]
    step: StepShown | None  # the one that runs
    seen: int
    back: int | None
    on_to: int | None
    left: str  # of the step's minutes
    answer: str


def meeting_of(person: Person, key: int) -> Meeting | None:
    """A meeting of the person's team; None where it is not there or not theirs."""
    if not person.may(Right.INQUIRE):
        return None
    found = Meeting.objects.select_related("cycle").filter(
        pk=key, removed_at__isnull=True, cycle__in=cycles_of(person).values("pk")
    )
    return found.first()


def note_of(person: Person, key: int) -> MeetingNote | None:
    """The person's own note in a meeting of their team."""
    found = MeetingNote.objects.select_related("meeting").filter(
        pk=key, removed_at__isnull=True, by=person
    )
    one = found.first()
    if one is None or meeting_of(person, one.meeting_id) is None:
        return None
    return one


def meeting_page(
    person: Person, one: Meeting, now: dt.datetime, language: Language
) -> MeetingPage:
    """A meeting's page, and its screen.

    Args:
        person: who reads it.
        one: the meeting.
        now: the moment at which minutes are counted.
        language: the reader's.
    """
    told = protocols()[one.protocol]
    runs = one.step if one.ended_at is None else None
    steps = _steps(told, language, runs, _notes(person, one))
    last = len(steps) - 1
    return MeetingPage(
        meeting=one,
        card=protocol_card(told, language),
        on=day_words(one.on, language),
        roles=tuple(
            Named(role.name[language], role.does[language], one.roles.get(role.key, ""))
            for role in told.roles
        ),
        steps=tuple(steps),
        step=None if runs is None else steps[runs],
        seen=-1 if one.step is None else one.step,
        back=runs - 1 if runs else None,
        on_to=_next(one, last),
        left="" if runs is None else _left(one, told.steps[runs].minutes, now),
        answer=_answer(one, steps, language),
    )


def _next(one: Meeting, last: int) -> int | None:
    if one.ended_at is not None:
        return None
    if one.step is None:
        return 0
    return one.step + 1 if one.step < last else None


def _left(one: Meeting, minutes: int, now: dt.datetime) -> str:
    """How much of a step's time is left, in whole minutes."""
    if one.step_at is None:
        return ""
    seconds = minutes * 60 - (now - one.step_at).total_seconds()
    if seconds > 60:
        number = round(seconds / 60)
        return ngettext("%(n)d minute left", "%(n)d minutes left", number) % {
            "n": number
        }
    if seconds > 0:
        return _("The last minute")
    return _("The time of this step is over")


def _answer(one: Meeting, steps: list[StepShown], language: Language) -> str:
    if one.ended_at is not None:
        return _("Ended on %(day)s.") % {"day": day_words(one.ended_at, language)}
    if one.step is None:
        return _("Planned for %(day)s; not begun yet.") % {
            "day": day_words(one.on, language)
        }
    told = {"number": one.step + 1, "all": len(steps), "name": steps[one.step].name}
    return _("Step %(number)d of %(all)d: %(name)s.") % told


def _notes(person: Person, one: Meeting) -> dict[int, list[NoteShown]]:
    lead = leads(person, one.cycle)
    found: dict[int, list[NoteShown]] = defaultdict(list)
    for note in one.notes.filter(removed_at__isnull=True).select_related("by"):
        mine = note.by_id == person.pk
        found[note.step].append(
            NoteShown(note.pk, note.text, note.by.name, mine, mine or lead)
        )
    return found


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a cycle's record: its notes, in the order of the steps."""

    url: str
    name: str
    on: str
    question: str
    state: str
    notes: tuple[tuple[str, str], ...]  # step, text


@dataclass(frozen=True, slots=True)
class CycleMeetings:
    """The meetings of a cycle, newest first."""

    cycle: Cycle
    lines: tuple[MeetingLine, ...]
    new: str


def meetings_of_cycle(person: Person, cycle: Cycle) -> CycleMeetings | None:
    """A part of a cycle's page, for its team alone: what was said in meetings."""
    if not person.may(Right.INQUIRE) or not _in_team(person, cycle):
        return None
    language = reader_language()
    meetings = list(
        cycle.meetings.filter(removed_at__isnull=True).prefetch_related("notes")
    )
    return CycleMeetings(
        cycle,
        tuple(_meeting_line(one, language) for one in meetings),
        reverse("cycle_meeting_new", args=[cycle.pk]),
    )


def _in_team(person: Person, cycle: Cycle) -> bool:
    return cycles_of(person).filter(pk=cycle.pk).exists()


def _meeting_line(one: Meeting, language: Language) -> MeetingLine:
    told = protocols()[one.protocol]
    return MeetingLine(
        url=reverse("cycle_meeting", args=[one.pk]),
        name=told.name[language],
        on=day_words(one.on, language),
        question=one.question,
        state=_state(one),
        notes=tuple(
            (told.steps[note.step].name[language], note.text)
            for note in one.notes.all()
            if note.removed_at is None and note.step < len(told.steps)
        ),
    )


def _state(one: Meeting) -> str:
    if one.ended_at is not None:
        return _("held")
    return _("planned") if one.step is None else _("under way")


def team_names(cycle: Cycle) -> list[str]:
    """The names of the people in a cycle's team now."""
    found = cycle.members.filter(left_at__isnull=True)
    return sorted(found.values_list("person__name", flat=True), key=str.casefold)
