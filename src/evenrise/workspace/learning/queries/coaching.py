"""Coaching cycles as the two people of each read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.due import Due
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.learning.access import coaching_of
from evenrise.workspace.learning.models import (
    Coaching,
    CoachingNote,
    Component,
    MapState,
    NoteKind,
)
from evenrise.workspace.people.models import Person


_ORDER = tuple(NoteKind)
_FIRST = {
    NoteKind.OBSERVATION: gettext_lazy("Write an observation"),
    NoteKind.FEEDBACK: gettext_lazy("Write feedback"),
    NoteKind.REFLECTION: gettext_lazy("Write a reflection"),
    NoteKind.NEXT: gettext_lazy("Write the next step"),
}
_MOST = 200
_DUE_LINES = 2


@dataclass(frozen=True, slots=True)
class CoachingLine:
    """A coaching cycle as a row shows it."""

    url: str
    other: str
    role: str
    goal: str
    state: str
    last: str
    waits: bool  # for the reader's yes


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note as the page shows it."""

    key: int
    kind: str
    day: str
    text: str
    by: str
    mine: bool
    removed: bool
    changed: str


@dataclass(frozen=True, slots=True)
class NextKind:
    """A step that can be written now."""

    url: str
    words: str


@dataclass(frozen=True, slots=True)
class CoachingPage:
    """A coaching cycle as one of its two reads it."""

    one: Coaching
    other: str
    coaches: bool
    component: str
    map: str  # the map's slug; empty where no component is the goal
    begins: str
    ends: str
    agreed: str
    closed: str
    asked_me: bool
    notes: tuple[NoteShown, ...]
    writes: bool
    main: NextKind
    further: tuple[NextKind, ...]
    coach_left: bool  # the coach leads the colleague by now, and reads it no more


def coaching_or_404(person: Person, key: int) -> Coaching:
    """A coaching cycle of the person's.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = (
        coaching_of(person)
        .select_related("coach", "colleague", "component__map")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def note_or_404(person: Person, coaching: Coaching, key: int) -> CoachingNote:
    """A note of the cycle that the person wrote.

    Raises:
        Http404: when it is not there, or somebody else's.
    """
    found = coaching.notes.filter(pk=key, by=person, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def coaching_lines(person: Person) -> tuple[CoachingLine, ...]:
    """The person's coaching cycles: what waits first, then the open ones."""
    rows = (
        coaching_of(person)
        .select_related("coach", "colleague")
        .annotate(last=Max("notes__on", filter=Q(notes__removed_at__isnull=True)))
    )
    language = reader_language()
    found = [(row, _line(person, row, language)) for row in rows[:_MOST]]
    found.sort(key=lambda one: (one[0].closed_at is not None, not one[1].waits))
    return tuple(line for _row, line in found)


def _line(person: Person, row: Coaching, language: Language) -> CoachingLine:
    coaches = row.coach_id == person.pk
    return CoachingLine(
        reverse("coaching", args=(row.pk,)),
        (row.colleague if coaches else row.coach).name,
        _("I coach") if coaches else _("I am coached"),
        row.goal,
        _state(person, row),
        day_words(getattr(row, "last", None), language),
        row.agreed_at is None and row.by_id != person.pk,
    )


def _state(person: Person, row: Coaching) -> str:
    if row.closed_at is not None:
        return _("Closed")
    if row.agreed_at is not None:
        return _("Going on")
    return _("Waits for an answer") if row.by_id == person.pk else _("Waits for you")


def coaching_page(person: Person, one: Coaching) -> CoachingPage:
    """Everything about one cycle, for one of its two.

    Args:
        person: the reader.
        one: a cycle that is theirs.
    """
    language = reader_language()
    coaches = one.coach_id == person.pk
    notes = list(one.notes.select_related("by"))
    standing = [note for note in notes if note.removed_at is None]
    first, *others = _next_kinds(one, standing)
    left = not coaches and not coaching_of(one.coach).filter(pk=one.pk).exists()
    return CoachingPage(
        one=one,
        other=(one.colleague if coaches else one.coach).name,
        coaches=coaches,
        component=component_words(one.component, language) if one.component else "",
        map=one.component.map.slug if one.component else "",
        begins=day_words(one.begins_on, language),
        ends=day_words(one.ends_on, language) if one.ends_on else "",
        agreed=day_words(one.agreed_at, language) if one.agreed_at else "",
        closed=day_words(one.closed_at, language) if one.closed_at else "",
        asked_me=one.agreed_at is None and one.by_id != person.pk,
        notes=tuple(_notes(person, notes, language)),
        writes=one.agreed_at is not None and one.closed_at is None and not left,
        main=first,
        further=tuple(others),
        coach_left=left,
    )


def _notes(
    person: Person, notes: Iterable[CoachingNote], language: Language
) -> Iterable[NoteShown]:
    """What stands; of what was removed each reads only their own."""
    for note in notes:
        mine = note.by_id == person.pk
        if note.removed_at is not None and not mine:
            continue
        yield NoteShown(
            note.pk,
            str(NoteKind(note.kind).label),
            day_words(note.on, language),
            note.text,
            note.by.name,
            mine,
            note.removed_at is not None,
            day_words(note.changed_at, language) if note.changed_at else "",
        )


def _next_kinds(one: Coaching, standing: list[CoachingNote]) -> list[NextKind]:
    """What to write next: the step after the last one; then the others."""
    place = 0
    if standing:
        place = (_ORDER.index(NoteKind(standing[-1].kind)) + 1) % len(_ORDER)
    kinds = _ORDER[place:] + _ORDER[:place]
    url = reverse("coaching_note_new", args=(one.pk,))
    return [NextKind(f"{url}?kind={kind}", str(_FIRST[kind])) for kind in kinds]


def component_words(one: Component, language: Language) -> str:
    """A component with its map, as a choice and a line name it."""
    title, _written = one.map.said("title", language)
    own = one.name_es if language == "es" else one.name_en
    return f"{title}: {own or one.name_en or one.name_es}"


def component_choices(language: Language) -> list[tuple[str, str]]:
    """The components of maps in use, a map after another."""
    rows = (
        Component.objects.filter(removed_at__isnull=True, map__state=MapState.USED)
        .select_related("map")
        .order_by("map__slug", "place", "pk")
    )
    return [("", "–"), *((str(row.pk), component_words(row, language)) for row in rows)]


def coaching_due(person: Person) -> list[Due]:
    """Colleagues who asked and wait for an answer; named, for the one who was asked."""
    waits = (
        coaching_of(person)
        .filter(agreed_at__isnull=True)
        .exclude(by=person)
        .select_related("by")
        .order_by("at")
    )
    return [
        Due(
            _("%(name)s asks to learn together with you") % {"name": row.by.name},
            reverse("coaching", args=(row.pk,)),
            row.at,
        )
        for row in waits[:_DUE_LINES]
    ]
