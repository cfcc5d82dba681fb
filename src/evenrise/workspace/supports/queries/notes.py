"""Notes that a person may read, and who else reads them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, RoleGrant, Student
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.people.roles import Right, roles_with
from evenrise.workspace.supports.access import may_support, notes_for
from evenrise.workspace.supports.models import Note
from evenrise.workspace.supports.queries.serving import adults_serving
from evenrise.workspace.supports.queries.teams import leads_student


MOST = 50  # notes that a student's page shows
_READERS = 12  # readers of a restricted note who are named
_READING = roles_with(Right.READ_RESTRICTED_NOTES)


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note as its reader sees it."""

    key: int
    text: str
    restricted: bool
    day: str
    by: str
    withdraws: bool


@dataclass(frozen=True, slots=True)
class NotesPart:
    """The notes on a student that one person may read."""

    student_id: str
    lines: tuple[NoteLine, ...]
    withdrawn: tuple[NoteLine, ...]  # what the reader took back
    more: bool


def notes_part(person: Person, student: Student, reach: Reach) -> NotesPart | None:
    """The notes on a student's page; for whoever supports students."""
    del reach
    if not may_support(person):
        return None
    rows = list(notes_for(person, student).select_related("by")[: MOST + 1])
    own = Note.objects.filter(student=student, by=person, withdrawn_at__isnull=False)
    leads, language = leads_student(person, student), page_language()

    def line(row: Note) -> NoteLine:
        return NoteLine(
            row.pk,
            row.text,
            row.restricted,
            day_words(row.at, language),
            "" if row.by is None else row.by.name,
            leads or row.by_id == person.pk,
        )

    return NotesPart(
        student.student_id,
        tuple(line(row) for row in rows[:MOST]),
        tuple(line(row) for row in own.select_related("by")[:MOST]),
        len(rows) > MOST,
    )


def restricted_readers(student: Student) -> QuerySet[Person]:
    """Who else may read a restricted note on a student today, by name.

    As `access.notes_for` decides it: a role that reads restricted notes, and a role
    that reaches the student by caseload, grade or school.
    """
    reads = RoleGrant.objects.on(timezone.localdate()).filter(role__in=_READING)
    return adults_serving(student, near=True).filter(pk__in=reads.values("person"))


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads a restricted note besides its author, for the form."""

    names: tuple[str, ...]
    further: int


def readers_of(person: Person, student: Student) -> Readers:
    """The readers of a restricted note that the person would write."""
    names = list(
        restricted_readers(student).exclude(pk=person.pk).values_list("name", flat=True)
    )
    return Readers(tuple(names[:_READERS]), max(0, len(names) - _READERS))
