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

from evenrise.publishing.page_store.reading import PageStore
from evenrise.vocabulary.errors import InputProblem
from evenrise.vocabulary.text import Language
from evenrise.workspace.foundation.door import needs
from evenrise.workspace.people.models import Person
from evenrise.workspace.people.roles import Right
from evenrise.workspace.plans.access import may_write
from evenrise.workspace.reports import actions, releasing
from evenrise.workspace.reports.forms import ApproveForm, ReasonForm
from evenrise.workspace.reports.models import Release
from evenrise.workspace.reports.plan_releasing import PlanRelease, plan_of
from evenrise.workspace.reports.queries import release_view
from evenrise.workspace.reports.views import public, public_plans


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


def _looked_at(request: HttpRequest, key: int) -> Release:
    """A release that the person may look at; a principal: of a plan that they write.

    Raises:
        Http404: when it is not there, or not theirs.
    """
    found = get_object_or_404(Release, pk=key)
    person = _person(request)
    if person.may(Right.WRITE_BRIEFINGS) or person.may(Right.APPROVE_RELEASES):
        return found
    if found.plan_edition is not None and may_write(person, found.plan_edition.plan):
        return found
    raise Http404


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES, Right.WRITE_PLANS)
@require_safe
def release(request: HttpRequest, key: int) -> HttpResponse:
    """One release: what it is, what would be read, who stands behind it."""
    found = _looked_at(request, key)
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


@needs(Right.WRITE_BRIEFINGS, Right.APPROVE_RELEASES, Right.WRITE_PLANS)
@require_safe
def release_preview(
    request: HttpRequest, key: int, edition: Language, rest: str = ""
) -> HttpResponse:
    """Exactly what would be public, every page of it, before it is."""
    found = _looked_at(request, key)
    figures = found if found.kind == "figures" else actions.public_figures()
    if figures is None or not figures.file:
        raise Http404
    pages = releasing.pages_of_release(figures)
    request.public_base = (  # type: ignore[attr-defined]
        reverse("release_preview", kwargs={"key": key, "edition": edition})
    )
    if found.briefing is not None and not rest:
        return public.briefing_page(request, edition, pages, found.briefing)
    if found.kind == "plan":
        return _plan_preview(request, edition, pages, found, rest)
    match = resolve(f"/{edition}/{rest}")
    page = getattr(match.func, "page", None)
    if page is None:
        raise Http404
    kwargs = {name: told for name, told in match.kwargs.items() if name != "language"}
    return cast("HttpResponse", page(request, edition, pages, figures, **kwargs))


def _plan_preview(
    request: HttpRequest,
    edition: Language,
    pages: PageStore,
    found: Release,
    rest: str,
) -> HttpResponse:
    """A plan before it is public: its own pages from the bytes to be approved."""
    would_be = PlanRelease(found, plan_of(found))
    match = resolve(f"/{edition}/{rest}") if rest else None
    if match is not None and match.url_name == "public_rung":
        key = match.kwargs["key"]
        return public_plans.rung_page(request, edition, pages, would_be, key)
    if match is not None and match.url_name == "public_said":
        return public_plans.said_page(request, edition, pages, would_be, [])
    page = getattr(match.func, "page", None) if match is not None else None
    if match is None or page is None or str(match.url_name).startswith("public_plan"):
        return public_plans.plan_page(request, edition, pages, would_be, [])
    kwargs = {name: told for name, told in match.kwargs.items() if name != "language"}
    return cast("HttpResponse", page(request, edition, pages, found, **kwargs))


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
