"""Learning walks: planned, walked, shared with the school. They name nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access import colleagues, walks_of
from evenrise.workspace.learning.models import ICMap, LearningWalk, WalkNote
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkTold:
    """Where, when, with which question, and who goes."""

    school: School
    on: dt.date
    question: str
    map: ICMap | None
    walkers: Collection[Person]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen and wondered in one stop."""

    stop: int
    seen: str
    wondered: str


def make_walk(person: Person, *, told: WalkTold) -> LearningWalk:
    """Plan a walk; whoever plans it goes along.

    Raises:
        NotYours: when somebody who goes does not learn here.
    """
    if not person.may(Right.INQUIRE):
        raise NotYours
    _refuse_strangers(told)
    with transaction.atomic():
        walk = LearningWalk.objects.create(
            school=told.school,
            on=told.on,
            question=told.question.strip(),
            map=told.map,
            by=person,
        )
        walk.walkers.set({person, *told.walkers})
        record(person, "learning.make_walk", _about(walk))
    return walk


def change_walk(person: Person, *, walk: int, told: WalkTold) -> LearningWalk:
    """Change a walk; whoever planned it may.

    Another school has not been told of it: the walk is then shared no more.

    Raises:
        NotYours: for anybody else, or when somebody who goes does not learn here.
    """
    with transaction.atomic():
        one = _planned_by(person, walk)
        _refuse_strangers(told, known=set(one.walkers.values_list("pk", flat=True)))
        if one.school_id != told.school.pk:
            one.shared_at = None
        one.school, one.on = told.school, told.on
        one.question, one.map = told.question.strip(), told.map
        one.save(update_fields=["school", "on", "question", "map", "shared_at"])
        one.walkers.set({person, *told.walkers})
        record(person, "learning.change_walk", _about(one))
    return one


def note_walk(person: Person, *, walk: int, seen: Seen) -> WalkNote:
    """Write what was seen and wondered in a stop; every walker may.

    Raises:
        NotYours: for whoever does not go along.
    """
    with transaction.atomic():
        one = _walked(person, walk)
        note = WalkNote.objects.create(
            walk=one,
            stop=seen.stop,
            seen=seen.seen.strip(),
            wondered=seen.wondered.strip(),
            by=person,
        )
        record(person, "learning.note_walk", _about(one))
    return note


def change_walk_note(person: Person, *, note: int, seen: Seen) -> WalkNote:
    """Change what I wrote.

    Raises:
        NotYours: for anybody but its writer.
    """
    with transaction.atomic():
        one = _own_note(person, note)
        one.stop, one.seen = seen.stop, seen.seen.strip()
        one.wondered = seen.wondered.strip()
        one.save(update_fields=["stop", "seen", "wondered"])
        record(person, "learning.change_walk_note", _about(one.walk))
    return one


def remove_walk_note(person: Person, *, note: int, gone: bool = True) -> WalkNote:
    """Remove what I wrote, or bring it back.

    Raises:
        NotYours: for anybody but its writer.
    """
    with transaction.atomic():
        one = _own_note(person, note, removed=not gone)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "remove" if gone else "restore"
        record(person, f"learning.{verb}_walk_note", _about(one.walk))
    return one


def thank(person: Person, *, walk: int, thanks: str, seen: str) -> LearningWalk:
    """Write what the school hears afterwards.

    Raises:
        NotYours: for anybody but who planned the walk.
        Overtaken: when it was changed in another window meanwhile.
    """
    with transaction.atomic():
        one = _planned_by(person, walk)
        if one.thanks.split() != seen.split():  # browsers change line ends
            raise Overtaken
        one.thanks = thanks.strip()
        one.save(update_fields=["thanks"])
        record(person, "learning.thank_walk", _about(one))
    return one


def share_walk(person: Person, *, walk: int, shared: bool = True) -> LearningWalk:
    """Share a walk with the staff of the school, or take it back.

    Raises:
        NotYours: for anybody but who planned the walk.
    """
    with transaction.atomic():
        one = _planned_by(person, walk)
        one.shared_at = timezone.now() if shared else None
        one.save(update_fields=["shared_at"])
        verb = "learning.share_walk" if shared else "learning.unshare_walk"
        record(person, verb, _about(one))
    return one


def remove_walk(person: Person, *, walk: int, gone: bool = True) -> LearningWalk:
    """Remove a walk, or bring it back.

    Raises:
        NotYours: for anybody but who planned it.
    """
    with transaction.atomic():
        one = _planned_by(person, walk, removed=not gone)
        one.removed_at = timezone.now() if gone else None
        one.save(update_fields=["removed_at"])
        verb = "learning.remove_walk" if gone else "learning.restore_walk"
        record(person, verb, _about(one))
    return one


def _refuse_strangers(told: WalkTold, known: Collection[int] = ()) -> None:
    wanted = {one.pk for one in told.walkers} - set(known)
    if colleagues().filter(pk__in=wanted).count() < len(wanted):
        raise NotYours


def _planned_by(person: Person, key: int, *, removed: bool = False) -> LearningWalk:
    one = (
        LearningWalk.objects.select_for_update()
        .filter(pk=key, by=person, removed_at__isnull=not removed)
        .first()
    )
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    return one


def _walked(person: Person, key: int) -> LearningWalk:
    one = walks_of(person).filter(pk=key).first()
    if one is None or not person.may(Right.INQUIRE):
        raise NotYours
    return one


def _own_note(person: Person, key: int, *, removed: bool = False) -> WalkNote:
    one = (
        WalkNote.objects.select_for_update(of=("self",))
        .select_related("walk")
        .filter(pk=key, by=person, removed_at__isnull=not removed)
        .first()
    )
    if one is None:
        raise NotYours
    _walked(person, one.walk_id)
    return one


def _about(walk: LearningWalk) -> About:
    return About("learning_walk", str(walk.pk))
