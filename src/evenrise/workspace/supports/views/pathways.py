"""Pages of pathways, and the page that student, family and counselor read together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import who
from evenrise.workspace.people.actions.looks import look_at_student
from evenrise.workspace.people.forms.wanted import FILTERS, read_wanted
from evenrise.workspace.people.queries.students import choices_for
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import reach_today, student_or_404
from evenrise.workspace.supports.models import PathwayState
from evenrise.workspace.supports.queries.pathways import (
    PATHWAYS,
    names_of,
    pathways_page,
)
from evenrise.workspace.supports.queries.together import together_page


@needs(Right.SEE_STUDENTS)
@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """Who is on the way to finishing, and what is still open?"""
    reach, language = reach_today(who(request)), reader_language()
    choices = choices_for(reach)
    wanted = read_wanted(request.GET, choices, reach)
    pathway = request.GET.get("pathway", "")
    pathway = pathway if pathway in PATHWAYS else ""
    state = request.GET.get("state", "")
    state = state if state in map(str, PathwayState.values) else ""
    names = (*FILTERS, "pathway", "state")
    told = {
        "page": pathways_page(reach, wanted, pathway, state, language),
        "wanted": wanted,
        "choices": choices,
        "reach": reach,
        "pathway": pathway,
        "state": state,
        "pathways": names_of(language),
        "states": [(str(code), label) for code, label in PathwayState.choices],
        "query": urlencode(
            {name: request.GET[name] for name in names if request.GET.get(name)}
        ),
    }
    return render(request, "supports/pathways.html", told)


@needs(Right.SEE_STUDENTS)
@require_safe
def student_together(request: HttpRequest, student_id: str) -> HttpResponse:
    """What do we want to do together? In the family's language (`?in=es`)."""
    person = who(request)
    reach = reach_today(person)
    student = student_or_404(person, student_id.replace("\x00", ""), reach)
    look_at_student(person, student=student, reach=reach)
    language = _asked_language(request)
    with translation.override(language):
        # For this answer alone: the reader's own language stays what it is.
        request.LANGUAGE_CODE = language
        told = {
            "page": together_page(student, language),
            "student": student,
            "shown_in": language,
        }
        response = render(request, "supports/together.html", told)
    response["Content-Language"] = language
    return response


def _asked_language(request: HttpRequest) -> Language:
    told = request.GET.get("in", "")
    if told == "es":
        return "es"
    return "en" if told == "en" else reader_language()
