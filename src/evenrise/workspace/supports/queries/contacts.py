"""Conversations with families, beside the language that they speak at home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.insights.shown import day_words
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.words import grade_words, page_language
from evenrise.workspace.supports.access import may_support
from evenrise.workspace.supports.models import FamilyContact
from evenrise.workspace.supports.queries.languages import (
    HomeLanguage,
    home_language,
    language_words,
)
from evenrise.workspace.supports.queries.paging import CountedPages, unindexed
from evenrise.workspace.supports.queries.teams import leads_student


HOW = {
    FamilyContact.How.CALL: _("Call"),
    FamilyContact.How.MESSAGE: _("Message"),
    FamilyContact.How.MEETING: _("Meeting at school"),
    FamilyContact.How.VISIT: _("Visit at home"),
    FamilyContact.How.EVENT: _("School event"),
    FamilyContact.How.WORKSHOP: _("Workshop for families"),
}
DIRECTION = {
    FamilyContact.Direction.FROM_SCHOOL: _("We called on the family"),
    FamilyContact.Direction.FROM_FAMILY: _("The family came to us"),
}
MOST = 50  # conversations that a student's page shows
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One conversation as a row; without its words where it was taken back."""

    key: int
    day: str
    how: str
    direction: str
    language: str
    own_language: bool
    interpreter: bool
    reached: bool
    about: str
    by: str
    withdrawn: str  # the day, or empty
    withdraws: bool
    restores: bool


@dataclass(frozen=True, slots=True)
class ContactsPart:
    """A family's language, and what was said with them."""

    student_id: str
    home: HomeLanguage
    reached: str  # the last day on which they were reached in their language
    lines: tuple[ContactLine, ...]
    more: bool


def contacts_part(
    person: Person, student: Student, reach: Reach
) -> ContactsPart | None:
    """The conversations with a student's family; for whoever supports students."""
    del reach
    if not may_support(person):
        return None
    rows = list(
        FamilyContact.objects.filter(student=student)
        .select_related("by")
        .order_by("-held_on", "-pk")[: MOST + 1]
    )
    home, language = home_language(student.home_language), page_language()
    days = [row.held_on for row in rows if _counts(row, home)]
    leads = leads_student(person, student)
    return ContactsPart(
        student.student_id,
        home,
        day_words(max(days), language) if days else "",
        tuple(_line(row, home, person, leads=leads) for row in rows[:MOST]),
        len(rows) > MOST,
    )


def _counts(row: FamilyContact, home: HomeLanguage) -> bool:
    own = row.language in home.same or row.interpreter
    return row.withdrawn_at is None and row.reached and own


def _line(
    row: FamilyContact, home: HomeLanguage, person: Person, *, leads: bool
) -> ContactLine:
    language, gone = page_language(), row.withdrawn_at is not None
    mine = leads or row.by_id == person.pk
    return ContactLine(
        row.pk,
        day_words(row.held_on, language),
        str(HOW[FamilyContact.How(row.how)]),
        str(DIRECTION[FamilyContact.Direction(row.direction)]),
        language_words(row.language),
        row.language in home.same,
        row.interpreter,
        row.reached,
        "" if gone else row.about,
        "" if row.by is None else row.by.name,
        day_words(row.withdrawn_at, language),
        mine and not gone,
        mine and gone,
    )


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A student whose family was not reached in its language."""

    student_id: str
    name: str
    grade: str
    school: str
    language: str


@dataclass(frozen=True, slots=True)
class FamiliesPage:
    """Families within reach who speak another language, and whom nobody reached."""

    page: Page[Student]
    lines: tuple[FamilyLine, ...]
    since: str
    speak: int  # students within reach whose families speak another language
    waiting: int  # of them, not reached in it this school year


def families_page(reach: Reach, number: str) -> FamiliesPage:
    """Whose family has nobody reached in its language this school year?

    Args:
        reach: how far the person reaches today.
        number: of the page that is wanted.
    """
    since = SchoolYear.of(timezone.localdate()).first_day
    within = students_within(reach).filter(current=True)
    told = within.order_by().values_list("home_language").annotate(n=Count("*"))
    foreign = {name: home_language(name) for name, _n in told}
    foreign = {name: home for name, home in foreign.items() if home.foreign}
    speak = sum(n for name, n in told if name in foreign)
    waiting = _speaking(within, foreign, by_name=reach.district)
    if reach.district:
        there = _whom_we_reached(foreign, since).distinct().count()
    else:
        there = waiting.filter(_reached(foreign, since)).count()
    rows = waiting.exclude(_reached(foreign, since)).select_related("school")
    page = CountedPages(
        rows.order_by("sort_name", "student_id"), A_PAGE, speak - there
    ).get_page(number)
    return FamiliesPage(
        page,
        tuple(
            FamilyLine(
                row.student_id,
                row.name,
                grade_words(row.grade),
                "" if row.school is None else row.school.name,
                foreign[row.home_language].words,
            )
            for row in page.object_list
        ),
        day_words(since, page_language()),
        speak,
        page.paginator.count,
    )


def _speaking(
    within: QuerySet[Student], foreign: Iterable[str], *, by_name: bool
) -> QuerySet[Student]:
    """Students whose families speak one of these languages.

    Args:
        within: some students.
        foreign: languages, in the words of the records.
        by_name: for very many, of whom a page is shown: read in the order of names.
    """
    if by_name:
        within = within.filter(current__in=(True,))
    told = within.annotate(spoken=unindexed("home_language"))
    return told.filter(spoken__in=list(foreign))


def _whom_we_reached(
    foreign: dict[str, HomeLanguage], since: dt.date
) -> QuerySet[FamilyContact, Any]:
    """The district's students of such families who were reached, by conversations."""
    ours = Q(interpreter=True, spoken__in=list(foreign))
    for name, home in foreign.items():
        ours |= Q(spoken=name, language__in=sorted(home.same))
    talks = _talks(since).annotate(spoken=unindexed("student__home_language"))
    found = talks.filter(ours, student__current=True)
    return found.order_by().values("student")


def _talks(since: dt.date) -> QuerySet[FamilyContact]:
    return FamilyContact.objects.filter(
        reached=True, withdrawn_at__isnull=True, held_on__gte=since
    )


def _reached(foreign: dict[str, HomeLanguage], since: dt.date) -> Q:
    """Whose family was reached in its own language, or through an interpreter."""
    talks = _talks(since)
    found = Q(pk__in=talks.filter(interpreter=True).values("student"))
    for name, home in foreign.items():
        own = talks.filter(language__in=sorted(home.same)).values("student")
        found |= Q(spoken=name, pk__in=own)
    return found
