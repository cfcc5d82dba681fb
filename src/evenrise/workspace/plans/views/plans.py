"""Pages of whole plans: the list, the ladder, a new one, its head, set aside."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.school_year import SchoolYear
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.access import places_with
from evenrise.workspace.insights.shown import day_words, reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.plans.actions import plans as verbs
from evenrise.workspace.plans.forms.plans import NewPlanForm, PlanForm
from evenrise.workspace.plans.models import Plan, StepState
from evenrise.workspace.plans.queries.choosing import DISTRICT, plan_choices
from evenrise.workspace.plans.queries.ladder import ladder
from evenrise.workspace.plans.queries.one_rung import kinds_below
from evenrise.workspace.plans.queries.plans import plans_page
from evenrise.workspace.plans.queries.searching import Wanted
from evenrise.workspace.plans.queries.trace import recommended
from evenrise.workspace.plans.said import (
    kind_words,
    plan_trail,
    plan_url,
    plans_trail,
    words_of,
    years_words,
)
from evenrise.workspace.plans.views.opening import attempt, own_plan, plan_or_404


@needs(Right.SEE_FINDINGS)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Which plans are there, what stands, and what waits?"""
    person = who(request)
    page = plans_page(person, timezone.localdate(), reader_language())
    told = {"page": page, "writes": person.may(Right.WRITE_PLANS)}
    return render(request, "plans/plans.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """What does this plan promise, who does it, and how far is it?"""
    person, one, language = who(request), plan_or_404(plan), reader_language()
    wanted = _wanted(request)
    page = ladder(
        person,
        one,
        wanted,
        starred=recommended(one),
        today=timezone.localdate(),
        language=language,
    )
    told = {
        "plan": one,
        "title": words_of(one, "title", language),
        "text": words_of(one, "text", language),
        "years": years_words(one.begins_year, one.ends_year),
        "aside": day_words(one.set_aside_at, language),
        "page": page,
        "wanted": wanted,
        "states": StepState.choices,
        "trail": plans_trail(),
        "writes": may_write(person, one) and one.set_aside_at is None,
        "may_take_up": may_write(person, one),
        "adds": [(kind, kind_words(kind)) for kind in kinds_below("")],
        "under": one.parent
        and (plan_url(one.parent), one.parent.said("title", language)),
    }
    return render(request, "plans/plan.html", told)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    return Wanted(
        words=asked.get("q", "")[:100].strip(),
        department=asked.get("department", ""),
        person=asked.get("person", ""),
        state=asked.get("state", ""),
    )


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """With what does a new plan begin?"""
    person, today, language = who(request), timezone.localdate(), reader_language()
    choices = plan_choices(person, None, today, language)
    first = SchoolYear.of(today).spring + 1
    form = NewPlanForm(
        request.POST if request.method == "POST" else None,
        person=person,
        choices=choices,
        initial={
            "begins_year": first,
            "ends_year": first + 2,
            "place": _first_place(person),
            "parent": request.GET.get("parent", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(
            lambda: verbs.begin_plan(
                person, said=form.said(), school_id=form.school_id(), begun=form.begun()
            ),
            request,
            form,
        )
        if made is not None:
            return done(request, _("The plan is begun."), plan_url(made))
    told = {"form": form, "one": None, "trail": plans_trail()}
    return render(request, "plans/plan_form.html", told, status=_status(form))


def _first_place(person: Person) -> str:
    places = places_with(person, Right.WRITE_PLANS)
    return DISTRICT if places.district else next(iter(sorted(places.schools)), "")


@needs(Right.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_change(request: HttpRequest, plan: str) -> HttpResponse:
    """Change what a plan says of itself."""
    person, one = own_plan(request, plan)
    language = reader_language()
    names = ("title_en", "title_es", "text_en", "text_es", "begins_year", "ends_year")
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        person=person,
        choices=plan_choices(person, one, timezone.localdate(), language),
        initial={
            **{name: getattr(one, name) for name in names},
            "parent": one.parent.slug if one.parent else "",
            "seen": one.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        changed = attempt(
            lambda: verbs.change_plan(person, plan=plan, said=form.said(), seen=seen),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("The plan is changed."), plan_url(one))
    told = {"form": form, "one": one, "trail": plan_trail(one, language)}
    return render(request, "plans/plan_form.html", told, status=_status(form))


def _status(form: PlanForm) -> int:
    return 422 if form.is_bound and form.errors else 200


@needs(Right.WRITE_PLANS)
@require_POST
def plan_set_aside(request: HttpRequest, plan: str) -> HttpResponse:
    """Set a plan aside, or (`again`) take it up again."""
    person, again = who(request), "again" in request.POST
    one: Plan | None = attempt(
        lambda: verbs.set_aside(person, plan=plan, aside=not again), request
    )
    if one is None:
        raise Http404
    if again:
        return done(request, _("The plan is taken up again."), plan_url(one))
    return done(
        request,
        _("The plan is set aside; nothing in it is lost."),
        reverse("plan", args=[plan]),
    )
