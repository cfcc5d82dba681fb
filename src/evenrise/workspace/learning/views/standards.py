"""Pages of standards and self-assessments."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evenrise.workspace.foundation.door import needs
from evenrise.workspace.insights.shown import reader_language
from evenrise.workspace.insights.views.beginning import done, number, there, who
from evenrise.workspace.learning.access import may_organize
from evenrise.workspace.learning.actions import standards as verbs
from evenrise.workspace.learning.forms.standards import StandardForm
from evenrise.workspace.learning.models import SelfAssessment, Standard
from evenrise.workspace.learning.queries.self_assessments import assessments_shown
from evenrise.workspace.learning.queries.standards import sets_shown
from evenrise.workspace.learning.starting_standards import OWN
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.views.opening import attempt


Trail = list[tuple[str, str]]


def standards_trail() -> Trail:
    """Where a page of this subject stands."""
    return [(reverse("standards"), _("Standards"))]


@needs(Right.SEE_FINDINGS)
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Which standards of professional learning do we hold ourselves to?"""
    person, language = who(request), reader_language()
    sets = sets_shown(language)
    gone = request.GET.get("removed", "")
    told = {
        "sets": sets,
        "assessments": assessments_shown(person, language),
        "organizes": may_organize(person, None),
        "asks": person.may(Right.ORGANIZE_LEARNING),
        "works": person.may(Right.INQUIRE),
        "gone": next((i for s in sets for i in s.removed if i.key == gone), None),
        "taken": _taken(person, request.GET.get("taken", "")),
    }
    return render(request, "learning/standards/standards.html", told)


def _taken(person: Person, key: str) -> int | None:
    """The assessment that was just removed, for an organizer of the district."""
    found = SelfAssessment.objects.filter(pk=number(key) or 0, removed_at__isnull=False)
    return number(key) if person.may(Right.ORGANIZE_LEARNING) and found else None


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def standard_new(request: HttpRequest) -> HttpResponse:
    """Which standard of our own is added?"""
    return _standard(request, who(request), None)


@needs(Right.ORGANIZE_LEARNING)
@require_http_methods(["GET", "HEAD", "POST"])
def standard_change(request: HttpRequest, key: str) -> HttpResponse:
    """What is to change about this standard?"""
    one = Standard.objects.filter(standards__key=OWN, key=key, removed_at=None).first()
    return _standard(request, who(request), there(one))


def _standard(
    request: HttpRequest, person: Person, one: Standard | None
) -> HttpResponse:
    if not may_organize(person, None):
        raise Http404
    fields = [f"{n}_{c}" for n in ("name", "about", "frame") for c in ("en", "es")]
    form = StandardForm(
        request.POST if request.method == "POST" else None,
        person=person,
        initial={name: getattr(one, name) for name in fields} if one else {},
    )
    if form.is_valid():
        kept = attempt(lambda: _keep(person, form, one), request, form)
        if kept is not None:
            words = _("The standard is in our own list.")
            return done(request, words, reverse("standards"))
    told = {"form": form, "one": one, "trail": standards_trail()}
    status = 422 if form.is_bound else 200
    return render(request, "learning/standards/standard_form.html", told, status=status)


def _keep(person: Person, form: StandardForm, one: Standard | None) -> Standard:
    if one is None:
        return verbs.add_standard(person, said=form.said())
    return verbs.change_standard(person, key=one.key, said=form.said())


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def standard_remove(request: HttpRequest, key: str) -> HttpResponse:
    """Take a standard out of our own list, or (`again`) bring it back."""
    person, again = who(request), "again" in request.POST
    attempt(lambda: verbs.remove_standard(person, key=key, again=again), request)
    url = reverse("standards")
    if again:
        return done(request, _("The standard is back."), url)
    return done(request, _("The standard is taken out."), f"{url}?removed={key}")


@needs(Right.ORGANIZE_LEARNING)
@require_POST
def standards_use(request: HttpRequest, key: str) -> HttpResponse:
    """Use a list of standards, or (without `use`) no longer."""
    person, used = who(request), "use" in request.POST
    attempt(lambda: verbs.use_list(person, key=key, used=used), request)
    words = (
        _("The list is used.")
        if used
        else _("The list is no longer used. What was asked with it stays.")
    )
    return done(request, words, reverse("standards"))
