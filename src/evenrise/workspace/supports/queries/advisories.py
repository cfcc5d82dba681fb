"""Advisories: small groups of students with one adult who follows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext

from evenrise.publishing import numbers
from evenrise.statistics.rates import wilson
from evenrise.vocabulary.text import Language
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, School, StaffAssignment, Student
from evenrise.workspace.people.queries.words import absence_words, grade_words
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import (
    Advisory,
    AdvisoryPlace,
    KnownBy,
    Support,
)
from evenrise.workspace.supports.queries.acted import (
    FEWEST,
    Span,
    slices,
    text_column,
    within,
)
from evenrise.workspace.supports.queries.acted_page import made_words
from evenrise.workspace.supports.queries.counting import Counts, counted
from evenrise.workspace.supports.queries.flags import open_flags
from evenrise.workspace.supports.queries.known import (
    adults_of,
    cells_of,
    family_first,
)
from evenrise.workspace.supports.queries.tables import counts_table


MOST = 200  # advisories on a page, students to choose from
_FAMILIES = ("all", "school", "grade")


@dataclass(frozen=True, slots=True)
class AdvisoryLine:
    """One advisory as a row shows it."""

    url: str
    name: str
    owner: str
    school: str
    students: int


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One student of an advisory, within the reader's reach."""

    student_id: str
    name: str
    grade: str
    absence: str
    adults: int
    mine: bool
    flags: int
    supports: int


