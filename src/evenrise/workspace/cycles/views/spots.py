"""Pages of places to learn from, and of visits to them."""

from __future__ import annotations

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

from evenrise.workspace.cycles.actions import visits as verbs
from evenrise.workspace.cycles.actions.visits import Spot
from evenrise.workspace.cycles.forms.visits import VisitForm, visit_initial
from evenrise.workspace.cycles.models import SpotVisit
from evenrise.workspace.cycles.queries.spots import (
    SpotPage,
    guide_lines,
    spot_page,
    spots_page,
    visit_line,
    visits_read_by,
)
from evenrise.workspace.cycles.queries.survey_access import may_survey
from evenrise.workspace.cycles.queries.surveys import surveys_shown
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.queries.stand import Stand
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, there, who, with_stand
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.said import Trail
from evenrise.workspace.plans.views.opening import attempt


_UNDO = "cycles_visit_undo"  # of the session: which visit was just removed


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def spots(request: HttpRequest, stand: Stand) -> HttpResponse:
    """Where do all students do better than alike students elsewhere?"""
    person = who(request)
    told = {
        "page": spots_page(stand, person, reader_language()),
        "undo": request.session.get(_UNDO),
        "undo_survey": request.session.get("cycles_survey_undo"),
        "surveys": surveys_shown(person, timezone.localdate(), reader_language()),
        "asks": may_survey(person),
    }
    return render(request, "cycles/spots.html", told)


@needs(Right.SEE_FINDINGS)
@require_safe
@with_stand
def spot(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """What was found here, and what would a visit ask?"""
    person = who(request)
    told = {
        "page": _spot(stand, person, key),
        "writes": person.may(Right.INQUIRE),
        "asks": may_survey(person),
        "trail": _trail(),
    }
    return render(request, "cycles/spot.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
@with_stand
def visit_new(request: HttpRequest, stand: Stand, key: str) -> HttpResponse:
    """What do adults believe and do here?"""
    person = who(request)
    page = _spot(stand, person, key)
    form = _form(request, person, {"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        place = Spot(
            finding_key=key, school_id=page.school_id, snapshot=stand.pages.snapshot
        )
        made = attempt(
            lambda: verbs.write_visit(person, spot=place, said=form.said()),
            request,
            form,
        )
        if made is not None:
            return done(request, _("Your visit is written down."), _url(made))
    told = {"form": form, "school": page.school, "back": reverse("spot", args=[key])}
    return _form_page(request, form, told)


@needs(Right.SEE_FINDINGS)
@require_safe
def visit(request: HttpRequest, key: int) -> HttpResponse:
    """What did these visitors see and hear?"""
    person, language = who(request), reader_language()
    one: SpotVisit = there(visits_read_by(person).filter(pk=key).first())
    told = {
        "visit": one,
        "line": visit_line(person, one, language),
        "guide": [line for line in guide_lines(one.answers, language) if line.answer],
        "inquires": person.may(Right.INQUIRE),
        "trail": [
            *_trail(),
            (reverse("spot", args=[one.finding_key]), one.school.name),
        ],
    }
    return render(request, "cycles/visit.html", told)


@needs(Right.INQUIRE)
@require_http_methods(["GET", "HEAD", "POST"])
def visit_change(request: HttpRequest, key: int) -> HttpResponse:
    """What is to change about what I wrote?"""
    person = who(request)
    one: SpotVisit = there(visits_read_by(person).filter(pk=key).first())
    if one.by_id != person.pk:
        raise Http404
    form = _form(request, person, visit_initial(one))
    if request.method == "POST" and form.is_valid():
        changed = attempt(
            lambda: verbs.change_visit(person, visit=key, said=form.said()),
            request,
            form,
        )
        if changed is not None:
            return done(request, _("What you wrote is changed."), _url(one))
    return _form_page(
        request, form, {"form": form, "school": one.school.name, "back": _url(one)}
    )


@needs(Right.INQUIRE)
@require_POST
def visit_share(request: HttpRequest, key: int) -> HttpResponse:
    """Share my visit, or (`back`) keep it to myself again."""
    person, shared = who(request), "back" not in request.POST
    one: SpotVisit = there(
        attempt(lambda: verbs.share_visit(person, visit=key, shared=shared), request)
    )
    words = (
        _("Everybody who reads findings can read your visit now.")
        if shared
        else _("Only you can read your visit now.")
    )
    return done(request, words, _url(one))


@needs(Right.INQUIRE)
@require_POST
def visit_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove my visit, or (`back`) undo that."""
    person, back = who(request), "back" in request.POST
    one: SpotVisit = there(
        attempt(lambda: verbs.remove_visit(person, visit=key, back=back), request)
    )
    if back:
        request.session.pop(_UNDO, None)
        return done(request, _("Your visit is back."), _url(one))
    request.session[_UNDO] = one.pk
    return redirect("spots")


def _spot(stand: Stand, person: Person, key: str) -> SpotPage:
    told = key.replace("\x00", "")
    page: SpotPage = there(spot_page(stand, person, told, reader_language()))
    return page


def _form(request: HttpRequest, person: Person, initial: dict[str, Any]) -> VisitForm:
    return VisitForm(
        request.POST if request.method == "POST" else None,
        person=person,
        language=reader_language(),
        initial=initial,
    )


def _form_page(
    request: HttpRequest, form: VisitForm, told: dict[str, Any]
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    told["trail"] = _trail()
    return render(request, "cycles/visit_form.html", told, status=status)


def _trail() -> Trail:
    return [(reverse("spots"), _("Places to learn from"))]


def _url(one: SpotVisit) -> str:
    return reverse("visit", args=[one.pk])
