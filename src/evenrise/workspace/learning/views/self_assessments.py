"""Pages of self-assessments: ask, answer without a name, read what staff said."""

from __future__ import annotations

import datetime as dt

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

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.learning.actions import self_assessing as verbs
from evenrise.workspace.learning.forms.standards import AnswerForm, AssessmentForm
from evenrise.workspace.learning.models import SelfAssessment
from evenrise.workspace.learning.queries.self_assessments import (
    assessment_line,
    assessment_there,
    has_answered,
    results_page,
)
from evenrise.workspace.learning.queries.standards import frames_of, sets_shown
from evenrise.workspace.learning.views.standards import standards_trail
from evenrise.workspace.people.models import Person, School
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


_USUAL = dt.timedelta(days=14)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment_new(request: HttpRequest) -> HttpResponse:
    """Whom do we ask how far the standards hold, and until when?"""
    person, today = who(request), timezone.localdate()
    form = _form(request, person, today)
    if form.is_valid():
        told = form.cleaned_data
        made = attempt(
            lambda: verbs.open_assessment(
                person,
                standards=told["standards"],
                opens_on=told["opens_on"],
                closes_on=told["closes_on"],
                schools=told["schools"],
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("Staff are asked."), reverse("standards"))
    told = {"form": form, "trail": standards_trail()}
    status = 422 if form.is_bound else 200
    return render(request, "learning/standards/ask.html", told, status=status)


def _form(request: HttpRequest, person: Person, today: dt.date) -> AssessmentForm:
    places = places_with(person, Right.ORGANIZE_LEARNING)
    schools = School.objects.filter(current=True)
    if not places.district:
        schools = schools.filter(pk__in=sorted(places.schools))
    lists = [
        (one.key, one.name.text)
        for one in sets_shown(reader_language())
        if one.used and one.frames
    ]
    return AssessmentForm(
        request.POST if request.method == "POST" else None,
        lists=lists,
        schools=list(schools.values_list("pk", "name")),
        district=places.district,
        initial={"opens_on": today, "closes_on": today + _USUAL},
    )


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def self_assessment_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove an assessment that has not closed, or (`again`) bring it back."""
    person, again = who(request), "again" in request.POST
    kept = attempt(
        lambda: verbs.remove_assessment(person, key=key, again=again), request
    )
    url = reverse("standards")
    if kept is None:
        return redirect(url)
    if again:
        return done(request, _("Staff are asked again."), url)
    return done(request, _("Staff are no longer asked."), f"{url}?taken={key}")


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def self_assess(request: HttpRequest, key: int) -> HttpResponse:
    """How far does each standard hold where I work?"""
    person, language = who(request), reader_language()
    one: SelfAssessment = there(assessment_there(key))
    today = timezone.localdate()
    if not (one.opens_on <= today <= one.closes_on) or not verbs.asks(person, one):
        raise Http404
    items = one.standards.items.filter(removed_at=None)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        frames=frames_of(items, language),
        schools=_schools(person, one),
    )
    if form.is_valid() and _answered(request, person, one, form):
        words = _("Thank you. Your answer is kept without your name.")
        return done(request, words, reverse("standards"))
    told = {
        "form": form,
        "one": assessment_line(one, language),
        "answered": has_answered(person, one),
        "trail": standards_trail(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/standards/answer.html", told, status=status)


def _schools(person: Person, one: SelfAssessment) -> list[tuple[str, str]]:
    found = School.objects.filter(pk__in=sorted(verbs.places_asked(person, one)))
    return list(found.values_list("pk", "name"))


def _answered(
    request: HttpRequest, person: Person, one: SelfAssessment, form: AnswerForm
) -> bool:
    def verb() -> bool:
        verbs.answer(
            person, key=one.pk, answers=form.answers(), school_id=form.school_id()
        )
        return True

    return bool(attempt(verb, request, form))


@needs(Right.INQUIRE)
@require_safe
def self_results(request: HttpRequest, key: int) -> HttpResponse:
    """What did staff say, by standard and school, time after time?"""
    one = there(assessment_there(key))
    school = request.GET.get("school", "").replace("\x00", "")
    page = results_page(one, school, timezone.localdate(), reader_language())
    told = {"page": there(page), "trail": standards_trail()}
    return render(request, "learning/standards/results.html", told)
