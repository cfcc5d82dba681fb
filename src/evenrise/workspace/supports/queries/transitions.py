"""Notes for the next school: on a student's page, and who still needs one.

The directory does not tell who will change schools. Who is in the last grade of their
school will (grade 12 apart: what follows it is no school of the district); a note
written at another school tells who came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, School, Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import TransitionNote
from evenrise.workspace.supports.queries.paging import (
    CountedPages,
    OpenFirst,
    unindexed,
)
from evenrise.workspace.supports.queries.teams import leads_student


A_PAGE = 50
UP, CAME = "up", "came"  # the two halves of the page


@dataclass(frozen=True, slots=True)
class TransitionLine:
    """One note for the next school."""

    key: int
    strengths: str
    helps: str
    trusted_adult: str
    family_wishes: str
    school: str
    day: str
    by: str
    withdraws: bool


@dataclass(frozen=True, slots=True)
class TransitionPart:
    """What a student's next school should know."""

    student_id: str
    lines: tuple[TransitionLine, ...]
    withdrawn: tuple[TransitionLine, ...]  # what the reader took back


def transition_part(
    person: Person, student: Student, reach: Reach
) -> TransitionPart | None:
    """The notes for the next school; for whoever supports students."""
    del reach
    if not may_support(person):
        return None
    rows = list(
        TransitionNote.objects.filter(student=student).select_related(
            "by", "from_school"
        )
    )
    leads, language = leads_student(person, student), page_language()

    def line(row: TransitionNote) -> TransitionLine:
        return TransitionLine(
            row.pk,
            row.strengths,
            row.helps,
            row.trusted_adult,
            row.family_wishes,
            "" if row.from_school is None else row.from_school.name,
            day_words(row.written_on, language),
            "" if row.by is None else row.by.name,
            leads or row.by_id == person.pk,
        )

    taken = (r for r in rows if r.withdrawn_at is not None and r.by_id == person.pk)
    return TransitionPart(
        student.student_id,
        tuple(line(row) for row in rows if row.withdrawn_at is None),
        tuple(line(row) for row in taken),
    )


@dataclass(frozen=True, slots=True)
class MovingLine:
    """A student who moves up, or who came; and whether a note is there."""

    student_id: str
    name: str
    grade: str
    school: str
    noted: bool


@dataclass(frozen=True, slots=True)
class TransitionsPage:
    """Who moves up or came from another school, and for whom a note is there."""

    shows: str
    school: str
    schools: tuple[tuple[str, str], ...]
    page: Page[Any]
    lines: tuple[MovingLine, ...]
    total: int
    noted: int


def transitions_page(
    reach: Reach, *, shows: str, school: str, number: str
) -> TransitionsPage:
    """The students within reach who change schools.

    Args:
        reach: how far the person reaches today.
        shows: `up` for who moves up, `came` for who came.
        school: one school's code, or empty for all.
        number: of the page that is wanted.
    """
    within = students_within(reach).filter(current=True)
    schools = tuple(_schools(reach, within).values_list("school_id", "name"))
    notes = TransitionNote.objects.filter(withdrawn_at__isnull=True)
    if shows == CAME:
        notes = notes.filter(student__current=True)
        notes = notes.exclude(from_school=F("student__school"))
        found = listed = within.filter(pk__in=notes.values("student"))
    else:
        last = _last_grades([school] if school else [code for code, _name in schools])
        notes = _in_last_grade(notes, last)
        found = listed = within.filter(_in(last))
    if school:
        found = listed = found.filter(school=school)
        notes = notes.filter(student__school=school)
    if not reach.district:
        notes = notes.filter(student__in=within.values("pk"))
    if reach.district and not school and shows != CAME:
        listed, total = _along_names(within, last), _enrolled_in(last)
    else:
        total = found.count()
    told = Q(pk__in=notes.values("student"))
    noted = notes.order_by().values("student").distinct().count()
    by_name = listed.select_related("school").order_by("sort_name", "student_id")
    rows = OpenFirst(
        by_name.exclude(told).annotate(noted=Value(value=False)),
        by_name.filter(told).annotate(noted=Value(value=True)),
        total - noted,
    )
    page = CountedPages(rows, A_PAGE, total).get_page(number)
    return TransitionsPage(
        shows,
        school,
        schools,
        page,
        tuple(_moving(row) for row in page.object_list),
        page.paginator.count,
        noted,
    )


def _moving(row: Student) -> MovingLine:
    return MovingLine(
        row.student_id,
        row.name,
        grade_words(row.grade),
        "" if row.school is None else row.school.name,
        bool(getattr(row, "noted", False)),
    )


def _schools(reach: Reach, within: QuerySet[Student]) -> QuerySet[School]:
    """The schools of some students; of all of them, each is looked up once."""
    if not reach.district:
        return School.objects.filter(pk__in=within.order_by().values("school"))
    return School.objects.filter(Exists(_enrolled()))


def _enrolled() -> QuerySet[Student]:
    """Who is enrolled at the school of the query around it."""
    return Student.objects.filter(school=OuterRef("pk"), current__in=(True,))


def _last_grades(schools: list[str]) -> dict[str, list[str]]:
    """The schools whose last grade a grade is; grade 12 is left out."""
    ways = [
        When(Exists(_enrolled().filter(grade=grade)), then=Value(grade))
        for grade in reversed(GRADES)
    ]
    last = Case(*ways, default=None, output_field=CharField())
    rows = School.objects.filter(pk__in=schools).order_by().annotate(last=last)
    by_grade: dict[str, list[str]] = {}
    for code, grade in rows.values_list("pk", "last"):
        if grade is not None and grade != GRADES[-1]:
            by_grade.setdefault(grade, []).append(code)
    return by_grade


def _in(by_grade: dict[str, list[str]]) -> Q:
    """Who is in one of these grades of its schools: at most fourteen conditions."""
    found = Q(pk__in=[])
    for last, codes in by_grade.items():
        found |= Q(grade=last, school__in=codes)
    return found


def _enrolled_in(by_grade: dict[str, list[str]]) -> int:
    """How many they are; grade by grade in one query, so that each meets its index."""
    rows = [
        Student.objects.filter(current__in=(True,), grade=last, school__in=codes)
        .order_by()
        .values("grade")
        for last, codes in by_grade.items()
    ]
    if not rows:
        return 0
    return rows[0].union(*rows[1:], all=True).count()


def _along_names(
    within: QuerySet[Student], by_grade: dict[str, list[str]]
) -> QuerySet[Student]:
    """The same of a whole district, read along the order of names."""
    named = within.annotate(
        school_now=unindexed("school_id"), grade_now=unindexed("grade")
    )
    return named.filter(_now_at(by_grade), current__in=(True,))


def _in_last_grade(
    notes: QuerySet[TransitionNote], by_grade: dict[str, list[str]]
) -> QuerySet[TransitionNote]:
    """Notes of their school about such students; read from the notes, which are few."""
    named = notes.annotate(
        school_now=unindexed("student__school_id"),
        grade_now=unindexed("student__grade"),
    )
    own = Q(from_school=F("student__school"), student__current=True)
    return named.filter(own & _now_at(by_grade))


def _now_at(by_grade: dict[str, list[str]]) -> Q:
    found = Q(pk__in=[])
    for last, codes in by_grade.items():
        found |= Q(grade_now=last, school_now__in=codes)
    return found
