"""The list of students: those within reach, narrowed, searched and paged.

Every question begins with the set of `access.students_seen_by`; nothing here makes it
wider. Pages are cut by the place of a student in the order of names (keyset), so that
page 900 costs what page 1 costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.people.access import Reach, Reason
from evenrise.workspace.people.models import (
    Caseload,
    CaseloadPlace,
    FurtherStay,
    Roster,
    School,
    Section,
    Student,
    StudentWord,
)
from evenrise.workspace.people.placing import fold
from evenrise.workspace.people.queries.words import (
    absence_words,
    grade_words,
    reason_words,
)


PAGE = 50
_RARE = 15_000  # students with a word: more are met soon in the order of names
_COUNTED = 1_000  # beyond this a list says "more than"
EXPORT_LIMIT = 10_000  # students; who needs more asks a steward for the records
EXPORT_HEADER = (
    "student_id",
    "given_name",
    "family_name",
    "grade",
    "school_id",
    "school",
    "days_enrolled",
    "days_absent",
    "reason",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the list is wanted; empty means everything."""

    search: str = ""
    school: str = ""
    grade: str = ""
    section: str = ""
    caseload: int | None = None
    left: bool = False  # those who left the district instead of those enrolled
    after: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student as a row of the list shows them."""

    student_id: str
    url: str
    name: str
    family_first: str
    grade: str
    school: str
    absence: str
    reason: str


@dataclass(frozen=True, slots=True)
class StudentsPage:
    """One page of the list; `first` and `last` are the keys of its edges."""

    lines: tuple[StudentLine, ...]
    count: int
    counted_all: bool
    earlier: str
    later: str


def narrowed(
    seen: QuerySet[Student], wanted: Wanted, *, everywhere: bool = False
) -> QuerySet[Student]:
    """The students within the set whom the filters and the search leave.

    Args:
        seen: the students within reach.
        wanted: filters and search.
        everywhere: the set is the whole district: rare words are then looked up in
            the index of words, while a school's few thousand names are read.
    """
    found = seen
    if wanted.school:
        found = found.filter(
            Q(school=wanted.school)
            | Q(pk__among=_further(wanted.school).values("student"))
        )
    if wanted.grade:
        found = found.filter(grade=wanted.grade)
    if wanted.section:
        places = Roster.objects.filter(section=wanted.section)
        found = found.filter(pk__in=places.values("student"))
    if wanted.caseload is not None:
        found = found.filter(
            pk__in=CaseloadPlace.objects.filter(caseload=wanted.caseload).values(
                "student"
            )
        )
    found, met = _searched(found, wanted.search, everywhere=everywhere)
    is_few = met or not everywhere
    if wanted.school or wanted.section or wanted.caseload:
        is_few = True
    if is_few:  # met by their school, section, word or code: no other index is invited
        return found.filter(current=not wanted.left)
    # "IN (true)" meets the index of all names; Django's bare "WHERE current" does not.
    return found.filter(current__in=(not wanted.left,))


def _searched(
    found: QuerySet[Student], search: str, *, everywhere: bool
) -> tuple[QuerySet[Student], bool]:
    """Those whose names or code the words fit; whether an index of its own is met."""
    met = False
    rarest: tuple[int, QuerySet[StudentWord]] | None = None
    for word in fold(search).replace(",", " ").split()[:5]:
        if any(letter.isdigit() for letter in word):  # a student's code, whole
            found = found.filter(student_id__in={word, word.upper()})
            met = True
            continue
        found = found.filter(
            Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}")
        )
        having = _having(word)
        many = having[: _RARE + 1].count() if everywhere else _RARE + 1
        if many <= _RARE and (rarest is None or many < rarest[0]):
            rarest = many, having
    if rarest is None:
        return found, met
    # The other words are read in the few names that are left.
    return found.filter(pk__in=rarest[1].values("student")), True


def _having(word: str) -> QuerySet[StudentWord]:
    """The words of names that begin so, by the index that each database has.

    SQLite's LIKE meets none, so a range of its bytes is asked; PostgreSQL sorts as
    people do, so a range would be another one, and its index is for LIKE.
    """
    words = StudentWord.objects.all()
    if connection.vendor == "sqlite":
        return words.filter(word__gte=word, word__lt=f"{word}\uffff")
    return words.filter(word__startswith=word)


def _further(school: str) -> QuerySet[FurtherStay]:
    return FurtherStay.objects.filter(school=school)


def students_page(
    found: QuerySet[Student], wanted: Wanted, reach: Reach
) -> StudentsPage:
    """One page of students in the order of names, each with the reason."""
    rows, earlier, later = _cut(found, wanted)
    whole = not (earlier or later)
    counted = len(rows) if whole else found.order_by()[: _COUNTED + 1].count()
    titles = _section_titles(reach, [row for row in rows if _is_taught(row)])
    return StudentsPage(
        lines=tuple(_line(row, titles) for row in rows),
        count=min(counted, _COUNTED),
        counted_all=counted <= _COUNTED,
        earlier=earlier,
        later=later,
    )


def _cut(found: QuerySet[Student], wanted: Wanted) -> tuple[list[Student], str, str]:
    """The rows of a page, and the edges from which earlier and later ones go on.

    An edge that is not within the set (changed by hand, or no longer seen) begins the
    list anew: where it would stand tells nothing.
    """
    edge, back = wanted.after or wanted.before, bool(wanted.before and not wanted.after)
    at = (
        found.filter(pk=edge).values_list("sort_name", "student_id").first()
        if edge
        else None
    )
    ordered = found.select_related("school")
    if at is not None:
        name, key = at
        ordered = ordered.filter(_beyond(name, key, back=back))
    if at is None:
        back = False
    order = ("-sort_name", "-student_id") if back else ("sort_name", "student_id")
    rows = list(ordered.order_by(*order)[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if back:
        rows.reverse()
    if not rows:
        return [], "", ""
    has_earlier = more if back else at is not None
    has_later = True if back else more
    return (
        rows,
        rows[0].student_id if has_earlier else "",
        rows[-1].student_id if has_later else "",
    )


def _beyond(name: str, key: str, *, back: bool) -> Q:
    """The rows after (or before) a place; the first part lets an index be used."""
    if back:
        return Q(sort_name__lte=name) & (Q(sort_name__lt=name) | Q(student_id__lt=key))
    return Q(sort_name__gte=name) & (Q(sort_name__gt=name) | Q(student_id__gt=key))


def _is_taught(row: Student) -> bool:
    return getattr(row, "reason", "") == Reason.SECTION


def own_sections(reach: Reach) -> QuerySet[Section]:
    """The sections through which a person sees students."""
    return Section.objects.filter(
        Q(pk__in=reach.sections)
        | (Q(staff_id=reach.teaches) if reach.teaches else Q(pk__in=()))
    )


def _section_titles(reach: Reach, rows: Sequence[Student]) -> dict[str, str]:
    """The titles of the person's sections that each student is in."""
    if not rows:
        return {}
    pairs = (
        Roster.objects.filter(
            section__in=own_sections(reach).order_by(),
            student__in=[row.student_id for row in rows],
        )
        .order_by("section__title")
        .values_list("student_id", "section__title")
    )
    titles: dict[str, list[str]] = {}
    for student, title in pairs:
        kept = titles.setdefault(student, [])
        if title and title not in kept:
            kept.append(title)
    return {student: ", ".join(kept) for student, kept in titles.items()}


