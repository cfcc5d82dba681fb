"""What the pages for writing about a student share: one form, one student, one deed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.insights.problems import NotYours, Overtaken
from evenrise.workspace.insights.views import beginning
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.actions.looks import look_at_student
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.supports.access import reach_today, student_or_404


@dataclass(frozen=True, slots=True)
class About:
    """Who writes, about which student."""

    person: Person
    reach: Reach
    student: Student


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One page for writing: its question, its form, what stands beside it."""

    template: str
    form: Callable[[Any], forms.Form]
    save: Callable[[Any], object]
    saved: str
    place: str  # of the part on the student's page
    beside: dict[str, Any] = field(default_factory=dict)


def about(request: HttpRequest, student_id: str) -> About:
    """The student, when the person reaches them.

    Raises:
        Http404: for whom is not there, and just so for whom is not theirs.
    """
    person = who(request)
    reach = reach_today(person)
    return About(person, reach, student_or_404(person, student_id, reach))


def write_page(request: HttpRequest, one: About, writing: Writing) -> HttpResponse:
    """Show the form; or save what was written and go back to the student's page."""
    sent = request.method == "POST"
    form = writing.form(request.POST if sent else None)
    if sent and form.is_valid():
        tried(lambda: writing.save(form), request)
        messages.success(request, writing.saved)
        return redirect(f"{student_url(one.student.pk)}#{writing.place}")
    look_at_student(one.person, student=one.student, reach=one.reach)
    told = {"student": one.student, "form": form, **writing.beside}
    return render(request, writing.template, told, status=422 if sent else 200)


def student_url(student_id: str) -> str:
    """A student's page."""
    return reverse("student", args=(student_id,))


def withdraw_page(
    request: HttpRequest,
    verb: Callable[[bool], Any],
    *,
    words: tuple[str, str],
    place: str,
) -> HttpResponse:
    """Take words back, or (`restore`) bring them back; then the student's page.

    Args:
        request: of the person.
        verb: does it; told whether the words are taken back.
        words: what is said when they are taken back, and when they are brought back.
        place: of the part on the student's page.

    Raises:
        Http404: when they are not theirs.
    """
    gone = "restore" not in request.POST
    try:
        row = verb(gone)
    except NotYours as problem:
        raise Http404 from problem
    messages.success(request, words[0] if gone else words[1])
    return redirect(f"{student_url(row.student_id)}#{place}")


def tried(verb: Callable[[], Any], request: HttpRequest) -> bool:
    """Whether a verb was done; what stopped it is said on the page.

    Raises:
        Http404: when it is not theirs.
    """
    return beginning.tried(verb, request, told=(InputProblem, Overtaken))
