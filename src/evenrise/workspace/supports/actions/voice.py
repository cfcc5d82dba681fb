"""The student's own words: write down what they said; nobody edits it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.withdrawing import set_withdrawn, student_of
from evenrise.workspace.supports.models import StudentVoice


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceWritten:
    """What a student said, in their language."""

    kind: str
    text: str
    language: str
    said_on: dt.date


def add_voice(person: Person, *, student: str, written: VoiceWritten) -> StudentVoice:
    """Write down a student's own words.

    Raises:
        NotYours: when the person does not serve the student.
    """
    with transaction.atomic():
        served = student_of(person, student)
        one = StudentVoice.objects.create(student=served, by=person, **asdict(written))
        record(person, "supports.add_voice", About("voice", str(one.pk)))
    return one


def withdraw_voice(person: Person, *, voice: int, gone: bool = True) -> StudentVoice:
    """Take words back, as when the student asks for it, or bring them back.

    Raises:
        NotYours: for whoever neither wrote them down nor leads the student's school.
    """
    rows = StudentVoice.objects.all()
    one: StudentVoice = set_withdrawn(
        person, rows=rows, key=voice, kind="voice", gone=gone
    )
    return one
