"""Begin a support for a student, place them in a tier, review and end a support."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.actions.looks import look_at_student
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import student_or_404
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.forms.care import (
    BeginForm,
    ChangeForm,
    EndForm,
    ReviewForm,
    TierForm,
)
from evenrise.workspace.supports.models import Flag, Review, Support, SupportKind
from evenrise.workspace.supports.models.words import Area
from evenrise.workspace.supports.queries.care_part import care_part
from evenrise.workspace.supports.queries.flag_lines import reasons_words
from evenrise.workspace.supports.queries.menu import (
    by_area,
    kind_shown,
    kinds_offered,
    readings,
)
from evenrise.workspace.supports.queries.one_support import support_page
from evenrise.workspace.supports.queries.owners import owners_at
from evenrise.workspace.supports.views.attempts import (
    attempt,
    clean_id,
    support_or_404,
    who,
)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_support(request: HttpRequest, student_id: str) -> HttpResponse:
    """Which support fits this student, and what is planned?"""
    person, reach = who(request)
    student = student_or_404(person, clean_id(student_id), reach)
    flag = _flag(request, student)
    asked = request.GET.get("kind", "")
    kind = next((one for one in kinds_offered() if one.key == asked), None)
    if request.method != "POST":
        look_at_student(person, student=student, reach=reach)
    if kind is None:
        return _choose(request, student, flag)
    form = _begin_form(request, person, student, kind)
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: care.begin_support(
                person,
                student=student,
                plan=form.plan(),
                because_of=flag,
                in_tier=form.cleaned_data["in_tier"],
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("The support is planned."))
            return redirect("support", made.pk)
    told = {
        "form": form,
        "student": student,
        "kind": kind_shown(kind, readings()),
        "flag": flag,
        "reasons": reasons_words(flag.reasons) if flag else (),
        "change_url": reverse("begin_support", args=(student.pk,))
        + (f"?flag={flag.pk}" if flag else ""),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/begin.html", told, status=status)


def _flag(request: HttpRequest, student: Student) -> Flag | None:
    """The flag that the support answers: named in the address, of this student."""
    told = request.GET.get("flag", "")
    if not (told.isascii() and told.isdigit() and len(told) < 10):
        return None
    return Flag.objects.filter(pk=int(told), student=student).first()


def _choose(request: HttpRequest, student: Student, flag: Flag | None) -> HttpResponse:
    wanted = flag.domain if flag else request.GET.get("area", "")
    areas = by_area(kinds_offered(), readings())
    if wanted in Area.values:
        areas = tuple(sorted(areas, key=lambda area: area.area != wanted))
    told = {"student": student, "flag": flag, "areas": areas}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/choose.html", told, status=status)


def _begin_form(
    request: HttpRequest, person: Person, student: Student, kind: SupportKind
) -> BeginForm:
    today = timezone.localdate()
    schools = [student.school_id] if student.school_id else []
    return BeginForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        owners=owners_at(schools, today),
        proposed=care.plan_from_menu(kind, owner=person, begins_on=today),
    )


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def place_in_tier(request: HttpRequest, student_id: str) -> HttpResponse:
    """In which tier is this student, and why?"""
    person, reach = who(request)
    student = student_or_404(person, clean_id(student_id), reach)
    form = TierForm(
        request.POST if request.method == "POST" else None,
        initial={"area": request.GET.get("area", ""), "tier": 2},
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        attempt(lambda: care.place_in_tier(person, student=student, **told), form)
        if not form.errors:
            messages.success(request, _("The tier is written down."))
            return redirect("student", student.pk)
    if request.method != "POST":
        look_at_student(person, student=student, reach=reach)
    status = 422 if request.method == "POST" else 200
    part = care_part(person, student, reach)
    told = {"form": form, "student": student, "part": part}
    return render(request, "supports/tier.html", told, status=status)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def review_support(request: HttpRequest, key: int) -> HttpResponse:
    """What does the review decide?"""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    form = ReviewForm(
        request.POST if request.method == "POST" else None,
        initial={
            "sessions_a_week": one.sessions_a_week,
            "minutes": one.minutes,
            "next_on": _look_again(one),
        },
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: care.review(person, support=key, reviewed=form.reviewed()), form
        )
        if made is not None:
            messages.success(request, _("The review is written down."))
            if made.decision == Review.Decision.CHANGE:
                area = f"?area={one.kind.area}"
                return redirect(reverse("begin_support", args=[one.student_id]) + area)
            return redirect("support", key)
    if request.method != "POST":
        look_at_student(person, student=one.student, reach=reach)
    told = {"form": form, "page": support_page(one, timezone.localdate())}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/review.html", told, status=status)


def _look_again(one: Support) -> dt.date:
    """In six weeks, or at the planned end where it comes first; never within a week."""
    today = timezone.localdate()
    at_end = max(one.planned_end_on, today + dt.timedelta(weeks=1))
    return min(today + dt.timedelta(weeks=care.REVIEW_AFTER), at_end)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_support(request: HttpRequest, key: int) -> HttpResponse:
    """What changes about this support: its goal, its owner, its aim?"""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    schools = [one.student.school_id] if one.student.school_id else []
    form = ChangeForm(
        request.POST if request.method == "POST" else None,
        one=one,
        owners=owners_at(schools, timezone.localdate())
        | Person.objects.filter(pk=one.owner_id),
    )
    if request.method == "POST" and form.is_valid():
        done = attempt(
            lambda: care.change_support(person, support=key, changed=form.changed()),
            form,
        )
        if done is not None:
            messages.success(request, _("The support is changed."))
            return redirect("support", key)
    if request.method != "POST":
        look_at_student(person, student=one.student, reach=reach)
    told = {"form": form, "page": support_page(one, timezone.localdate())}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/change.html", told, status=status)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_support(request: HttpRequest, key: int) -> HttpResponse:
    """How did this support end, and why?"""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = attempt(lambda: care.end_support(person, support=key, **told), form)
        if done is not None:
            messages.success(request, _("The support has ended."))
            return redirect("support", key)
    if request.method != "POST":
        look_at_student(person, student=one.student, reach=reach)
    told = {"form": form, "page": support_page(one, timezone.localdate())}
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/end.html", told, status=status)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_end(request: HttpRequest, key: int) -> HttpResponse:
    """The support goes on after all: it was ended today by mistake."""
    person, _reach = who(request)
    attempt(lambda: care.undo_end(person, support=key))
    messages.success(request, _("The support goes on."))
    return redirect("support", key)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_review(request: HttpRequest, review: int) -> HttpResponse:
    """The review was written down by mistake: the plan is as it was before."""
    person, _reach = who(request)
    one = attempt(lambda: care.undo_review(person, review=review))
    messages.success(request, _("The review is taken back; the plan is as before."))
    return redirect("support", 0 if one is None else one.pk)
