"""Learning walks as those who go, and later the school, read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from evenrise.vocabulary.text import Language
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.learning.access import walks_read_by
from evenrise.workspace.learning.models import (
    ICMap,
    LearningWalk,
    MapState,
    WalkNote,
)
from evenrise.workspace.people.models import Person


MOST = 200


@dataclass(frozen=True, slots=True)
class WalkLine:
    """A walk as a row shows it."""

    url: str
    question: str
    school: str
    day: str
    state: str


@dataclass(frozen=True, slots=True)
class SeenShown:
    """What was seen in a stop. Who wrote it is known to its writer alone."""

    key: int
    stop: int
    seen: str
    wondered: str
    mine: bool


@dataclass(frozen=True, slots=True)
class WalkPage:
    """A walk as one reader may read it."""

    one: LearningWalk
    day: str
    walks: bool  # goes along, and writes
    planned: bool  # by the reader
    walkers: str
    notes: tuple[SeenShown, ...]
    removed_notes: tuple[SeenShown, ...]  # the reader's own
    shared: str
    map: str
    map_language: Language
    removed: bool


def walk_or_404(person: Person, key: int) -> LearningWalk:
    """A walk of the person's, or one that their school was told of.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = walks_read_by(person).select_related("school", "map").filter(pk=key).first()
    if found is None:
        found = (
            LearningWalk.objects.select_related("school", "map")
            .filter(pk=key, by=person)
            .first()
        )
    if found is None:
        raise Http404
    return found


def walk_lines(person: Person) -> tuple[WalkLine, ...]:
    """The walks that the person reads, the latest first."""
    rows = walks_read_by(person).select_related("school").order_by("-on", "-pk")
    language = reader_language()
    return tuple(
        WalkLine(
            reverse("walk", args=(row.pk,)),
            row.question,
            row.school.name,
            day_words(row.on, language),
            _("Shared with the school") if row.shared_at else _("For those who go"),
        )
        for row in rows[:MOST]
    )


def walk_page(person: Person, one: LearningWalk) -> WalkPage:
    """A walk with what was seen, stop by stop.

    Args:
        person: the reader.
        one: as `walk_or_404` gives it.
    """
    language = reader_language()
    people = list(one.walkers.order_by("name"))
    walks = one.by_id == person.pk or any(them.pk == person.pk for them in people)
    rows = list(one.notes.order_by("stop", "pk"))
    title: tuple[str, Language] = (
        one.map.said("title", language) if one.map else ("", language)
    )
    return WalkPage(
        one=one,
        day=day_words(one.on, language),
        walks=walks and one.removed_at is None,
        planned=one.by_id == person.pk,
        walkers=", ".join(them.name for them in people),
        notes=tuple(_shown(person, row) for row in rows if row.removed_at is None),
        removed_notes=tuple(
            _shown(person, row)
            for row in rows
            if row.removed_at is not None and row.by_id == person.pk
        ),
        shared=day_words(one.shared_at, language) if one.shared_at else "",
        map=title[0],
        map_language=title[1],
        removed=one.removed_at is not None,
    )


def _shown(person: Person, row: WalkNote) -> SeenShown:
    return SeenShown(row.pk, row.stop, row.seen, row.wondered, row.by_id == person.pk)


def walk_note_or_404(person: Person, walk: LearningWalk, key: int) -> WalkNote:
    """A note of the walk that the person wrote.

    Raises:
        Http404: when it is not there, or somebody else's.
    """
    found = walk.notes.filter(pk=key, by=person, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def map_choices(language: Language) -> list[tuple[str, str]]:
    """The maps of practice that are in use."""
    rows = ICMap.objects.filter(state=MapState.USED, removed_at__isnull=True)
    return [("", "–"), *((str(row.pk), row.said("title", language)[0]) for row in rows)]
