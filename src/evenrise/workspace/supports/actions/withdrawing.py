"""Taking words back: they are kept, marked, and can be brought back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from evenrise.workspace.foundation.audit import About, record
from evenrise.workspace.insights.problems import NotYours
from evenrise.workspace.people.access import students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.queries.teams import leads_student


def student_of(person: Person, student_id: str) -> Student:
    """A student whom the person supports, with `reason`.

    Raises:
        NotYours: when the person may not plan supports, or does not reach the student.
    """
    found = (
        students_within(reach_today(person))
        .select_related("school")
        .filter(pk=student_id)
        .first()
    )
    if found is None or not may_support(person):
        raise NotYours
    return found


def may_withdraw(person: Person, by_id: int | None, student: Student) -> bool:
    """Its author, or who leads the student's school: a family may ask for it."""
    return by_id == person.pk or leads_student(person, student)


def set_withdrawn(
    person: Person, *, rows: QuerySet[Any], key: int, kind: str, gone: bool
) -> Any:
    """Take a row back, or bring it back; its words stay as they were said.

    Args:
        person: who asks.
        rows: where to look; rows with `student`, `by` and `withdrawn_at`.
        key: of the row.
        kind: the word for the log, as `contact`.
        gone: whether it is taken back, or brought back.

    Raises:
        NotYours: when it is not there, or the person may not.
    """
    with transaction.atomic():
        row = rows.select_for_update().filter(pk=key).first()
        if row is None:
            raise NotYours
        student = student_of(person, row.student_id)
        if not may_withdraw(person, row.by_id, student):
            raise NotYours
        row.withdrawn_at = timezone.now() if gone else None
        row.save(update_fields=["withdrawn_at"])
        verb = "withdraw" if gone else "restore"
        record(person, f"supports.{verb}_{kind}", About(kind, str(row.pk)))
    return row
