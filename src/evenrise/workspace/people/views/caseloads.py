"""Caseloads: who serves whom."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.errors import InputProblem
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.access import Reach, reach_of
from evenrise.workspace.people.actions import caseloads as verbs
from evenrise.workspace.people.forms.caseloads import (
    CaseloadForm,
    HandOverForm,
    StudentsForm,
)
from evenrise.workspace.people.models import Caseload, Person
from evenrise.workspace.people.queries.caseloads import (
    caseload_lines,
    caseloads_cared_for,
    moved_away,
    served,
)
from evenrise.workspace.people.roles import Right


def _who(request: HttpRequest) -> tuple[Person, Reach]:
    person = cast("Person", request.user)
    return person, reach_of(person, timezone.localdate())


def _find(reach: Reach, key: int) -> Caseload:
    found = caseloads_cared_for(reach).select_related("owner").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@needs(Right.GIVE_CASELOADS)
@require_http_methods(["GET", "HEAD", "POST"])
def caseloads(request: HttpRequest) -> HttpResponse:
    """Who serves which students?"""
    person, reach = _who(request)
    form = CaseloadForm(reach, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.make_caseload(person, **form.cleaned_data)
        return redirect("caseload", made.pk)
    return render(
        request,
        "people/caseloads.html",
        {"lines": caseload_lines(reach), "form": form},
    )


@needs(Right.GIVE_CASELOADS)
@require_safe
def caseload(request: HttpRequest, key: int) -> HttpResponse:
    """Whom does this adult serve?"""
    _person, reach = _who(request)
    return _caseload_page(request, reach, _find(reach, key), StudentsForm())


@needs(Right.GIVE_CASELOADS)
@require_POST
def add_to_caseload(request: HttpRequest, key: int) -> HttpResponse:
    """Put students on the caseload."""
    person, reach = _who(request)
    found = _find(reach, key)
    form = StudentsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _caseload_page(request, reach, found, form, status=422)
    done = verbs.add_students(
        person, caseload=found, codes=form.cleaned_data["all_codes"]
    )
    messages.success(
        request,
        ngettext("%(n)d student was added.", "%(n)d students were added.", done.added)
        % {"n": done.added},
    )
    if done.not_there:
        messages.warning(
            request,
            _("Not among the students whom you may see: %(codes)s")
            % {"codes": ", ".join(done.not_there[:20])},
        )
    return redirect("caseload", key)


@needs(Right.GIVE_CASELOADS)
@require_POST
def take_off_caseload(request: HttpRequest, key: int) -> HttpResponse:
    """Take a student off the caseload, or all who are at another school now."""
    person, reach = _who(request)
    found = _find(reach, key)
    if "moved" in request.POST:
        done = verbs.take_off_moved(person, caseload=found)
        messages.success(
            request,
            ngettext(
                "%(n)d student was taken off.", "%(n)d students were taken off.", done
            )
            % {"n": done},
        )
    else:
        verbs.take_off(person, caseload=found, code=request.POST.get("student", ""))
    return redirect("caseload", key)


@needs(Right.GIVE_CASELOADS)
@require_POST
def hand_over(request: HttpRequest, key: int) -> HttpResponse:
    """Give the whole caseload to another adult."""
    person, reach = _who(request)
    found = _find(reach, key)
    form = HandOverForm(reach, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose who serves these students from now on."))
        return redirect("caseload", key)
    try:
        verbs.hand_over(person, caseload=found, to=form.cleaned_data["to"])
    except InputProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The caseload was handed over."))
    return redirect("caseload", key)


def _caseload_page(
    request: HttpRequest,
    reach: Reach,
    found: Caseload,
    form: StudentsForm,
    status: int = 200,
) -> HttpResponse:
    return render(
        request,
        "people/caseload.html",
        {
            "caseload": found,
            "students": served(reach, found),
            "moved": moved_away(found.places.all()).count(),
            "form": form,
            "hand_over": HandOverForm(reach),
        },
        status=status,
    )
