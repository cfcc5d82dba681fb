"""Pages of advisories, and the verbs on them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.vocabulary.grades import GRADES
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, who
from evenrise.workspace.people.access import Reach, students_within
from evenrise.workspace.people.models import Person, Student
from evenrise.workspace.people.placing import fold
from evenrise.workspace.people.queries.words import grade_words
from evenrise.workspace.people.roles import Right
from evenrise.workspace.supports.access import may_support, reach_today
from evenrise.workspace.supports.actions import advisories as verbs
from evenrise.workspace.supports.forms.advisories import AdvisoryForm
from evenrise.workspace.supports.models import Advisory
from evenrise.workspace.supports.queries.advisories import (
    MOST,
    advisories_within,
    advisory_lines,
    may_change,
    roster,
    to_add,
    without_page,
)


def _find(person: Person, reach: Reach, key: int) -> Advisory:
    found = (
        advisories_within(person, reach)
        .select_related("owner", "school")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _to_change(request: HttpRequest, key: int) -> tuple[Person, Advisory]:
    person = who(request)
    reach = reach_today(person)
    found = _find(person, reach, key)
    if not may_change(person, reach, found):
        raise Http404
    return person, found


@needs(Right.SEE_STUDENTS)
@require_safe
def advisories(request: HttpRequest) -> HttpResponse:
    """Which students have an adult who follows them?"""
    person = who(request)
    reach = reach_today(person)
    told = {
        "lines": advisory_lines(person, reach),
        "page": without_page(reach, reader_language()),
        "may_make": may_support(person),
        "most": MOST,
    }
    return render(request, "supports/advisories.html", told)


@needs(Right.SUPPORT_STUDENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_advisory(request: HttpRequest) -> HttpResponse:
    """Make an advisory."""
    person = who(request)
    form = AdvisoryForm(person, reach_today(person), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = verbs.make_advisory(person, **form.cleaned_data)
        return redirect("advisory", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "supports/advisory_new.html", {"form": form}, status=status)


@needs(Right.SEE_STUDENTS)
@require_safe
def advisory(request: HttpRequest, key: int) -> HttpResponse:
    """Who is in this advisory?"""
    person = who(request)
    reach = reach_today(person)
    found = _find(person, reach, key)
    changes = may_change(person, reach, found)
    grade = request.GET.get("grade", "")
    grade = grade if grade in GRADES else ""
    search = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    choices = to_add(reach, found, grade, fold(search)) if changes else []
    removed = request.GET.get("removed", "").replace("\x00", "")
    told = {
        "advisory": found,
        "roster": roster(person, reach, found),
        "may_change": changes,
        "choices": [(one.pk, one.name, grade_words(one.grade)) for one in choices],
        "more": len(choices) > MOST,
        "grades": [(code, grade_words(code)) for code in GRADES],
        "grade": grade,
        "search": search,
        "removed": _name(choices, removed),
        "removed_id": removed,
    }
    return render(request, "supports/advisory.html", told)


def _name(choices: list[Student], code: str) -> str:
    """The name of one who can be added again; blank for everybody else."""
    return next((one.name for one in choices if code and one.pk == code), "")


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def advisory_add(request: HttpRequest, key: int) -> HttpResponse:
    """Add students to the advisory."""
    person, found = _to_change(request, key)
    codes = [code.replace("\x00", "") for code in request.POST.getlist("student")]
    added = verbs.add_to_advisory(person, advisory=found, codes=codes[: 2 * MOST])
    words = ngettext(
        "%(n)d student was added.", "%(n)d students were added.", added
    ) % {"n": added}
    return done(request, words, reverse("advisory", args=(key,)))


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def advisory_remove(request: HttpRequest, key: int) -> HttpResponse:
    """Remove a student from the advisory."""
    person, found = _to_change(request, key)
    code = request.POST.get("student", "").replace("\x00", "")
    removed = verbs.remove_from_advisory(person, advisory=found, code=code)
    address = reverse("advisory", args=(key,))
    if not removed:
        return redirect(address)
    reach = reach_today(person)
    student = students_within(reach).filter(pk=code).first()
    grade = "" if student is None else student.grade
    return redirect(f"{address}?{urlencode({'removed': code, 'grade': grade})}")


@needs(Right.SUPPORT_STUDENTS)
@require_POST
def advisory_end(request: HttpRequest, key: int) -> HttpResponse:
    """End the advisory."""
    person, found = _to_change(request, key)
    verbs.end_advisory(person, advisory=found)
    messages.success(
        request, _("The advisory %(name)s has ended.") % {"name": found.name}
    )
    return redirect("advisories")
