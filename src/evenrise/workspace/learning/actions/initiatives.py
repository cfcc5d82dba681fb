"""Verbs about initiatives: begin one, change it, start and end it, mend its chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.cycles.models import Practice
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.models import (
    ICMap,
    Initiative,
    InitiativeState,
    Mended,
)
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.slugs import free_slug
from evenrise.workspace.plans.models import Rung


_TAKEN = frozenset({"new"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeSaid:
    """What an initiative says: words, links of its chain, for whom, since when."""

    title_en: str
    title_es: str
    text_en: str = ""
    text_es: str = ""
    practice: Practice | None = None
    rung: Rung | None = None
    map: ICMap | None = None
    hours: Decimal | None = None
    level: int = 2
    roles: Sequence[str] = ()
    schools: Sequence[School] = ()
    indicator: str = ""
    group_family: str = ""
    group: str = ""
    begins_on: dt.date


def organizes(person: Person, schools: Sequence[str]) -> bool:
    """Whether the person organizes learning at all these schools (none: district)."""
    places = places_with(person, Right.ORGANIZE_LEARNING)
    return all(places.hold(one) for one in schools) if schools else places.hold(None)


def begin_initiative(person: Person, *, said: InitiativeSaid) -> Initiative:
    """Begin an initiative; it waits until somebody starts it.

    Raises:
        NotYours: when the person does not organize learning at its schools.
        InputProblem: when it counts from a level that the map does not have.
    """
    _check(person, said)
    with transaction.atomic():
        one = Initiative(
            slug=free_slug(
                Initiative.objects, said.title_en or said.title_es, "initiative", _TAKEN
            ),
            made_by=person,
            lead=person,
        )
        _put(one, said)
        one.save()
        one.schools.set(said.schools)
        record(person, "learning.begin_initiative", _about(one))
    return one


def change_initiative(
    person: Person, *, slug: str, said: InitiativeSaid, seen: int
) -> Initiative:
    """Change what an initiative says.

    Raises:
        NotYours: when it is not the person's to change.
        Overtaken: when it was changed since.
        InputProblem: when it counts from a level that the map does not have.
    """
    _check(person, said)
    with transaction.atomic():
        one = held_initiative(person, slug)
        if one.version != seen:
            raise Overtaken
        _put(one, said)
        one.version += 1
        one.save()
        one.schools.set(said.schools)
        record(person, "learning.change_initiative", _about(one))
    return one


def move_initiative(person: Person, *, slug: str, state: str) -> Initiative:
    """Start it, end it, or take either back.

    Raises:
        NotYours: when it is not the person's to change.
        InputProblem: when there is no such state.
    """
    with transaction.atomic():
        one = held_initiative(person, slug)
        if state not in InitiativeState.values:
            raise InputProblem(_("Say whether it is prepared, under way or ended."))
        one.state, one.changed_at = state, timezone.now()
        one.version += 1
        one.save(update_fields=["state", "changed_at", "version"])
        record(person, "learning.move_initiative", _about(one), state=state)
    return one


def remove_initiative(person: Person, *, slug: str, back: bool = False) -> Initiative:
    """Take an initiative away; what was noted stays, and it can come back.

    Raises:
        NotYours: when it is not the person's.
    """
    with transaction.atomic():
        one = held_initiative(person, slug, removed=back)
        one.removed_at = None if back else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "learning.restore_initiative" if back else "learning.remove_initiative"
        record(person, verb, _about(one))
    return one


def note_mended(
    person: Person, *, slug: str, link: str, text_en: str, text_es: str
) -> Mended:
    """Say what was mended where the chain broke.

    Raises:
        NotYours: when the initiative is not the person's to change.
        InputProblem: when nothing is said.
    """
    if not (text_en.strip() or text_es.strip()):
        raise InputProblem(_("Say what was mended, in one of the two languages."))
    with transaction.atomic():
        one = held_initiative(person, slug)
        mended = Mended.objects.create(
            initiative=one, link=link, text_en=text_en, text_es=text_es, by=person
        )
        record(person, "learning.note_mended", _about(one), link=link)
    return mended


def take_mended_back(person: Person, *, slug: str, mended: int) -> None:
    """Take back what was said of mending.

    Raises:
        NotYours: when it is not there, or not the person's.
    """
    with transaction.atomic():
        one = held_initiative(person, slug)
        found = one.mended.filter(pk=mended, removed_at__isnull=True)
        if not found.update(removed_at=timezone.now()):
            raise NotYours
        record(person, "learning.take_mended_back", _about(one))


def held_initiative(person: Person, slug: str, *, removed: bool = False) -> Initiative:
    """The initiative, held until the transaction ends, when the person organizes it.

    Raises:
        NotYours: when it is not there, or not theirs.
    """
    found = Initiative.objects.select_for_update().filter(
        slug=slug, removed_at__isnull=not removed
    )
    one = found.first()
    if one is None or not organizes(
        person, [str(school.pk) for school in one.schools.all()]
    ):
        raise NotYours
    return one


def _check(person: Person, said: InitiativeSaid) -> None:
    if not organizes(person, [str(school.pk) for school in said.schools]):
        raise NotYours
    if said.map is not None and said.level > said.map.levels:
        raise InputProblem(
            _("The map has %(levels)s levels: choose one of them.")
            % {"levels": said.map.levels}
        )


def _put(one: Initiative, said: InitiativeSaid) -> None:
    words = {
        name: getattr(said, name)
        for name in ("title_en", "title_es", "text_en", "text_es")
    }
    put_words(one, words)
    one.practice, one.rung, one.map = said.practice, said.rung, said.map
    one.hours, one.level, one.roles = said.hours, said.level, list(said.roles)
    one.indicator = said.indicator
    one.group_family, one.group = said.group_family, said.group
    one.begins_on = said.begins_on
    one.begins_year = SchoolYear.of(said.begins_on).spring
    one.changed_at = timezone.now()


def _about(one: Initiative) -> About:
    return About("initiative", one.slug)
