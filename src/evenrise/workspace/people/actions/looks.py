"""Looks at students are put on record, whatever page or file showed them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from evenrise.workspace.foundation.audit import record, record_looks
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.looks import GIVEN


def look_at_student(person: Person, *, student: Student, reach: Reach) -> None:
    """The person opened a student's page.

    Args:
        person: who looks.
        student: as `students_seen_by` gives it, with its `reason`.
        reach: how far the person reaches today.
    """
    reason = str(getattr(student, "reason", ""))
    record_looks(
        person,
        [(student.student_id, reason)],
        role=reach.role_for(reason),
        where="page",
    )


def export_students(
    person: Person,
    *,
    rows: Iterable[tuple[str, str]],
    reach: Reach,
    narrowed_by: tuple[str, ...],
) -> None:
    """The person took a list of students out as a file.

    Args:
        person: who takes it.
        rows: (student's key, the reason why it was allowed).
        reach: how far the person reaches today.
        narrowed_by: the names of the filters in use; never what was searched for.
    """
    by_reason: dict[str, list[tuple[str, str]]] = {}
    for key, reason in rows:
        by_reason.setdefault(reason, []).append((key, reason))
    for reason, looks in by_reason.items():
        record_looks(person, looks, role=reach.role_for(reason), where="export")
    record(
        person,
        "people.export_students",
        students=sum(map(len, by_reason.values())),
        narrowed_by=list(narrowed_by),
    )


def give_record(
    person: Person, *, student: Student, reach: Reach, language: str, shape: str
) -> None:
    """The record of looks was given to a family; that is on record as well."""
    reason = str(getattr(student, "reason", ""))
    with transaction.atomic():
        record_looks(
            person,
            [(student.student_id, reason)],
            role=reach.role_for(reason),
            where=GIVEN,
        )
        record(person, "people.give_look_record", language=language, shape=shape)
