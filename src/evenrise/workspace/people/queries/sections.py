"""Sections within a person's reach, one's own first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.models import Person, School, Section, StaffMember
from evenrise.workspace.people.queries.students import own_sections, told_apart
from evenrise.workspace.people.queries.words import subject_words


MOST = 200  # sections a page shows; a school can be chosen


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section as a row shows it; `url` is blank where its list is not one's own."""

    title: str
    subject: str
    teacher: str
    students: int
    url: str


@dataclass(frozen=True, slots=True)
class SectionsPage:
    """Sections that one teaches, then others of the schools one works for."""

    own: tuple[SectionLine, ...]
    others: tuple[SectionLine, ...]
    school: str
    schools: tuple[tuple[str, str], ...]
    more: bool


def sections_seen(person: Person, reach: Reach, *, school: str) -> SectionsPage:
    """The sections a person may see; others only of one school at a time."""
    del person
    own = _counted(own_sections(reach))
    schools = _schools(reach)
    codes = [code for code, _ in schools]
    chosen = school if school in codes else (codes[0] if codes else "")
    others: list[Section] = []
    if chosen:
        taught = [section.pk for section in own]
        of_school = _counted(_within(reach, chosen).exclude(pk__in=taught))
        others = list(of_school[: MOST + 1])
    names = StaffMember.objects.in_bulk(
        {section.staff_id for section in [*own, *others] if section.staff_id}
    )
    titles = dict(told_apart((one.pk, one.title) for one in [*own, *others]))
    for one in [*own, *others]:
        one.title = titles[one.pk]
    return SectionsPage(
        own=tuple(_line(section, names, own=True) for section in own),
        others=tuple(_line(section, names, own=False) for section in others[:MOST]),
        school=chosen,
        schools=schools,
        more=len(others) > MOST,
    )


def _schools(reach: Reach) -> tuple[tuple[str, str], ...]:
    found = School.objects.filter(current=True)
    if not reach.district:
        if not reach.schools:
            return ()
        found = found.filter(pk__in=reach.schools)
    return tuple(found.values_list("school_id", "name"))


def _within(reach: Reach, school: str) -> QuerySet[Section]:
    if not (reach.district or school in reach.schools):
        return Section.objects.none()
    return Section.objects.filter(school=school)


def _counted(sections: QuerySet[Section]) -> QuerySet[Section]:
    """With `seats`: the students in each who are enrolled now."""
    return sections.annotate(
        seats=Count("rosters", filter=Q(rosters__student__current=True))
    ).order_by("title", "section_id")


def _line(section: Section, names: dict[str, StaffMember], *, own: bool) -> SectionLine:
    teacher = names.get(section.staff_id)
    return SectionLine(
        title=section.title,
        subject=subject_words(section.subject),
        teacher="" if teacher is None else teacher.name,
        students=int(getattr(section, "seats", 0)),
        url=f"{reverse('students')}?{urlencode({'section': section.pk})}"
        if own
        else "",
    )
