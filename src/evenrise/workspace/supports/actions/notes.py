"""Notes about the work with a student, open or restricted."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.access import notes_for
from evenrise.workspace.supports.actions.withdrawing import set_withdrawn, student_of
from evenrise.workspace.supports.models import Note


def add_note(person: Person, *, student: str, text: str, restricted: bool) -> Note:
    """Write a note.

    Args:
        person: who writes.
        student: the student's key.
        text: about the work, as if the student and family read it.
        restricted: whether few may read it: see `access.notes_for`.

    Raises:
        NotYours: when the person does not serve the student.
    """
    with transaction.atomic():
        served = student_of(person, student)
        one = Note.objects.create(
            student=served, text=text.strip(), restricted=restricted, by=person
        )
        # Not even the log says which notes are restricted: it is read by many.
        record(person, "supports.add_note", About("note", str(one.pk)))
    return one


def withdraw_note(person: Person, *, note: int, gone: bool = True) -> Note:
    """Take a note back, or (its author alone) bring it back.

    Raises:
        NotYours: for whoever may not read the note, and for whoever neither wrote it
            nor leads the student's school.
    """
    known = Note.objects.filter(pk=note).first()
    if known is None:
        raise NotYours
    served = student_of(person, known.student_id)
    readable = notes_for(person, served).values("pk")
    rows = Note.objects.filter(Q(pk__in=readable) | Q(by=person))
    one: Note = set_withdrawn(person, rows=rows, key=note, kind="note", gone=gone)
    return one
