"""Releases at work: propose, read what would be public, approve, make public."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.reports import actions, releasing
from evenrise.workspace.reports.forms import ApproveForm, ReasonForm
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.queries import release_view
from evenrise.workspace.reports.views import public


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101 - the door let them in
    return request.user


def _language(request: HttpRequest) -> Language:
    return "es" if request.LANGUAGE_CODE == "es" else "en"


@needs(Right.WRITE_BRIEFINGS)
@require_POST
def figures_propose(request: HttpRequest) -> HttpResponse:
    """Propose the current figures; they are prepared in the background."""
    try:
        made = actions.propose_figures(person=_person(request))
    except InputProblem as problem:
        messages.error(request, problem[_language(request)])
        return redirect("reports")
    releasing.prepare_figures.enqueue(made.pk)
    return redirect("release", key=made.pk)


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES)
@require_safe
def release(request: HttpRequest, key: int) -> HttpResponse:
    """One release: what it is, what would be read, who stands behind it."""
    found = get_object_or_404(Release, pk=key)
    language = _language(request)
    view = release_view(found, _person(request), language)
    context = {
        "view": view,
        "approve": ApproveForm(initial={"content": found.content}),
        # Two forms with one field on a page: each field has its own id.
        "return_reason": ReasonForm(auto_id="return_%s"),
        "withdraw_reason": ReasonForm(auto_id="withdraw_%s"),
    }
    return render(request, "reports/release.html", context)


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES)
@require_safe
def release_preview(
    request: HttpRequest, key: int, edition: Language, rest: str = ""
) -> HttpResponse:
    """Exactly what would be public, every page of it, before it is."""
    found = get_object_or_404(Release, pk=key)
    figures = found if found.kind == "figures" else actions.public_figures()
    if figures is None or not figures.file:
        raise Http404
    pages = releasing.pages_of_release(figures)
    request.public_base = (  # type: ignore[attr-defined]
        reverse("release_preview", kwargs={"key": key, "edition": edition})
    )
    if found.briefing is not None and not rest:
        return public.briefing_page(request, edition, pages, found.briefing)
    match = resolve(f"/{edition}/{rest}")
    page = getattr(match.func, "page", None)
    if page is None:
        raise Http404
    kwargs = {name: told for name, told in match.kwargs.items() if name != "language"}
    return cast("HttpResponse", page(request, edition, pages, figures, **kwargs))


def _approve(request: HttpRequest, found: Release) -> None:
    form = ApproveForm(request.POST)
    if not form.is_valid():
        raise InputProblem(_("Read the release again before you approve it."))
    actions.approve(
        person=_person(request),
        release=found,
        content=form.cleaned_data["content"],
        note=form.cleaned_data["note"],
    )
    messages.success(request, _("You stand behind this release as the second person."))


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise InputProblem(_("Say why, in a sentence."))
    return str(form.cleaned_data["reason"])


def _send_back(request: HttpRequest, found: Release) -> None:
    person, reason = _person(request), _reason(request)
    actions.send_back(person=person, release=found, reason=reason)
    messages.success(request, _("The release is returned to its author."))


def _withdraw(request: HttpRequest, found: Release) -> None:
    person, reason = _person(request), _reason(request)
    actions.withdraw(person=person, release=found, reason=reason)
    messages.success(request, _("The release is withdrawn."))


def _publish(request: HttpRequest, found: Release) -> None:
    person = _person(request)
    if found.kind == "figures":
        releasing.publish_figures(person=person, release=found)
    else:
        actions.make_public(person=person, release=found)
    messages.success(request, _("It is public now."))


_VERBS: dict[str, Callable[[HttpRequest, Release], None]] = {
    "approve": _approve,
    "return": _send_back,
    "withdraw": _withdraw,
    "publish": _publish,
}


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES)
@require_POST
def release_move(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Move a release on: approve, return, withdraw, publish."""
    found = get_object_or_404(Release, pk=key)
    if verb not in _VERBS:
        raise Http404
    try:
        _VERBS[verb](request, found)
    except InputProblem as problem:
        messages.error(request, problem[_language(request)])
    return redirect("release", key=key)
