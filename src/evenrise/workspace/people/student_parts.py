"""What rooms above this one add to a student's page.

    from evenrise.workspace.people.student_parts import Part, offer_part
    offer_part(Part(10, "supports/parts/voice.html", voice_of))

Called in `apps.py: ready()`. Each part is asked when a student's page opens, after
the person was found to reach the student; what it gives is the template's `part`. A
part below 50 stands above the records, the others below. A part that has nothing to
say for this person gives None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student


RECORDS = 50  # where the records of the district stand
PartOf = Callable[[Person, Student, Reach], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a student's page: its place, its template, what it shows."""

    place: int
    template: str
    shows: PartOf


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part as a page shows it."""

    template: str
    part: Any


_parts: dict[str, Part] = {}


def offer_part(part: Part) -> None:
    """Add a part to every student's page; called once, when the application starts."""
    _parts[part.template] = part


def parts_of(
    person: Person, student: Student, reach: Reach
) -> tuple[list[ShownPart], list[ShownPart]]:
    """The parts above and below the records."""
    shown: tuple[list[ShownPart], list[ShownPart]] = ([], [])
    for part in sorted(_parts.values(), key=lambda part: part.place):
        told = part.shows(person, student, reach)
        if told is not None:
            shown[part.place >= RECORDS].append(ShownPart(part.template, told))
    return shown
