"""Notes that a person may read, and who else reads them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import (
    CaseloadPlace,
    FurtherStay,
    Person,
    RoleGrant,
    Student,
)
from evenrise.workspace.people.queries.words import page_language
from evenrise.workspace.people.roles import ROLES, Right, Scope
from evenrise.workspace.supports.access import may_support, notes_for
from evenrise.workspace.supports.models import Note
from evenrise.workspace.supports.queries.teams import leads_student


MOST = 50  # notes that a student's page shows
_READERS = 12  # readers of a restricted note who are named


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
    held = RoleGrant.objects.on(timezone.localdate())
    reads = held.filter(
        role__in=sorted(
            role
            for role, card in ROLES.items()
            if Right.READ_RESTRICTED_NOTES in card.rights
        )
    )
    near = held.filter(
        role__in=sorted(role for role, card in ROLES.items() if card.sees_students)
    )
    served = CaseloadPlace.objects.filter(student=student)
    stays = FurtherStay.objects.filter(student=student)
    at_school = Q(school=student.school_id) | Q(school__in=stays.values("school"))
    in_grade = Q(school=student.school_id, grade=student.grade)
    for school, grade in stays.values_list("school", "grade"):
        in_grade |= Q(school=school, grade=grade)
    serving = (
        Q(scope=Scope.SCHOOL) & at_school
        | Q(scope=Scope.GRADE) & in_grade
        | Q(scope=Scope.CASELOAD, caseload__in=served.values("caseload"))
        | Q(
            scope=Scope.CASELOAD,
            caseload__isnull=True,
            person__in=served.values("caseload__owner"),
        )
    )
    return Person.objects.filter(pk__in=reads.values("person"), is_active=True).filter(
        pk__in=near.filter(serving).values("person")
    )


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