def _line(row: Student, titles: Mapping[str, str]) -> StudentLine:
    school = "" if row.school is None else row.school.name
    return StudentLine(
        student_id=row.student_id,
        url=reverse("student", args=(row.student_id,)),
        name=row.name,
        family_first=", ".join(filter(None, (row.family_name, row.given_name)))
        or row.student_id,
        grade=grade_words(row.grade),
        school=school,
        absence=absence_words(row.days_absent, row.days_enrolled),
        reason=reason_words(
            str(getattr(row, "reason", "")), titles.get(row.student_id, ""), school
        ),
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list may be narrowed by, for one person: (value, words)."""

    schools: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    caseloads: tuple[tuple[str, str], ...]


def schools_of(reach: Reach) -> tuple[tuple[str, str], ...]:
    """The schools where a person reaches students by school or grade: (key, name)."""
    schools = School.objects.filter(current=True)
    if not reach.district:
        named = reach.schools | {school for school, _ in reach.grades}
        schools = schools.filter(pk__in=named)
    return tuple(schools.values_list("school_id", "name"))


def choices_for(reach: Reach) -> Choices:
    """The schools, grades, sections and caseloads a person may choose from."""
    return Choices(
        schools=schools_of(reach),
        grades=tuple((grade, grade_words(grade)) for grade in GRADES),
        sections=told_apart(
            own_sections(reach).values_list("section_id", "title")
            if reach.sections or reach.teaches
            else ()
        ),
        caseloads=tuple(
            (str(key), name)
            for key, name in caseloads_within(reach).values_list("pk", "name")
        ),
    )


def told_apart(sections: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Sections (key, title), with the key beside a title that several of them have."""
    rows = tuple(sections)
    many = Counter(title for _, title in rows)
    return tuple(
        (key, f"{title} ({key})" if title and many[title] > 1 else title or key)
        for key, title in rows
    )


def caseloads_within(reach: Reach) -> QuerySet[Caseload]:
    """The caseloads through which a person sees students."""
    if not (reach.caseloads or reach.own_caseloads):
        return Caseload.objects.none()
    own = Q(owner=reach.person) if reach.own_caseloads else Q(pk__in=())
    return Caseload.objects.filter(Q(pk__in=reach.caseloads) | own)


def export_rows(found: QuerySet[Student], limit: int) -> list[tuple[object, ...]]:
    """The rows of an export, in the order of names, with the columns EXPORT_HEADER."""
    return list(
        found.order_by("sort_name", "student_id").values_list(
            "student_id",
            "given_name",
            "family_name",
            "grade",
            "school_id",
            F("school__name"),
            "days_enrolled",
            "days_absent",
            "reason",
        )[:limit]
    )
