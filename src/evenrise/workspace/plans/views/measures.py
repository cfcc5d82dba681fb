"""Pages of a plan's measures, and the verbs on them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.data.standing import current_pages
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.actions import answering, measuring
from evenrise.workspace.plans.forms.measures import (
    AnswerForm,
    ChooseForm,
    PromiseForm,
)
from evenrise.workspace.plans.models import Measure, Plan, Rung
from evenrise.workspace.plans.queries.measure_form import (
    Choosing,
    choosing,
    gap_rows,
    initial_of,
)
from evenrise.workspace.plans.queries.measure_pages import measure_page
from evenrise.workspace.plans.queries.measures_list import measures_page
from evenrise.workspace.plans.queries.promising import MEASURED, PromiseProblem
from evenrise.workspace.plans.queries.reading import rung_named
from evenrise.workspace.plans.said import plan_trail, rung_url, words_of
from evenrise.workspace.plans.views.opening import attempt, own_plan, plan_or_404


# Of the session: which measure was just taken out; no child's data.
_UNDO = "plans_measure_undo"


@needs(Right.SEE_FINDINGS)
@require_safe
def plan_measures(request: HttpRequest, plan: str) -> HttpResponse:
    """Is the plan keeping its promises?"""
    one, language = plan_or_404(plan), reader_language()
    undo = request.session.get(_UNDO)
    told = {
        "plan": one,
        "title": words_of(one, "title", language),
        "page": measures_page(who(request), one, current_pages(), language),
        "undo": undo if undo and undo[0] == one.slug else None,
        "trail": plan_trail(one, language),
    }
    return render(request, "plans/plan_measures.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def measure(request: HttpRequest, plan: str, key: str, measure: str) -> HttpResponse:
    """What became of this promise?"""
    one = plan_or_404(plan)
    rung, found = _found(one, key, measure)
    return _measure_page(request, one, rung, found, None)


def _measure_page(
    request: HttpRequest,
    plan: Plan,
    rung: Rung,
    found: Measure,
    form: AnswerForm | None,
) -> HttpResponse:
    language = reader_language()
    page = measure_page(who(request), plan, rung, found, current_pages(), language)
    title, _lang = rung.said("title", language)
    told = {
        "plan": plan,
        "rung": rung,
        "measure": found,
        "page": page,
        "form": form or AnswerForm(initial={"year": page.year}),
        "trail": [*plan_trail(plan, language), (rung_url(plan, rung.key), title)],
    }
    status = 422 if form is not None else 200
    return render(request, "plans/measure.html", told, status=status)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def measure_new(request: HttpRequest, plan: str, key: str) -> HttpResponse:
    """What is promised here?"""
    _person, one = own_plan(request, plan)
    rung = _measured(one, key)
    return _promise(request, one, rung, None)


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def measure_change(
    request: HttpRequest, plan: str, key: str, measure: str
) -> HttpResponse:
    """What is to change about this promise?"""
    _person, one = own_plan(request, plan)
    rung, found = _found(one, key, measure)
    return _promise(request, one, rung, found)


def _promise(
    request: HttpRequest, plan: Plan, rung: Rung, found: Measure | None
) -> HttpResponse:
    person, language, pages = who(request), reader_language(), current_pages()
    asked = request.POST if request.method == "POST" else request.GET
    what = choosing(plan, found, pages, asked, language)
    initial = {**initial_of(plan, found, what.begins), "seen": rung.version}
    form = PromiseForm(
        request.POST if request.method == "POST" else None,
        person=person,
        begins=what.begins,
        place=what.place,
        initial=initial,
    )
    if form.is_valid():
        kept = attempt(lambda: _keep(request, plan, rung, found, form), request, form)
        if kept is not None:
            words = _("The promise is kept in the plan.")
            url = reverse("measure", args=[plan.slug, rung.key, kept.key])
            return done(request, words, url)
    return _promise_page(request, plan, rung, found, what, form)


def _promise_page(
    request: HttpRequest,
    plan: Plan,
    rung: Rung,
    found: Measure | None,
    what: Choosing,
    form: PromiseForm,
) -> HttpResponse:
    language = reader_language()
    choose = ChooseForm(
        initial={"indicator": what.indicator, "place": what.place, "year": what.year},
        indicators=what.indicators,
        places=what.places,
        years=what.years,
    )
    title, _lang = rung.said("title", language)
    told: dict[str, Any] = {
        "plan": plan,
        "rung": rung,
        "measure": found,
        "title": title,
        "what": what,
        "choose": choose,
        "form": form,
        "gaps": gap_rows(what.begins, form, language),
        "trail": [*plan_trail(plan, language), (rung_url(plan, rung.key), title)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "plans/measure_form.html", told, status=status)


def _keep(
    request: HttpRequest,
    plan: Plan,
    rung: Rung,
    found: Measure | None,
    form: PromiseForm,
) -> Measure | None:
    """Add or change; what cannot be promised stands at its field."""
    told: dict[str, Any] = {
        "plan": plan.slug,
        "key": rung.key,
        "wanted": form.wanted(),
        "pages": current_pages(),
    }
    try:
        if found is None:
            return measuring.add_measure(who(request), **told)
        seen = form.cleaned_data["seen"] or 0
        return measuring.change_measure(
            who(request), **told, measure=found.key, seen=seen
        )
    except PromiseProblem as problem:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, str(problem))
        return None


@needs(Right.WRITE_PLANS)
@require_POST
def measure_remove(
    request: HttpRequest, plan: str, key: str, measure: str
) -> HttpResponse:
    """Take the promise out of the plan."""
    _person, one = own_plan(request, plan)
    attempt(
        lambda: measuring.remove_measure(
            who(request), plan=one.slug, key=key, measure=measure
        ),
        request,
    )
    request.session[_UNDO] = [one.slug, key, measure]
    return redirect(reverse("plan_measures", args=[one.slug]))


@needs(Right.WRITE_PLANS)
@require_POST
def measure_restore(
    request: HttpRequest, plan: str, key: str, measure: str
) -> HttpResponse:
    """Undo: the promise is back."""
    _person, one = own_plan(request, plan)
    attempt(
        lambda: measuring.restore_measure(
            who(request), plan=one.slug, key=key, measure=measure
        ),
        request,
    )
    request.session.pop(_UNDO, None)
    url = reverse("measure", args=[one.slug, key, measure])
    return done(request, _("The measure is back."), url)


@needs(Right.WRITE_PLANS)
@require_POST
def red_light_answer(
    request: HttpRequest, plan: str, key: str, measure: str
) -> HttpResponse:
    """Say in writing what will be done."""
    person, one = own_plan(request, plan)
    rung, found = _found(one, key, measure)
    form = AnswerForm(request.POST, person=person)
    if form.is_valid():
        told = form.cleaned_data
        kept = attempt(
            lambda: answering.answer_red_light(
                person,
                plan=one.slug,
                key=key,
                measure=measure,
                pages=current_pages(),
                **told,
            ),
            request,
            form,
        )
        if kept is not None:
            url = reverse("measure", args=[one.slug, key, measure])
            return done(request, _("The answer stands with the red light."), url)
    return _measure_page(request, one, rung, found, form)


@needs(Right.WRITE_PLANS)
@require_POST
def red_light_answer_back(request: HttpRequest, plan: str, answer: int) -> HttpResponse:
    """Take the answer back."""
    person, one = own_plan(request, plan)
    kept = attempt(
        lambda: answering.take_answer_back(person, plan=one.slug, answer=answer),
        request,
    )
    found = there(kept).measure
    url = reverse("measure", args=[one.slug, found.rung.key, found.key])
    return done(request, _("The answer is taken back."), url)


def _measured(plan: Plan, key: str) -> Rung:
    """A rung that can carry a measure.

    Raises:
        Http404: when it is not there, or is none.
    """
    rung: Rung = there(rung_named(plan, key))
    if rung.removed_at is not None or rung.kind not in MEASURED:
        raise Http404
    return rung


def _found(plan: Plan, key: str, measure: str) -> tuple[Rung, Measure]:
    rung: Rung = there(rung_named(plan, key))
    if rung.removed_at is not None:
        raise Http404
    one = rung.measures.filter(key=measure.replace("\x00", ""), removed_at=None).first()
    return rung, there(one)
