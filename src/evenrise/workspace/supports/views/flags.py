"""Who needs somebody this week: the list, its file, answers to a flag, by school."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.publishing.spreadsheets import as_csv
from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.actions.looks import export_students, look_at_student
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.queries.students import EXPORT_LIMIT
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import (
    may_support,
    reach_today,
    student_or_404,
)
from evenrise.workspace.supports.actions import flag_answering as verbs
from evenrise.workspace.supports.forms.flag_answers import ContestForm, SetAsideForm
from evenrise.workspace.supports.forms.flag_wanted import (
    FILTERS,
    flag_filters_in_use,
    read_flags_wanted,
)
from evenrise.workspace.supports.models import Flag, FlagAnswer
from evenrise.workspace.supports.queries import flag_pages as pages
from evenrise.workspace.supports.queries.flag_counts import counts_page
from evenrise.workspace.supports.queries.flags import choices_for, unknown_within


A_PAGE_UNKNOWN = 50


def _who(request: HttpRequest) -> tuple[Person, Reach]:
    person = cast("Person", request.user)
    return person, reach_today(person)


def _told(request: HttpRequest) -> str:
    """The filters in use, for links to another page of the same list."""
    told = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return urlencode(told)


@needs(Right.SEE_STUDENTS)
@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """Who needs somebody this week?"""
    person, reach = _who(request)
    choices = choices_for(reach)
    wanted = read_flags_wanted(request.GET, choices)
    told: dict[str, Any] = {
        "wanted": wanted,
        "choices": choices,
        "reach": reach,
        "query": _told(request),
        "supports": may_support(person),
        "organizes": person.may(Right.ORGANIZE_SUPPORTS),
        "brings": person.may(Right.BRING_FILES),
    }
    if request.GET.get("show") == "unknown":
        found = unknown_within(reach, wanted)
        told["rows"] = pages.unknown_rows(
            Paginator(found, A_PAGE_UNKNOWN).get_page(request.GET.get("page")),
            asks_school=reach.district and not wanted.school,
        )
        return render(request, "supports/flags_unknown.html", told)
    told["page"] = pages.flags_page(reach, wanted)
    return render(request, "supports/flags.html", told)


@needs(Right.SEE_STUDENTS)
@require_safe
def flags_file(request: HttpRequest) -> HttpResponse:
    """The same list as a file for a spreadsheet; every student in it is a look."""
    person, reach = _who(request)
    wanted = read_flags_wanted(request.GET, choices_for(reach))
    file = pages.flags_file(reach, wanted, EXPORT_LIMIT)
    if file is None:
        told = {"limit": EXPORT_LIMIT}
        return render(request, "people/export_too_long.html", told, status=422)
    if request.method != "HEAD":
        export_students(
            person,
            rows=file.looks,
            reach=reach,
            narrowed_by=("flags", *flag_filters_in_use(wanted)),
        )
    response = HttpResponse(as_csv(pages.FILE_HEADER, file.rows), "text/csv")
    response["Content-Disposition"] = 'attachment; filename="this-week.csv"'
    return response


@needs(Right.SEE_STUDENTS)
@require_safe
def flags_by_school(request: HttpRequest) -> HttpResponse:
    """Where do students wait, school by school and grade by grade?"""
    _, reach = _who(request)
    page = counts_page(reach, request.GET.get("school", ""))
    return render(request, "supports/flags_by_school.html", {"page": page})


def _flag_or_404(request: HttpRequest, key: int) -> tuple[Flag, Reach]:
    """A flag of a student within reach, with the student and why."""
    person, reach = _who(request)
    flag = Flag.objects.select_related("school").filter(pk=key).first()
    if flag is None:
        raise Http404
    flag.student = student_or_404(person, flag.student_id, reach)
    return flag, reach


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def flag_answer(request: HttpRequest, key: int) -> HttpResponse:
    """What do we answer to this flag?"""
    flag, reach = _flag_or_404(request, key)
    person = cast("Person", request.user)
    aside = SetAsideForm(request.POST if "set_aside" in request.POST else None)
    wrong = ContestForm(request.POST if "contest" in request.POST else None)
    if request.method == "POST":
        try:
            if aside.is_valid():
                verbs.set_aside(person, flag=flag, **aside.cleaned_data)
                messages.success(request, _("Set aside. It comes back by itself."))
                return redirect("flag_answer", key=key)
            if wrong.is_valid():
                verbs.contest(person, flag=flag, **wrong.cleaned_data)
                messages.success(request, _("Noted. The records will be looked at."))
                return redirect("flag_answer", key=key)
        except InputProblem as problem:
            messages.error(request, str(problem))
            return redirect("flag_answer", key=key)
    else:
        look_at_student(person, student=flag.student, reach=reach)
    told = {"page": pages.answer_page(flag), "aside": aside, "wrong": wrong}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/flag_answer.html", told, status=status)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def flag_answer_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take an answer back."""
    answer = FlagAnswer.objects.filter(pk=key).first()
    if answer is None:
        raise Http404
    flag, _reach = _flag_or_404(request, answer.flag_id)
    answer.flag = flag
    verbs.take_back(cast("Person", request.user), answer=answer)
    messages.success(request, _("Taken back."))
    return redirect("flag_answer", key=flag.pk)
