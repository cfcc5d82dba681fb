"""Who may do what for which student here; always on top of `people/access.py`.

A student outside a person's reach is not there. Within it, planning supports needs the
right of a role; a restricted note is read by its author, and by those whose role may
read restricted notes and who reach the student by caseload, grade or school.
"""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from evenrise.workspace.people.access import Reach, Reason, reach_of, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.models import Note


_NEAR = frozenset({Reason.CASELOAD, Reason.GRADE, Reason.SCHOOL})


def reach_today(person: Person) -> Reach:
    """How far the person reaches today."""
    return reach_of(person, timezone.localdate())


def student_or_404(
    person: Person, student_id: str, reach: Reach | None = None
) -> Student:
    """A student within the person's reach, with `reason` and school.

    Raises:
        Http404: for whom is not there, and just so for whom is not theirs.
    """
    found = (
        students_within(reach_today(person) if reach is None else reach)
        .select_related("school")
        .filter(pk=student_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def may_support(person: Person) -> bool:
    """Whether the person plans supports for the students within reach."""
    return person.may(Right.SUPPORT_STUDENTS)


def notes_for(person: Person, student: Student) -> QuerySet[Note]:
    """The notes on a student that the person may read; the student is within reach.

    Args:
        person: who reads.
        student: as `students_within` gives it, with its `reason`.
    """
    found = Note.objects.filter(student=student, withdrawn_at__isnull=True)
    if person.may(Right.READ_RESTRICTED_NOTES) and _is_near(person, student):
        return found
    return found.filter(Q(restricted=False) | Q(by=person))


def _is_near(person: Person, student: Student) -> bool:
    """Whether the person reaches the student by caseload, grade or school."""
    reason = getattr(student, "reason", "")
    if reason != Reason.SECTION:
        return reason in _NEAR
    # A principal who also teaches the student: the nearest reason is not the only one.
    reach = replace(
        reach_today(person), district=False, sections=frozenset(), teaches=""
    )
    return students_within(reach).filter(pk=student.pk).exists()
