"""A coaching cycle of the coach and the teacher with two notes, for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from evenrise.workspace.learning.models import Coaching, CoachingNote, NoteKind
from evenrise.workspace.people.models import Person


SEEN = "Questions went to the same four seats zq71"
GOAL = "Every student explains their thinking zq70"


def make_coaching(cast: dict[str, Person], **changed: object) -> Coaching:
    """An agreed cycle, private to the two; each wrote one note.

    Args:
        cast: the people, by role.
        changed: fields of the cycle that replace its own.
    """
    coach, teacher = cast["coach"], cast["teacher"]
    today = timezone.localdate()
    told: dict[str, object] = {
        "coach": coach,
        "colleague": teacher,
        "goal": GOAL,
        "begins_on": today - dt.timedelta(days=20),
        "agreed_at": timezone.now(),
        "by": coach,
    }
    one = Coaching.objects.create(**(told | changed))
    for kind, person in (
        (NoteKind.OBSERVATION, coach),
        (NoteKind.REFLECTION, teacher),
    ):
        CoachingNote.objects.create(
            coaching=one, kind=kind, on=today, text=SEEN, by=person
        )
    return one
