"""Who is known by whom: counts by school, grade and group, and one's own list.

An adult's mark says: "I know this student well: I know what they care about, and they
would come to me." Counted are marks that stand, of adults whose account is open. Adults
are never counted against one another.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evenrise.publishing.numbers import day
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import AdvisoryPlace, KnownBy
from evenrise.workspace.supports.queries.acted import (
    FEWEST,
    Span,
    slices,
    text_column,
    within,
)


MOST = 200  # students on a list of boxes to tick


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One student to tick: how many adults know them, and whether the reader does."""

    student_id: str
    name: str
    grade: str
    school: str
    adults: int
    mine: bool


@dataclass(frozen=True, slots=True)
class MarkList:
    """A list of students to tick; `more` when it is longer than shown."""

    lines: tuple[MarkLine, ...]
    more: bool

    @property
    def known(self) -> int:
        """How many of them the reader knows well."""
        return sum(line.mine for line in self.lines)


@dataclass(frozen=True, slots=True)
class KnownPart:
    """What a student's page says; `names` for those who support students, else None."""

    student_id: str
    adults: int
    names: tuple[tuple[str, str], ...] | None
    mine: bool
    may_mark: bool
    advisory: str


def marks_standing() -> QuerySet[KnownBy]:
    """The marks that count today."""
    return KnownBy.objects.filter(ended_on__isnull=True, person__is_active=True)


def known_by_none(students: QuerySet[Student]) -> QuerySet[Student]:
    """Those of the students whom no adult says they know well."""
    return students.filter(~Exists(marks_standing().filter(student=OuterRef("pk"))))


def adults_of(codes: list[str]) -> dict[str, int]:
    """How many adults know each of some students well; without those known by none."""
    rows = (
        marks_standing()
        .filter(student__in=codes)
        .order_by()
        .values("student_id")
        .annotate(adults=Count("pk"))
        .values_list("student_id", "adults")
    )
    return {str(code): int(adults) for code, adults in rows}


def mark_list(person: Person, students: QuerySet[Student]) -> MarkList:
    """The first students in the order of names, with the marks on them."""
    found = list(
        students.select_related("school").order_by("sort_name", "student_id")[
            : MOST + 1
        ]
    )
    shown = found[:MOST]
    rows = (
        marks_standing()
        .filter(student__in=[one.pk for one in shown])
        .order_by()
        .values("student_id")
        .annotate(adults=Count("pk"), mine=Count("pk", filter=Q(person=person)))
        .values_list("student_id", "adults", "mine")
    )
    marks = {str(code): (int(adults), mine > 0) for code, adults, mine in rows}
    return MarkList(
        tuple(
            MarkLine(
                one.pk,
                family_first(one),
                grade_words(one.grade),
                "" if one.school is None else one.school.name,
                *marks.get(one.pk, (0, False)),
            )
            for one in shown
        ),
        len(found) > MOST,
    )


def family_first(student: Student) -> str:
    """A name as lists write it."""
    told = ", ".join(filter(None, (student.family_name, student.given_name)))
    return told or student.pk


def known_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """Students known well by nobody, by one adult, by two or more.

    Args:
        students: whom the reader reaches; None for everybody.
        span: only its last day is used.

    Returns:
        `rows` for all, by school, by grade, by group: family, group, students, and
        `known` (none, one, more) where there are enough students.
    """
    cells, known = cells_of(students), _known(students)
    adults = known.adults
    placed = {
        (one.family, one.group): one.rows
        for one in slices(known.school, known.grade, known.codes)
    }
    rows = []
    for one in slices(cells.school, cells.grade, cells.codes):
        every = int(cells.n[one.rows].sum())
        row: dict[str, Any] = {
            "family": one.family,
            "group": one.group,
            "students": every,
        }
        if every >= FEWEST:
            those = placed.get((one.family, one.group))
            counted = adults[:0] if those is None else adults[those]
            single = int((counted == 1).sum())
            more = int((counted > 1).sum())
            row["known"] = [every - single - more, single, more]
        rows.append(row)
    return {"today": span.today.isoformat(), "rows": rows}


@dataclass(frozen=True, slots=True)
class Cells:
    """Students counted by school, grade and groups, in columns."""

    school: Any
    grade: Any
    codes: Any
    n: Any


def cells_of(students: QuerySet[Student] | None) -> Cells:
    """Students enrolled now, counted by school, grade and groups."""
    enrolled = Student.objects.all() if students is None else students
    rows = list(
        enrolled.filter(current=True)
        .order_by()
        .values("school_id", "grade", "group_codes__codes")
        .annotate(n=Count("pk"))
        .values_list("school_id", "grade", "group_codes__codes", "n")
    )
    columns = list(zip(*rows, strict=True)) or [()] * 4
    school, grade, codes = (text_column(columns[place]) for place in range(3))
    return Cells(school, grade, codes, np.array(columns[3], dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Known:
    """Students who are known by somebody, in columns."""

    school: Any
    grade: Any
    codes: Any
    adults: Any


def _known(students: QuerySet[Student] | None) -> _Known:
    rows = list(
        within(marks_standing(), students)
        .filter(student__current=True)
        .order_by()
        .values(
            "student_id",
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
        )
        .annotate(adults=Count("pk"))
        .values_list(
            "student__school_id",
            "student__grade",
            "student__group_codes__codes",
            "adults",
        )
    )
    columns = list(zip(*rows, strict=True)) or [()] * 4
    school, grade, codes = (text_column(columns[place]) for place in range(3))
    return _Known(school, grade, codes, np.array(columns[3], dtype=np.int64))


def known_part(person: Person, student: Student, reach: Reach) -> KnownPart | None:
    """The part of a student's page; two queries."""
    del reach
    if not student.current:
        return None
    marks = list(
        marks_standing()
        .filter(student=student)
        .order_by("since", "pk")
        .values_list("person_id", "person__name", "since")
    )
    place = (
        AdvisoryPlace.objects.filter(
            student=student, ended_on__isnull=True, advisory__ended_on__isnull=True
        )
        .select_related("advisory", "advisory__owner")
        .first()
    )
    supports = may_support(person)
    return KnownPart(
        student_id=student.pk,
        adults=len(marks),
        names=tuple((name, since_words(since)) for _, name, since in marks)
        if supports
        else None,
        mine=any(key == person.pk for key, _, _ in marks),
        may_mark=supports,
        advisory=""
        if place is None
        else f"{place.advisory.name} ({place.advisory.owner.name})",
    )


def since_words(since: dt.date) -> str:
    """A day as the page's language writes it."""
    return day(since, page_language())
