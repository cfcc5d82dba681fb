"""A map of practice in use, with placements of many people, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from evenrise.workspace.learning.actions.maps import begin_map, set_state
from evenrise.workspace.learning.map_content import MapContent, Pair
from evenrise.workspace.learning.models import (
    ICMap,
    MapState,
    PlacedBy,
    Placement,
)
from evenrise.workspace.people.models import Person


SEEN = "Three names are still new to me zq72"


def make_map(cast: dict[str, Person], *, used: bool = True) -> ICMap:
    """The example map of a teacher, begun by the superintendent."""
    lead = cast["superintendent"]
    made = begin_map(lead, said=MapContent(Pair()), begin="example:every-student-known")
    if used:
        made = set_state(lead, slug=made.slug, state=MapState.USED)
    return made


def place_self(one: ICMap, person: Person) -> Placement:
    """A placement of somebody's own practice on the first component."""
    component = one.components.first()
    assert component is not None
    return Placement.objects.create(
        component=component,
        person=person,
        level=3,
        evidence=SEEN,
        kind=PlacedBy.SELF,
        by=person,
        on=dt.date(2026, 1, 10),
    )


def place_many(
    one: ICMap, school: str | None, levels: Sequence[int], at: dt.datetime
) -> None:
    """A new person for each level, who placed the first component at it.

    Args:
        one: the map.
        school: where all of them work.
        levels: one for each person.
        at: when it was written.
    """
    component = one.components.first()
    assert component is not None
    begins = Person.objects.count()
    people = [
        Person.objects.create(email=f"p{n}@example.org", name=f"P {n}")
        for n in range(begins, begins + len(levels))
    ]
    Placement.objects.bulk_create(
        Placement(
            component=component,
            person=person,
            school_id=school,
            level=level,
            kind=PlacedBy.SELF,
            by=person,
            on=at.date(),
            at=at,
        )
        for person, level in zip(people, levels, strict=True)
    )
