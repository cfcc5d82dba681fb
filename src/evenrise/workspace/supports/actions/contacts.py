"""Conversations with families: write one down, take it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.people.models import Person
from evenrise.workspace.supports.actions.withdrawing import set_withdrawn, student_of
from evenrise.workspace.supports.models import FamilyContact


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWritten:
    """What is written down of one conversation."""

    held_on: dt.date
    how: str
    direction: str
    language: str
    interpreter: bool
    reached: bool
    about: str


def add_contact(
    person: Person, *, student: str, written: ContactWritten
) -> FamilyContact:
    """Write down a conversation with a student's family, or that nobody answered.

    Raises:
        NotYours: when the person does not serve the student.
    """
    with transaction.atomic():
        served = student_of(person, student)
        one = FamilyContact.objects.create(student=served, by=person, **asdict(written))
        record(person, "supports.add_contact", About("contact", str(one.pk)))
    return one


def withdraw_contact(
    person: Person, *, contact: int, gone: bool = True
) -> FamilyContact:
    """Take a conversation back, or bring it back; the log keeps it, marked.

    Raises:
        NotYours: for whoever neither wrote it nor leads the student's school.
    """
    rows = FamilyContact.objects.all()
    one: FamilyContact = set_withdrawn(
        person, rows=rows, key=contact, kind="contact", gone=gone
    )
    return one
