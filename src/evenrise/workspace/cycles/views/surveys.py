"""Pages of surveys of beliefs: ask, answer, and what was found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.cycles.actions import surveys as verbs
from evenrise.workspace.cycles.forms.surveys import SurveyAnswerForm, SurveyForm
from evenrise.workspace.cycles.models import BeliefSurvey
from evenrise.workspace.cycles.queries.survey_access import (
    is_open,
    may_survey,
    place_of,
)
from evenrise.workspace.cycles.queries.surveys import survey_name, survey_result
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Trail
from evenrise.workspace.plans.views.opening import attempt


_UNDO = "cycles_survey_undo"  # of the session: which survey was just removed


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def belief_survey_new(request: HttpRequest) -> HttpResponse:
    """What do adults there and elsewhere believe and do: what is asked, of whom?"""
    person = who(request)
    if not may_survey(person):
        raise Http404
    finding = request.GET.get("finding", "").replace("\x00", "")[:300]
    today = timezone.localdate()
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        person=person,
        language=reader_language(),
        initial={"opens_on": today, "closes_on": today + dt.timedelta(days=14)},
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.make_survey(person, said=form.said(finding)), request, form
        )
        if made is not None:
            words = _("The survey is there for the staff of these schools.")
            return done(request, words, _url(made))
    told = {"form": form, "trail": _trail()}
    status = 422 if form.is_bound else 200
    return render(request, "cycles/survey_form.html", told, status=status)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def belief_survey_answer(request: HttpRequest, key: int) -> HttpResponse:
    """What do I believe and do? Without a name, once."""
    person, one = who(request), _found(key)
    if place_of(person, one) is None or not is_open(one, timezone.localdate()):
        raise Http404
    form = SurveyAnswerForm(
        request.POST if request.method == "POST" else None,
        survey=one,
        language=reader_language(),
    )
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        kept = attempt(
            lambda: verbs.answer_survey(person, survey=key, answers=answers),
            request,
            form,
        )
        if kept is not None:
            return done(request, _("Thank you; your answer counts."), reverse("spots"))
    told: dict[str, Any] = {"form": form, "name": survey_name(one, reader_language())}
    told["trail"] = _trail()
    status = 422 if form.is_bound else 200
    return render(request, "cycles/survey_answer.html", told, status=status)


@needs(Right.SEE_FINDINGS)
@require_safe
def belief_survey(request: HttpRequest, key: int) -> HttpResponse:
    """Do adults there believe and do something else than elsewhere?"""
    one = _found(key)
    told = {
        "page": survey_result(one, timezone.localdate(), reader_language()),
        "key": one.pk,
        "removes": one.made_by_id == who(request).pk and may_survey(who(request)),
        "trail": _trail(),
    }
    return render(request, "cycles/survey.html", told)


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def belief_survey_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a survey of mine, or (`back`) undo that."""
    person, back = who(request), "back" in request.POST
    one: BeliefSurvey = there(
        attempt(lambda: verbs.remove_survey(person, survey=key, back=back), request)
    )
    if back:
        request.session.pop(_UNDO, None)
        return done(request, _("The survey is back."), _url(one))
    request.session[_UNDO] = one.pk
    return redirect("spots")


def _found(key: int) -> BeliefSurvey:
    found = BeliefSurvey.objects.filter(pk=key, removed_at__isnull=True).first()
    one: BeliefSurvey = there(found)
    return one


def _trail() -> Trail:
    return [(reverse("spots"), _("Places to learn from"))]


def _url(one: BeliefSurvey) -> str:
    return reverse("belief_survey", args=[one.pk])
