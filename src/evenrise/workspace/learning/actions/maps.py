"""Verbs on maps of practice: begin, change, bring a file, use, retire, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.learning.access_maps import maps_read_by, may_write_map
from evenrise.workspace.learning.map_content import (
    ComponentContent,
    MapContent,
    Pair,
    examples,
)
from evenrise.workspace.learning.models import (
    Component,
    ICMap,
    Level,
    MapState,
    Standard,
)
from evenrise.workspace.learning.queries.map_content import content_of
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions.languages import put_words
from evenrise.workspace.plans.actions.slugs import free_slug


# Words that addresses of the room begin with.
_TAKEN = frozenset({"new", "mine", "bring"})


def begin_map(
    person: Person, *, said: MapContent, begin: str = "", standard: int | None = None
) -> ICMap:
    """Begin a map: empty, with an example, or as a copy of another map.

    Args:
        person: who begins it.
        said: its own words; a blank title, role or text is taken from what it begins
            with.
        begin: blank, `example:KEY` or `map:SLUG`.
        standard: the standard it belongs to.

    Raises:
        NotYours: without the right to organize learning.
        InputProblem: when what it begins with is not there, or it has no title.
    """
    if not person.may(Right.ORGANIZE_LEARNING):
        raise NotYours
    content = _beginning(person, begin)
    told = MapContent(
        title=said.title or content.title,
        role=said.role or content.role,
        text=said.text or content.text,
        levels=content.levels if content.components else said.levels,
        components=content.components or said.components,
    )
    return _make(person, told, standard=standard, example=begin.startswith("example:"))


def bring_map(person: Person, *, content: MapContent) -> ICMap:
    """Begin a map with what a file says.

    Raises:
        NotYours: without the right to organize learning.
        InputProblem: when the file names no title.
    """
    if not person.may(Right.ORGANIZE_LEARNING):
        raise NotYours
    return _make(person, content, standard=None, example=False)


def _make(
    person: Person, told: MapContent, *, standard: int | None, example: bool
) -> ICMap:
    if not told.title:
        raise InputProblem(_("Write a title in English, in Spanish, or in both."))
    now = timezone.now()
    with transaction.atomic():
        made = ICMap(
            slug=free_slug(
                ICMap.objects, told.title.en or told.title.es, "map", _TAKEN
            ),
            levels=told.levels,
            example=example,
            standard=_standard(standard),
            made_by=person,
            made_at=now,
            changed_at=now,
        )
        put_words(made, _own_words(told))
        made.save()
        _put_components(made, [replace(one, key="") for one in told.components])
        record(person, "learning.begin_map", _about(made))
    return made


def change_map(
    person: Person,
    *,
    slug: str,
    said: MapContent,
    seen: int,
    standard: int | None = None,
) -> ICMap:
    """Change what a map says of itself; how many levels, while it has no component.

    Raises:
        NotYours: when the person does not write the map.
        Overtaken: when the map was changed since.
        InputProblem: when its levels cannot change any more.
    """
    with transaction.atomic():
        one = held_map(person, slug, seen)
        if said.levels != one.levels and one.components.exists():
            raise InputProblem(
                _("Its components have their levels already: their number stays.")
            )
        put_words(one, _own_words(said))
        one.levels = said.levels
        one.standard = _standard(standard)
        one.save()
        touch_map(one, timezone.now())
        record(person, "learning.change_map", _about(one))
    return one


def put_file(person: Person, *, slug: str, content: MapContent, seen: int) -> ICMap:
    """Put the words of a file into a map: components that it names by key change.

    A component that the file does not have is taken out and can come back.

    Raises:
        NotYours: when the person does not write the map.
        Overtaken: when the map was changed since.
        InputProblem: when the map is in use.
    """
    with transaction.atomic():
        one = held_map(person, slug, seen)
        if one.state != MapState.DRAFT:
            raise InputProblem(
                _(
                    "This map is in use: change its words on its page, or bring the"
                    " file as a new map."
                )
            )
        if content.title:
            put_words(one, _own_words(content))
        one.levels = content.levels
        one.save()
        now = timezone.now()
        kept = {component.key for component in content.components if component.key}
        one.components.filter(removed_at=None).exclude(key__in=kept).update(
            removed_at=now
        )
        _put_components(one, content.components)
        touch_map(one, now)
        record(person, "learning.bring_map", _about(one))
    return one


def set_state(person: Person, *, slug: str, state: MapState) -> ICMap:
    """Use a map, or no longer; what was placed stays.

    Raises:
        NotYours: when the person does not write the map.
        InputProblem: when a map that is to be used is not whole.
    """
    with transaction.atomic():
        one = held_map(person, slug)
        if state == MapState.USED:
            _refuse_unfinished(one)
        one.state = state
        one.version += 1
        one.save(update_fields=["state", "version"])
        record(person, f"learning.map_{state.value}", _about(one))
    return one


def remove_map(person: Person, *, slug: str, again: bool = False) -> ICMap:
    """Remove a map in work, or (`again`) bring it back.

    Raises:
        NotYours: when the person does not write the map, or it is in use.
    """
    with transaction.atomic():
        one = (
            ICMap.objects.select_for_update()
            .filter(slug=slug, removed_at__isnull=not again)
            .first()
        )
        if one is None or not may_write_map(person, one) or one.state == MapState.USED:
            raise NotYours
        one.removed_at = None if again else timezone.now()
        one.save(update_fields=["removed_at"])
        verb = "learning.restore_map" if again else "learning.remove_map"
        record(person, verb, _about(one))
    return one


def held_map(person: Person, slug: str, seen: int | None = None) -> ICMap:
    """A map that the person writes, held until the verb is done.

    Raises:
        NotYours: when it is not there, or not theirs.
        Overtaken: when it was changed since the page was opened.
    """
    found = (
        ICMap.objects.select_for_update(of=("self",))
        .filter(slug=slug, removed_at=None)
        .first()
    )
    if found is None or not may_write_map(person, found):
        raise NotYours
    if seen is not None and found.version != seen:
        raise Overtaken
    return found


def touch_map(one: ICMap, now: datetime) -> None:
    """Count a change of anything in the map."""
    ICMap.objects.filter(pk=one.pk).update(
        version=F("version") + 1, changed_at=now, example=False
    )
    one.refresh_from_db(fields=["version", "changed_at", "example"])


def free_key(used: set[str], name: str) -> str:
    """A key that no component of the map has."""
    begins = slugify(name)[:34].strip("-") or "component"
    found, number = begins, 2
    while found in used:
        found, number = f"{begins}-{number}", number + 1
    return found


def put_component(component: Component, said: ComponentContent) -> None:
    """Put words into a component that is saved, and into its levels."""
    component.name_en, component.name_es = said.name.en, said.name.es
    component.outcome_en, component.outcome_es = said.outcome.en, said.outcome.es
    component.save()
    Level.objects.bulk_create(
        [
            Level(component=component, number=number, text_en=pair.en, text_es=pair.es)
            for number, pair in enumerate(said.levels, 1)
        ],
        update_conflicts=True,
        unique_fields=["component", "number"],
        update_fields=["text_en", "text_es"],
    )


def _put_components(one: ICMap, said: Sequence[ComponentContent]) -> None:
    known = {component.key: component for component in one.components.all()}
    used = set(known)
    for place, told in enumerate(said):
        component = known.get(told.key) if told.key else None
        if component is None:
            key = free_key(used, told.name.en or told.name.es)
            used.add(key)
            component = Component(map=one, key=key)
        component.place, component.removed_at = place, None
        put_component(component, told)
        component.levels.filter(number__gt=len(told.levels)).delete()


def _beginning(person: Person, begin: str) -> MapContent:
    how, _colon, name = begin.partition(":")
    if how == "example" and name in examples():
        return examples()[name]
    if how == "map":
        other = maps_read_by(person).filter(slug=name).first()
        if other is not None:
            return content_of(other)
    if how:
        raise InputProblem(_("The map to begin with is not here; choose another."))
    return MapContent(Pair())


def _refuse_unfinished(one: ICMap) -> None:
    """A map in use has a component, and words at every level.

    Raises:
        InputProblem: when something is missing.
    """
    components = content_of(one).components
    if not components:
        raise InputProblem(_("Write at least one component before it is used."))
    for component in components:
        if len(component.levels) < one.levels or not all(component.levels):
            name = component.name.en or component.name.es
            raise InputProblem(
                _("Write every level of “%(name)s” before the map is used.")
                % {"name": name}
            )


def _own_words(said: MapContent) -> dict[str, str]:
    return {
        f"{name}_{code}": getattr(getattr(said, name), code)
        for name in ("title", "role", "text")
        for code in ("en", "es")
    }


def _standard(key: int | None) -> Standard | None:
    if key is None:
        return None
    return Standard.objects.filter(pk=key, removed_at=None).first()


def _about(one: ICMap) -> About:
    return About("ic_map", one.slug)
