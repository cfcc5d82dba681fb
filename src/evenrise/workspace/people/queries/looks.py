"""Who looked at a student's records, when, in which role and why (34 CFR 99.32)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel.dates import format_datetime
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from evenrise.publishing.numbers import LOCALES
from evenrise.workspace.foundation.models import StudentLook
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Student
from evenrise.workspace.people.placing import fold
from evenrise.workspace.people.queries.words import page_language, role_words
from evenrise.workspace.people.roles import Role


MOST_FOUND = 20
GIVEN = "record_request"  # the value of `where` when the record itself was given


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look, in words."""

    at: str
    who: str
    role: str
    why: str
    where: str


def find_students(reach: Reach, search: str) -> list[Student]:
    """Students within reach by number or name, also those who left; at most 20."""
    words = fold(search).replace(",", " ").split()[:5]
    if not words:
        return []
    found: QuerySet[Student] = students_within(reach).select_related("school")
    by_number = list(found.filter(pk__in={search.strip(), search.strip().upper()}))
    if by_number:
        return by_number
    for word in words:
        found = found.filter(
            Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
        )
    return list(found.order_by("sort_name", "student_id")[:MOST_FOUND])


def look_lines(student: Student) -> tuple[LookLine, ...]:
    """Every look at a student on record, the latest first, in the page's language."""
    rows: Iterable[StudentLook] = StudentLook.objects.filter(
        student_key=student.student_id
    ).order_by("-at", "-id")
    locale = LOCALES[page_language()]
    return tuple(
        LookLine(
            format_datetime(timezone.localtime(row.at), "medium", locale=locale),
            row.person_name,
            role_words(row.role) if row.role in set(Role) else row.role,
            why_words(row.reason),
            where_words(row.where),
        )
        for row in rows
    )


def why_words(reason: str) -> str:
    """The legitimate interest, as a family reads it."""
    words = {
        "caseload": _("Serves the student"),
        "section": _("Teaches the student"),
        "grade": _("Works for the student's grade"),
        "school": _("Works for the student's school"),
        "district": _("Works for the whole district"),
    }
    return words.get(reason, reason)


def where_words(where: str) -> str:
    """What was looked at."""
    words = {
        "page": _("The student's page"),
        "export": _("A list downloaded as a file"),
        "api": _("By a program with this person's key"),
        GIVEN: _("This record was given"),
    }
    return words.get(where, where)
