"""Notes for the next school: what a student is good at, what helps, whom they trust."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.withdrawing import set_withdrawn, student_of
from evenrise.workspace.supports.models import TransitionNote


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionWritten:
    """What the next school should know."""

    strengths: str
    helps: str
    trusted_adult: str
    family_wishes: str


def add_transition(
    person: Person, *, student: str, written: TransitionWritten
) -> TransitionNote:
    """Write a note for the next school; its people read it once they serve the student.

    Raises:
        NotYours: when the person does not serve the student.
    """
    with transaction.atomic():
        served = student_of(person, student)
        one = TransitionNote.objects.create(
            student=served,
            from_school=served.school,
            written_on=timezone.localdate(),
            by=person,
            **asdict(written),
        )
        record(person, "supports.add_transition", About("transition", str(one.pk)))
    return one


def withdraw_transition(
    person: Person, *, transition: int, gone: bool = True
) -> TransitionNote:
    """Take a note for the next school back, or bring it back.

    Raises:
        NotYours: for whoever neither wrote it nor leads the student's school.
    """
    rows = TransitionNote.objects.all()
    one: TransitionNote = set_withdrawn(
        person, rows=rows, key=transition, kind="transition", gone=gone
    )
    return one
