"""The list of students, its file, and one student's page."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from evenrise.publishing.spreadsheets import as_csv
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach, reach_of, students_within
from evenrise.workspace.people.actions.looks import export_students, look_at_student
from evenrise.workspace.people.forms.wanted import FILTERS, filters_in_use, read_wanted
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.caseloads import moved_from
from evenrise.workspace.people.queries.sections import sections_seen
from evenrise.workspace.people.queries.student_page import student_page
from evenrise.workspace.people.queries.students import (
    EXPORT_HEADER,
    EXPORT_LIMIT,
    choices_for,
    export_rows,
    narrowed,
    students_page,
)
from evenrise.workspace.people.roles import Right
from evenrise.workspace.people.student_parts import parts_of


def _who(request: HttpRequest) -> tuple[Person, Reach]:
    person = cast("Person", request.user)
    return person, reach_of(person, timezone.localdate())


@needs(Right.SEE_STUDENTS)
@require_safe
def students(request: HttpRequest) -> HttpResponse:
    """Which students do I serve?"""
    _, reach = _who(request)
    choices = choices_for(reach)
    wanted = read_wanted(request.GET, choices, reach)
    found = narrowed(students_within(reach), wanted, everywhere=reach.district)
    page = students_page(found, wanted, reach)
    told = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return render(
        request,
        "people/students.html",
        {
            "page": page,
            "wanted": wanted,
            "choices": choices,
            "chosen_caseload": str(wanted.caseload or ""),
            "reach": reach,
            "query": urlencode(told),
            "export_limit": EXPORT_LIMIT,
            "moved": moved_from(reach.person) if reach.own_caseloads else 0,
        },
    )


@needs(Right.SEE_STUDENTS)
@require_safe
def students_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet; every student in it is a look."""
    person, reach = _who(request)
    wanted = read_wanted(request.GET, choices_for(reach), reach)
    found = narrowed(students_within(reach), wanted, everywhere=reach.district)
    rows = export_rows(found, EXPORT_LIMIT + 1)
    if len(rows) > EXPORT_LIMIT:
        return render(
            request, "people/export_too_long.html", {"limit": EXPORT_LIMIT}, status=422
        )
    if request.method != "HEAD":
        export_students(
            person,
            rows=[(str(row[0]), str(row[-1])) for row in rows],
            reach=reach,
            narrowed_by=filters_in_use(wanted),
        )
    response = HttpResponse(as_csv(EXPORT_HEADER, rows), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="students.csv"'
    return response


@needs(Right.SEE_STUDENTS)
@require_safe
def student(request: HttpRequest, student_id: str) -> HttpResponse:
    """Who is this student, and what do the records tell?"""
    person, reach = _who(request)
    found = (
        students_within(reach)
        .select_related("school")
        .filter(pk=student_id.replace("\x00", ""))
        .first()
    )
    if found is None:
        raise Http404
    page = student_page(found, reach)
    above, below = parts_of(person, found, reach)
    look_at_student(person, student=found, reach=reach)
    return render(
        request,
        "people/student.html",
        {"page": page, "student": found, "above": above, "below": below},
    )


@needs(Right.SEE_STUDENTS)
@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """Which sections do I teach, or work for?"""
    person, reach = _who(request)
    page = sections_seen(person, reach, school=request.GET.get("school", ""))
    return render(request, "people/sections.html", {"page": page})