@dataclass(frozen=True, slots=True)
class Roster:
    """An advisory's students; `beyond` are those whom the reader may not see."""

    lines: tuple[RosterLine, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class WithoutPage:
    """Who has no advisory: a sentence and a table."""

    answer: str
    table: SafeString
    made: str


def advisories_within(person: Person, reach: Reach) -> QuerySet[Advisory]:
    """One's own, and those of the schools one works for."""
    found = Advisory.objects.filter(ended_on__isnull=True)
    if reach.district:
        return found
    return found.filter(Q(owner=person) | Q(school__in=sorted(reach.schools)))


def may_change(person: Person, reach: Reach, advisory: Advisory) -> bool:
    """Whether the person may add and remove its students."""
    near = reach.district or advisory.school_id in reach.schools
    return may_support(person) and (near or advisory.owner_id == person.pk)


def standing_places() -> QuerySet[AdvisoryPlace]:
    """The places that students have today."""
    return AdvisoryPlace.objects.filter(
        ended_on__isnull=True, advisory__ended_on__isnull=True
    )


def own_advisories(person: Person) -> tuple[tuple[int, str], ...]:
    """The person's own advisories: key and name."""
    own = Advisory.objects.filter(owner=person, ended_on__isnull=True)
    return tuple(own.values_list("pk", "name"))


def placed_in(students: QuerySet[Student], advisory: int) -> QuerySet[Student]:
    """Those of the students who are in an advisory."""
    places = standing_places().filter(advisory=advisory)
    return students.filter(pk__in=places.values("student"))


def advisory_lines(person: Person, reach: Reach) -> tuple[AdvisoryLine, ...]:
    """Advisories by school and name."""
    rows = (
        advisories_within(person, reach)
        .select_related("owner", "school")
        .annotate(
            placed=Count(
                "places",
                filter=Q(places__ended_on__isnull=True, places__student__current=True),
            )
        )
        .order_by("school__name", "name")
    )
    return tuple(
        AdvisoryLine(
            reverse("advisory", args=(row.pk,)),
            row.name,
            row.owner.name,
            row.school.name,
            int(row.placed),
        )
        for row in rows[:MOST]
    )


def roster(person: Person, reach: Reach, advisory: Advisory) -> Roster:
    """The students of an advisory whom the reader reaches, with marks and flags."""
    inside = standing_places().filter(advisory=advisory, student__current=True)
    seen = students_within(reach).filter(pk__in=inside.values("student"))
    found = list(seen.order_by("sort_name", "student_id")[:MOST])
    codes = [one.pk for one in found]
    adults, mine = adults_of(codes), _known_to(person, codes)
    flags = _count(open_flags(Student.objects.filter(pk__in=codes)))
    going = _count(Support.objects.filter(student__in=codes, ended_on__isnull=True))
    lines = tuple(
        RosterLine(
            one.pk,
            family_first(one),
            grade_words(one.grade),
            absence_words(one.days_absent, one.days_enrolled),
            adults.get(one.pk, 0),
            one.pk in mine,
            flags.get(one.pk, 0),
            going.get(one.pk, 0),
        )
        for one in found
    )
    return Roster(lines, inside.count() - len(lines))


def _known_to(person: Person, codes: list[str]) -> set[str]:
    marks = KnownBy.objects.filter(person=person, ended_on__isnull=True)
    return set(marks.filter(student__in=codes).values_list("student_id", flat=True))


def _count(rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each student has."""
    counted_rows = (
        rows.order_by()
        .values("student_id")
        .annotate(n=Count("pk"))
        .values_list("student_id", "n")
    )
    return {str(code): int(n) for code, n in counted_rows}


def to_add(reach: Reach, advisory: Advisory, grade: str, search: str) -> list[Student]:
    """Students of the advisory's school who have no advisory, in the order of names."""
    found = students_within(reach).filter(school=advisory.school_id, current=True)
    found = found.exclude(pk__in=standing_places().values("student"))
    if grade:
        found = found.filter(grade=grade)
    for word in search.split()[:5]:
        found = found.filter(sort_name__contains=word)
    return list(found.order_by("sort_name", "student_id")[: MOST + 1])


def schools_to_choose(reach: Reach) -> QuerySet[School]:
    """The schools of the students within reach."""
    if reach.district:
        return School.objects.filter(current=True)
    seen = students_within(reach).order_by().values("school")
    return School.objects.filter(current=True, pk__in=seen)


def owners_to_choose(person: Person, reach: Reach) -> QuerySet[Person]:
    """Adults who may follow an advisory: oneself, and those of one's schools."""
    found = Person.objects.filter(is_active=True)
    if reach.district:
        posts = StaffAssignment.objects.all()
    elif reach.schools:
        posts = StaffAssignment.objects.filter(school__in=sorted(reach.schools))
    else:
        return found.filter(pk=person.pk)
    return found.filter(Q(pk=person.pk) | Q(staff_id__in=posts.values("staff")))


def without_counts(students: QuerySet[Student] | None, span: Span) -> dict[str, Any]:
    """Students who have no advisory, by school and grade.

    Returns:
        `rows`: family, group, students, and `without` where there are enough students.
    """
    cells = cells_of(students)
    places = list(
        within(standing_places(), students)
        .filter(student__current=True)
        .order_by()
        .values("student__school_id", "student__grade")
        .annotate(n=Count("pk"))
        .values_list("student__school_id", "student__grade", "n")
    )
    columns = list(zip(*places, strict=True)) or [()] * 3
    school, grade = text_column(columns[0]), text_column(columns[1])
    n = np.array(columns[2], dtype=np.int64)
    blank = np.array([""] * len(n), dtype=np.str_)
    placed = {
        (one.family, one.group): int(n[one.rows].sum())
        for one in slices(school, grade, blank)
    }
    rows = []
    for one in slices(cells.school, cells.grade, cells.codes):
        if one.family not in _FAMILIES:
            continue
        every = int(cells.n[one.rows].sum())
        row: dict[str, Any] = {
            "family": one.family,
            "group": one.group,
            "students": every,
        }
        if every >= FEWEST:
            row["without"] = every - placed.get((one.family, one.group), 0)
        rows.append(row)
    return {"today": span.today.isoformat(), "rows": rows}


def without_page(reach: Reach, language: Language) -> WithoutPage:
    """Who has no advisory, in words."""
    found = counted("advisories", reach, without_counts)
    return WithoutPage(
        _answer(found.counts["rows"][0], language),
        counts_table(
            "advisories", found, lambda row: _cells(row, language), 3, language
        ),
        made_words(found),
    )


def _answer(row: Counts, language: Language) -> str:
    if "without" not in row:
        return _("Too few to say: fewer than 11 students are within your reach.")
    return ngettext(
        "%(without)s of %(n)s students has no advisory.",
        "%(without)s of %(n)s students have no advisory.",
        row["without"],
    ) % {
        "without": numbers.count(row["without"], language),
        "n": numbers.count(row["students"], language),
    }


def _cells(row: Counts, language: Language) -> tuple[str, ...]:
    if "without" not in row:
        return ()
    share = wilson(row["without"], row["students"])
    return (
        numbers.count(row["students"], language),
        numbers.count(row["without"], language),
        numbers.estimate(share, "share", language),
    )
