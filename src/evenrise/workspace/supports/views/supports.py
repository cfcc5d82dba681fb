"""My supports this week, one support's page, and the taps on them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach
from evenrise.workspace.people.actions.looks import look_at_student
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.actions import care
from evenrise.workspace.supports.forms.care import (
    OtherDayForm,
    PointForm,
    SessionForm,
)
from evenrise.workspace.supports.models import Support
from evenrise.workspace.supports.queries.mine import my_week
from evenrise.workspace.supports.queries.one_support import review_to_undo, support_page
from evenrise.workspace.supports.said import day_words, why_not_choices
from evenrise.workspace.supports.views.attempts import attempt, support_or_404, who


@needs(Right.SUPPORT_STUDENTS)
@require_safe
def supports(request: HttpRequest) -> HttpResponse:
    """What is mine to do this week?"""
    person, reach = who(request)
    today = timezone.localdate()
    told = {
        "page": my_week(person, reach, today),
        "today": day_words(today),
        "reasons": why_not_choices(),
    }
    return render(request, "supports/supports.html", told)


@needs(Right.SUPPORT_STUDENTS)
@require_safe
def support(request: HttpRequest, key: int) -> HttpResponse:
    """Is this support helping this student?"""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    look_at_student(person, student=one.student, reach=reach)
    return _page(request, one)


def _page(
    request: HttpRequest,
    one: Support,
    *,
    point: PointForm | None = None,
    session: OtherDayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    page = support_page(one, today)
    begun = one.made_by_id == request.user.pk
    begun = begun and timezone.localdate(one.made_at) == today
    told = {
        "page": page,
        "begun_today": begun
        and not (page.points or page.sessions_in_all or page.reviews),
        "batch": one.batch,
        "own_review": review_to_undo(one, cast("Person", request.user), today),
        "point_form": point or PointForm(initial={"on": today}),
        "session_form": session
        or OtherDayForm(initial={"held_on": today, "minutes": one.minutes}),
    }
    return render(request, "supports/support.html", told, status=status)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def log_session(request: HttpRequest, key: int) -> HttpResponse:
    """A session was given, or was not: one tap from the week's page."""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    if "day" in request.POST:  # the longer form of the support's own page
        return _log_other_day(request, person, reach, one)
    form = SessionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say whether the session was given."))
        return redirect("supports")
    told = form.cleaned_data
    given = told["given"] == "yes"
    try:
        attempt(
            lambda: care.log_session(
                person,
                support=key,
                held_on=told["held_on"] or timezone.localdate(),
                delivered=given,
                minutes=told["minutes"],
                why_not=told["why_not"],
            )
        )
    except InputProblem as problem:
        messages.error(request, str(problem))
    return redirect("supports")


def _log_other_day(
    request: HttpRequest, person: Person, reach: Reach, one: Support
) -> HttpResponse:
    form = OtherDayForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: care.log_session(
                person,
                support=one.pk,
                held_on=told["held_on"],
                delivered=told["given"] == "yes",
                minutes=told["minutes"],
                why_not=told["why_not"],
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("The session is written down."))
            return redirect("support", one.pk)
    look_at_student(person, student=one.student, reach=reach)
    return _page(request, one, session=form, status=422)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_session(request: HttpRequest, session: int) -> HttpResponse:
    """Take a logged session back."""
    person, _reach = who(request)
    done = attempt(lambda: care.undo_session(person, session=session))
    if done is not None and "day" in request.POST:
        messages.success(request, _("The session is taken back."))
        return redirect("support", done.support_id)
    return redirect("supports")


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def add_point(request: HttpRequest, key: int) -> HttpResponse:
    """A reading of the measure."""
    person, reach = who(request)
    one = support_or_404(person, reach, key)
    form = PointForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: care.add_point(
                person, support=key, on=told["on"], value=told["value"]
            ),
            form,
        )
        if made is not None:
            messages.success(request, _("The point is added."))
            return redirect("support", key)
    look_at_student(person, student=one.student, reach=reach)
    return _page(request, one, point=form, status=422)


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def undo_point(request: HttpRequest, point: int) -> HttpResponse:
    """Take a point back."""
    person, _reach = who(request)
    done = attempt(lambda: care.undo_point(person, point=point))
    messages.success(request, _("The point is taken back."))
    return (
        redirect("supports") if done is None else redirect("support", done.support_id)
    )
