"""What rooms above this one add to a student's page.

    from evenrise.workspace.people.student_parts import STUDENT_PARTS
    STUDENT_PARTS.offer(10, "supports/parts/voice.html", voice_of)

Each part is asked after the person was found to reach the student. A part below 50
stands above the records, the others below.
"""

from __future__ import annotations

from evenrise.workspace.foundation.page_parts import Parts, ShownPart
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student


RECORDS = 50  # where the records of the district stand
STUDENT_PARTS: Parts[[Person, Student, Reach]] = Parts()


def parts_of(
    person: Person, student: Student, reach: Reach
) -> tuple[list[ShownPart], list[ShownPart]]:
    """The parts above and below the records."""
    shown = STUDENT_PARTS.shown(person, student, reach)
    return (
        [one for one in shown if one.place < RECORDS],
        [one for one in shown if one.place >= RECORDS],
    )
