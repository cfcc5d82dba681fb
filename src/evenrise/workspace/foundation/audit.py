"""One call writes what was done; it stands in the same transaction as the deed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

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
    now = timezone.now()
    StudentLook.objects.bulk_create(
        [
            StudentLook(
                at=now,
                student_key=key,
                person_key=person.pk,
                person_name=person.name,
                role=role,
                reason=reason,
                where=where,
            )
            for key, reason in students
        ],
        batch_size=500,
    )
