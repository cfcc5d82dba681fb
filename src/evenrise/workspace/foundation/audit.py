"""One call writes what was done; it stands in the same transaction as the deed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection, transaction
from django.utils import timezone

from evenrise.workspace.foundation.models import LogEntry, StudentLook


class Named(Protocol):
    """Whoever did it."""

    @property
    def pk(self) -> Any:
        """The person's key."""

    @property
    def name(self) -> str:
        """The person's name."""


@dataclass(frozen=True, slots=True)
class About:
    """What a deed was about: a kind of thing and its key."""

    kind: str
    key: str


def record(
    person: Named | None, verb: str, about: About | None = None, **details: Any
) -> LogEntry:
    """Put a deed on record.

    Args:
        person: who did it; None when a command did.
        verb: `app.verb`, as `insights.keep_finding`.
        about: the thing; never a student.
        details: plain values; never a child's data.
    """
    return LogEntry.objects.create(
        at=timezone.now(),
        person_key=None if person is None else person.pk,
        person_name="" if person is None else person.name,
        verb=verb,
        about_kind="" if about is None else about.kind,
        about_key="" if about is None else about.key,
        details=details,
    )


def record_looks(
    person: Named, students: Iterable[tuple[str, str]], *, role: str, where: str
) -> None:
    """Put looks at students on record, all in one write.

    Args:
        person: who looked.
        students: (student's key, the reason why it was allowed).
        role: the person's role on that day.
        where: `page`, `export`, `api`.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    told = (person.pk, person.name, role, where)
    # Models would take most of the time of a program's call for 500 students.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.executemany(
            _LOOK, [(now, key, reason, *told) for key, reason in students]
        )


_LOOK = (
    f"INSERT INTO {StudentLook._meta.db_table} (at, student_key, reason, person_key, "  # noqa: S608, SLF001 - our own table
    'person_name, role, "where") VALUES (%s, %s, %s, %s, %s, %s, %s)'
)
