"""Who reads and writes maps of practice."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from evenrise.workspace.learning.access import may_organize
from evenrise.workspace.learning.models import ICMap, MapState
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right


def may_write_map(person: Person, one: ICMap) -> bool:
    """Whoever organizes learning of the district; and who began the map."""
    if may_organize(person, None):
        return True
    return one.made_by_id == person.pk and person.may(Right.ORGANIZE_LEARNING)


def maps_read_by(person: Person) -> QuerySet[ICMap]:
    """Maps in use and those that were, for everybody; in work, for their writers."""
    maps = ICMap.objects.filter(removed_at__isnull=True)
    if may_organize(person, None):
        return maps
    return maps.filter(~Q(state=MapState.DRAFT) | Q(made_by=person))
