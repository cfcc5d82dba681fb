"""Verbs on the components of a map: add, change, move, remove, bring back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.learning.actions.maps import (
    free_key,
    held_map,
    put_component,
    touch_map,
)
from evenrise.workspace.learning.map_content import MOST_COMPONENTS, ComponentContent
from evenrise.workspace.learning.models import Component, ICMap
from evenrise.workspace.people.models import Person


def add_component(
    person: Person, *, slug: str, said: ComponentContent, seen: int
) -> Component:
    """Add a component at the end of a map, with its levels.

    Raises:
        NotYours: when the person does not write the map.
        Overtaken: when the map was changed since.
        InputProblem: when the map is full.
    """
    with transaction.atomic():
        one = held_map(person, slug, seen)
        there = list(one.components.values_list("key", "place"))
        if len(there) >= MOST_COMPONENTS:
            raise InputProblem(_("A map has at most 40 components: begin another map."))
        made = Component(
            map=one,
            key=free_key({key for key, _place in there}, said.name.en or said.name.es),
            place=1 + max((place for _key, place in there), default=-1),
        )
        put_component(made, said)
        _done(person, one, "learning.add_component", made)
    return made


def change_component(
    person: Person, *, slug: str, key: str, said: ComponentContent, seen: int
) -> Component:
    """Change the words of a component; practice that was placed stays placed.

    Raises:
        NotYours: when the person does not write the map, or it is not there.
        Overtaken: when the map was changed since.
    """
    with transaction.atomic():
        one = held_map(person, slug, seen)
        found = _held(one, key)
        put_component(found, said)
        _done(person, one, "learning.change_component", found)
    return found


def move_component(person: Person, *, slug: str, key: str, up: bool) -> Component:
    """Move a component one place up or down; at the end it stays.

    Raises:
        NotYours: when the person does not write the map, or it is not there.
    """
    with transaction.atomic():
        one = held_map(person, slug)
        found = _held(one, key)
        order = list(one.components.filter(removed_at=None))
        place = order.index(found)
        other = place + (-1 if up else 1)
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            for number, component in enumerate(order):
                component.place = number
            Component.objects.bulk_update(order, ["place"])
            _done(person, one, "learning.move_component", found)
    return found


def remove_component(
    person: Person, *, slug: str, key: str, again: bool = False
) -> Component:
    """Take a component out of a map, or (`again`) bring it back.

    What was placed at its levels stays with the people whose practice it is.

    Raises:
        NotYours: when the person does not write the map, or it is not there.
    """
    with transaction.atomic():
        one = held_map(person, slug)
        found = _held(one, key, removed=again)
        found.removed_at = None if again else timezone.now()
        found.save(update_fields=["removed_at"])
        verb = "restore" if again else "remove"
        _done(person, one, f"learning.{verb}_component", found)
    return found


def _held(one: ICMap, key: str, *, removed: bool = False) -> Component:
    found = one.components.filter(key=key, removed_at__isnull=not removed).first()
    if found is None:
        raise NotYours
    return found


def _done(person: Person, one: ICMap, verb: str, component: Component) -> None:
    touch_map(one, timezone.now())
    record(person, verb, About("ic_map", one.slug), component=component.key)
