"""Students to choose from for one support: within reach, narrowed, with their flags."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.students import Wanted, narrowed
from evenrise.workspace.people.queries.words import absence_words, grade_words
from evenrise.workspace.supports.models import Flag, Session, Support
from evenrise.workspace.supports.models.words import AREA_NAMES, Domain


SHOWN = 200  # students of one list


@dataclass(frozen=True, slots=True)
class Choice:
    """A student who can be ticked."""

    student_id: str
    name: str
    grade: str
    school: str
    absence: str
    flags: str


def students_to_choose(
    reach: Reach, wanted: Wanted, domain: str
) -> tuple[tuple[Choice, ...], bool]:
    """The first students of the narrowed list, and whether there are more.

    Args:
        reach: how far the person reaches.
        wanted: the filters of the list of students.
        domain: only students with an open flag of this domain; blank for all.
    """
    found = narrowed(students_within(reach), wanted, everywhere=reach.district)
    if domain in Domain.values:
        open_now = Flag.objects.filter(closed_on__isnull=True, domain=domain)
        found = found.filter(pk__in=open_now.values("student"))
    rows = list(
        found.filter(current=True)
        .select_related("school")
        .order_by("sort_name", "student_id")[: SHOWN + 1]
    )
    return _choices(rows[:SHOWN]), len(rows) > SHOWN


def students_chosen(reach: Reach, keys: Sequence[str]) -> QuerySet[Student]:
    """Those of the keys that are enrolled students within reach."""
    return students_within(reach).filter(pk__in=keys, current=True)


def choices_of(found: QuerySet[Student]) -> tuple[Choice, ...]:
    """Chosen students, as the list shows them."""
    return _choices(
        list(found.select_related("school").order_by("sort_name", "student_id"))
    )


def _choices(rows: Sequence[Student]) -> tuple[Choice, ...]:
    flagged: dict[str, list[str]] = {}
    keys = [row.pk for row in rows]
    open_now = Flag.objects.filter(student__in=keys, closed_on__isnull=True)
    for key, domain in open_now.order_by("domain").values_list("student_id", "domain"):
        flagged.setdefault(key, []).append(str(AREA_NAMES[domain]))
    return tuple(
        Choice(
            row.pk,
            row.name,
            grade_words(row.grade),
            "" if row.school is None else row.school.name,
            absence_words(row.days_absent, row.days_enrolled),
            ", ".join(flagged.get(row.pk, [])),
        )
        for row in rows
    )


def begun_together(person: Person, batch: str, day: dt.date) -> int:
    """How many supports of a batch the person began on a day, and still stand."""
    if not batch:
        return 0
    return Support.objects.filter(
        batch=batch, made_by=person, made_at__date=day
    ).count()


def added_today(person: Person, batch: str, day: dt.date) -> int:
    """How many sessions of a file the person brought in on a day, and still stand."""
    if not batch:
        return 0
    return Session.objects.filter(
        batch=batch, by=person, at__date=day, undone_at=None
    ).count()
