"""Notes for the next school: on a student's page, and who still needs one.

The directory does not tell who will change schools. Who is in the last grade of their
school will (grade 12 apart: what follows it is no school of the district); a note
written at another school tells who came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, School, Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import TransitionNote
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
    own = within.order_by().values("school")
    schools = tuple(School.objects.filter(pk__in=own).values_list("school_id", "name"))
    notes = TransitionNote.objects.filter(withdrawn_at__isnull=True)
    if shows == CAME:
        elsewhere = notes.filter(student__current=True).exclude(
            from_school=F("student__school")
        )
        found = within.filter(pk__in=elsewhere.values("student"))
    else:
        found = within.filter(_in_the_last_grade([code for code, _name in schools]))
    if school:
        found = found.filter(school=school)
    there = notes.filter(student=OuterRef("pk"))
    if shows != CAME:
        there = there.filter(from_school=OuterRef("school"))
    marked = found.annotate(noted=Exists(there))
    rows = marked.select_related("school").order_by("noted", "sort_name", "student_id")
    page = Paginator(rows, A_PAGE).get_page(number)
    return TransitionsPage(
        shows,
        school,
        schools,
        page,
        tuple(_moving(row) for row in page.object_list),
        page.paginator.count,
        marked.filter(noted=True).count(),
    )


def _moving(row: Student) -> MovingLine:
    return MovingLine(
        row.student_id,
        row.name,
        grade_words(row.grade),
        "" if row.school is None else row.school.name,
        bool(getattr(row, "noted", False)),
    )


def _in_the_last_grade(schools: list[str]) -> Q:
    """Who is in the last grade of their school: at most fourteen conditions."""
    rows = (
        Student.objects.filter(current=True, school__in=schools)
        .order_by()
        .values_list("school", "grade")
        .distinct()
    )
    last: dict[str, int] = {}
    for school, grade in rows:
        if grade in GRADES:
            last[school] = max(last.get(school, -1), GRADES.index(grade))
    by_grade: dict[str, list[str]] = {}
    for school, place in last.items():
        by_grade.setdefault(GRADES[place], []).append(school)
    found = Q(pk__in=[])
    for grade, codes in by_grade.items():
        if grade != GRADES[-1]:
            found |= Q(grade=grade, school__in=codes)
    return found
