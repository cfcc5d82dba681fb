"""A family asks who looked at a student's records; this answers (34 CFR 99.32)."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from evenrise.publishing.spreadsheets import as_csv
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach, reach_of, students_within
from evenrise.workspace.people.actions.looks import give_record
from evenrise.workspace.people.forms.record_requests import RecordForm
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.queries.looks import find_students, look_lines
from evenrise.workspace.people.roles import Right


def _who(request: HttpRequest) -> tuple[Person, Reach]:
    person = cast("Person", request.user)
    return person, reach_of(person, timezone.localdate())


@needs(Right.ANSWER_RECORD_REQUESTS)
@require_safe
def record_requests(request: HttpRequest) -> HttpResponse:
    """Which student is the family asking about?"""
    _person, reach = _who(request)
    search = request.GET.get("q", "").replace("\x00", "")[:100]
    return render(
        request,
        "people/record_requests.html",
        {"search": search, "found": find_students(reach, search)},
    )


@needs(Right.ANSWER_RECORD_REQUESTS)
@require_http_methods(["GET", "HEAD", "POST"])
def record_request(request: HttpRequest, student_id: str) -> HttpResponse:
    """Who looked at this student's records? Giving the record is on record too."""
    person, reach = _who(request)
    student = (
        students_within(reach)
        .select_related("school")
        .filter(pk=student_id.replace("\x00", ""))
        .first()
    )
    if student is None:
        raise Http404
    form = RecordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        language, shape = form.cleaned_data["language"], form.cleaned_data["shape"]
        give_record(
            person, student=student, reach=reach, language=language, shape=shape
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return _given(request, student, shape)
    return render(
        request, "people/record_request.html", {"student": student, "form": form}
    )


def _given(request: HttpRequest, student: Student, shape: str) -> HttpResponse:
    lines = look_lines(student)
    if shape == "csv":
        heads = (_("When"), _("Who"), _("Role"), _("Why"), _("What"))
        rows = [(one.at, one.who, one.role, one.why, one.where) for one in lines]
        response = HttpResponse(as_csv(heads, rows), content_type="text/csv")
        response["Content-Disposition"] = 'attachment; filename="who-looked.csv"'
        return response
    return render(
        request,
        "people/who_looked.html",
        {"student": student, "lines": lines, "on": timezone.localdate()},
    )
