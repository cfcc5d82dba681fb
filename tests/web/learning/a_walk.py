"""A learning walk of the coach and the teacher with one stop, for tests."""

from __future__ import annotations

from django.utils import timezone

from evenrise.workspace.learning.models import LearningWalk, WalkNote
from evenrise.workspace.people.models import Person


STOP_WORDS = "Pairs compared two graphs zq90"


def make_walk(cast: dict[str, Person], **changed: object) -> LearningWalk:
    """A walk in the principal's school, planned by the coach, not shared.

    Args:
        cast: the people, by role.
        changed: fields of the walk that replace its own.
    """
    told: dict[str, object] = {
        "school": cast["principal"].grants_today[0].school,
        "on": timezone.localdate(),
        "question": "When do students explain their thinking zq91?",
        "by": cast["coach"],
    }
    walk = LearningWalk.objects.create(**(told | changed))
    walk.walkers.set([cast["coach"], cast["teacher"]])
    WalkNote.objects.create(walk=walk, stop=1, seen=STOP_WORDS, by=cast["coach"])
    return walk
